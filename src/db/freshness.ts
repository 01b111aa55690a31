import { sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { dayIn } from './vacancy.ts'

/**
 * Whether the house `facility` has places today and has not confirmed since before `confirmedBefore` (or never) which are free:
 * by calendar days in Oslo, as everywhere (`staleBefore`).
 */
export const unconfirmed = (facility: string, confirmedBefore: Day, today: Day) =>
  sql<boolean>`(${sql.ref(`${facility}.open_during`)} @> ${today}::date
    and (${sql.ref(`${facility}.vacancy_confirmed_at`)} is null
      or ${dayIn(sql.ref(`${facility}.vacancy_confirmed_at`))} < ${confirmedBefore}::date)
    and exists (select from place p where p.facility_id = ${sql.ref(`${facility}.id`)} and p.open_during @> ${today}::date))`
