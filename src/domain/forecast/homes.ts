import { longer } from './columns.ts'
import { NONE } from './input.ts'
import type { Cell } from './plan.ts'

const [GONE, LIVES, OVERDUE] = [0, 1, 2]

/** Who lives where in one run. A stay is a number that is used once; moving in, out and being found take constant time. */
export interface Homes {
  /** Stays that last, by cell. */
  taken: Int32Array
  /** By where the place lies and its form, and by home district and form; `district * forms + form`. */
  occupied: Int32Array
  residents: Int32Array
  clear(): void
  moveIn(cell: number, home: number): number
  moveOut(stay: number): void
  lives(stay: number): boolean
  cellOf(stay: number): number
  homeOf(stay: number): number
  /** The need that she waits with for another home, or NONE. */
  needOf(stay: number): number
  setNeed(stay: number, need: number): void
  /** She would have left, and stays because she waits. */
  putOff(stay: number): void
  isPutOff(stay: number): boolean
  /** Somebody of the home district who lives in the form; NONE when nobody does. `u` between 0 and 1. */
  anyone(home: number, form: number, u: number): number
  /** Whoever moved into the cell last. */
  lastIn(cell: number): number
}

export function homesOf(cells: readonly Cell[], districts: number, forms: number): Homes {
  const taken = new Int32Array(cells.length)
  const occupied = new Int32Array(districts * forms)
  const residents = new Int32Array(districts * forms)
  const formOf = Int32Array.from(cells, ({ form }) => form)
  const placeOf = Int32Array.from(cells, ({ area, form }) => area.district * forms + form)
  const byHome: number[][] = Array.from({ length: districts * forms }, () => [])
  const byCell: number[][] = cells.map(() => [])
  let count = 0
  let cell = new Int32Array(0)
  let home = new Uint8Array(0)
  let need = new Int32Array(0)
  let state = new Uint8Array(0)
  // where each stands in the two lists
  let atHome = new Int32Array(0)
  let atCell = new Int32Array(0)

  /** The last of the list takes the place of who goes. */
  function drop(list: number[], at: number, position: Int32Array): void {
    const last = list.pop()!
    if (at < list.length) {
      list[at] = last
      position[last] = at
    }
  }

  return {
    taken,
    occupied,
    residents,
    clear() {
      for (const list of byHome) list.length = 0
      for (const list of byCell) list.length = 0
      for (const column of [taken, occupied, residents]) column.fill(0)
      count = 0
    },
    moveIn(into, from) {
      const stay = count
      count += 1
      if (stay >= cell.length) {
        cell = longer(cell, stay + 1)
        home = longer(home, cell.length)
        need = longer(need, cell.length)
        state = longer(state, cell.length)
        atHome = longer(atHome, cell.length)
        atCell = longer(atCell, cell.length)
      }
      cell[stay] = into
      home[stay] = from
      need[stay] = NONE
      state[stay] = LIVES
      const group = from * forms + formOf[into]!
      atHome[stay] = byHome[group]!.push(stay) - 1
      atCell[stay] = byCell[into]!.push(stay) - 1
      taken[into]! += 1
      occupied[placeOf[into]!]! += 1
      residents[group]! += 1
      return stay
    },
    moveOut(stay) {
      const from = cell[stay]!
      const group = home[stay]! * forms + formOf[from]!
      state[stay] = GONE
      drop(byHome[group]!, atHome[stay]!, atHome)
      drop(byCell[from]!, atCell[stay]!, atCell)
      taken[from]! -= 1
      occupied[placeOf[from]!]! -= 1
      residents[group]! -= 1
    },
    lives: (stay) => state[stay] !== GONE,
    cellOf: (stay) => cell[stay]!,
    homeOf: (stay) => home[stay]!,
    needOf: (stay) => need[stay]!,
    setNeed(stay, of) {
      need[stay] = of
    },
    putOff(stay) {
      state[stay] = OVERDUE
    },
    isPutOff: (stay) => state[stay] === OVERDUE,
    anyone(from, form, u) {
      const list = byHome[from * forms + form]!
      return list.length === 0 ? NONE : list[Math.floor(u * list.length)]!
    },
    lastIn: (of) => byCell[of]!.at(-1) ?? NONE,
  }
}
