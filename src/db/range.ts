import { type RawBuilder, sql } from 'kysely'
import type { Day, DayRange } from '../domain/day.ts'

/** The first day of a `daterange` column. */
export function rangeFrom(column: string): RawBuilder<Day> {
  return sql<Day>`lower(${sql.ref(column)})`
}

/** The day after the last one of a `daterange` column, null when it has no end. */
export function rangeTo(column: string): RawBuilder<Day | null> {
  return sql<Day | null>`upper(${sql.ref(column)})`
}

/** A `daterange` value `[from, to)`. */
export function dateRange({ from, to }: DayRange): RawBuilder<string> {
  return sql<string>`daterange(${from}::date, ${to}::date)`
}
