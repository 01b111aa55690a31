import { ROUNDING_BASE } from '../reference/publicTables.ts'
import { addDays, addMonths, type Day, firstOfMonth } from './day.ts'

/**
 * What everybody may see of people: each count rounded by itself to the nearest 5, and every sum made of what was rounded. A reader
 * who holds the cells therefore holds all there is, and each cell may truly be any of the five counts (three around 0) that round
 * to it, whatever the other cells, the sums and the other months say. The argument is in docs/adr/0011-public-tables.md.
 */

/** People of one district on one step. */
export interface PeopleCell {
  district: string
  step: number
  people: number
}

/** The nearest multiple of 5; there are no ties among whole numbers. */
export function rounded(count: number): number {
  return Math.round(count / ROUNDING_BASE) * ROUNDING_BASE
}

/** The whole grid, rounded cell by cell: one without anybody is there and is 0, so that no row is missing of which to ask why. */
export function roundedCells(
  counts: readonly PeopleCell[],
  districts: readonly string[],
  steps: readonly number[],
): PeopleCell[] {
  const of = new Map<string, number>()
  for (const { district, step, people } of counts) {
    const key = `${district}/${step}`
    of.set(key, (of.get(key) ?? 0) + people)
  }
  return districts.flatMap((district) =>
    steps.map((step) => ({ district, step, people: rounded(of.get(`${district}/${step}`) ?? 0) })),
  )
}

/** Sums of a table, in the order in which their parts come. */
export interface PeopleSums {
  byDistrict: { district: string; people: number }[]
  byStep: { step: number; people: number }[]
  total: number
}

/** Every sum, of the cells as they are published and never of the counts behind them. */
export function sumsOf(cells: readonly PeopleCell[]): PeopleSums {
  const sum = (group: readonly PeopleCell[]) => group.reduce((all, { people }) => all + people, 0)
  return {
    byDistrict: [...Map.groupBy(cells, ({ district }) => district)].map(([district, group]) => ({
      district,
      people: sum(group),
    })),
    byStep: [...Map.groupBy(cells, ({ step }) => step)].map(([step, group]) => ({ step, people: sum(group) })),
    total: sum(cells),
  }
}

/** The day that a month's tables are counted on: its last. */
export function countedOn(month: Day): Day {
  return addDays(addMonths(month, 1), -1)
}

/**
 * The months that are over and not published, oldest first: from the one after the newest, or only the last one where nothing was
 * published yet.
 * @param newest the first day of the newest published month
 */
export function monthsToPublish(newest: Day | undefined, today: Day): Day[] {
  const current = firstOfMonth(today)
  const months: Day[] = []
  for (let month = newest === undefined ? addMonths(current, -1) : addMonths(newest, 1); month < current; ) {
    months.push(month)
    month = addMonths(month, 1)
  }
  return months
}
