import { NONE } from './input.ts'

/** At least as long, with what was in it. */
export function longer<T extends Int32Array | Uint8Array>(column: T, length: number): T {
  if (column.length >= length) return column
  const grown = new (column.constructor as new (size: number) => T)(Math.max(1024, Math.ceil(1.5 * length)))
  grown.set(column)
  return grown
}

/** What is to happen on which day: things by their number, each on one day at a time. The last that was put is the first out. */
export interface Agenda {
  put(day: number, thing: number): void
  /** The next thing of the day; NONE when the day is done. */
  take(day: number): number
  clear(): void
}

/** An agenda of the days from 0 to, not including, `span`; what comes later is left out. */
export function agendaOf(span: number): Agenda {
  const head = new Int32Array(span).fill(NONE)
  let next = new Int32Array(0)
  return {
    put(day, thing) {
      if (day >= span) return
      if (thing >= next.length) next = longer(next, thing + 1)
      next[thing] = head[day]!
      head[day] = thing
    },
    take(day) {
      const thing = head[day]!
      if (thing !== NONE) head[day] = next[thing]!
      return thing
    },
    clear() {
      head.fill(NONE)
    },
  }
}
