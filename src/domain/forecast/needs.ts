import { longer } from './columns.ts'

/** One who registers: whose she is, what she asks for, how urgent it is, since when, and where she lives meanwhile. */
export interface Registered {
  home: number
  first: number
  second: number
  urgency: number
  from: number
  /** A stay, or NONE. Before it has arisen: the form that she lives in. */
  stay: number
}

/** The needs of one run as columns; a need is a number that is used once. */
export interface Needs {
  count(): number
  clear(): void
  add(need: Registered): number
  home(need: number): number
  first(need: number): number
  second(need: number): number
  urgency(need: number): number
  from(need: number): number
  stay(need: number): number
  setStay(need: number, stay: number): void
}

export function noNeeds(): Needs {
  let count = 0
  let home = new Uint8Array(0)
  let first = new Uint8Array(0)
  let second = new Int32Array(0)
  let urgency = new Uint8Array(0)
  let from = new Int32Array(0)
  let stay = new Int32Array(0)
  return {
    count: () => count,
    clear() {
      count = 0
    },
    add(need) {
      const at = count
      count += 1
      if (at >= home.length) {
        home = longer(home, at + 1)
        first = longer(first, home.length)
        second = longer(second, home.length)
        urgency = longer(urgency, home.length)
        from = longer(from, home.length)
        stay = longer(stay, home.length)
      }
      home[at] = need.home
      first[at] = need.first
      second[at] = need.second
      urgency[at] = need.urgency
      from[at] = need.from
      stay[at] = need.stay
      return at
    },
    home: (need) => home[need]!,
    first: (need) => first[need]!,
    second: (need) => second[need]!,
    urgency: (need) => urgency[need]!,
    from: (need) => from[need]!,
    stay: (need) => stay[need]!,
    setStay(need, of) {
      stay[need] = of
    },
  }
}
