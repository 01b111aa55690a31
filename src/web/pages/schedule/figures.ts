import type { ScheduleNumbers } from '../../api/schedules.ts'

type Item = ScheduleNumbers['items'][number]

/** A table of people by district: a row a month or a limit. */
export interface Crossed<Key extends string> {
  districts: { code: string; name: string }[]
  rows: { key: Key; people: number[]; total: number }[]
  totals: number[]
  total: number
}

/** Crosses the numbers, a column a district. @param keyOf the row of an item, or null for one that is in none */
function crossed<Key extends string>(
  { items }: Pick<ScheduleNumbers, 'items'>,
  keys: readonly Key[],
  keyOf: (item: Item) => string | null,
): Crossed<Key> {
  const names = new Map(items.map(({ district, districtName }) => [district, districtName]))
  const districts = [...names].map(([code, name]) => ({ code, name })).sort((a, b) => (a.code < b.code ? -1 : 1))
  const counted = new Map<string, number>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === null) continue
    const cell = `${key}/${item.district}`
    counted.set(cell, (counted.get(cell) ?? 0) + item.people)
  }
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const rows = keys.map((key) => {
    const people = districts.map(({ code }) => counted.get(`${key}/${code}`) ?? 0)
    return { key, people, total: sum(people) }
  })
  const totals = districts.map((_, column) => sum(rows.map(({ people }) => people[column] ?? 0)))
  return { districts, rows, totals, total: sum(totals) }
}

/** People who could move, by month. */
export function byMonth(numbers: ScheduleNumbers): Crossed<string> {
  return crossed(numbers, numbers.months, ({ month }) => month)
}

/** People who cannot, by what keeps them. */
export function byLimit(numbers: ScheduleNumbers): Crossed<string> {
  return crossed(
    numbers,
    numbers.limits.map(({ id }) => id),
    ({ limitedBy }) => limitedBy,
  )
}
