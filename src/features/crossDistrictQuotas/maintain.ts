import { sql } from 'kysely'
import { maintainsHousesOf } from '../../access/reach.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import { districtsKnown } from '../../db/districts.ts'
import { facilitiesKnown } from '../../db/facilities.ts'
import { dateRange, rangeFrom, rangeTo } from '../../db/range.ts'
import { DomainError, invalid, notFound, stale } from '../../domain/error.ts'
import type { ChangedQuota, NewQuota } from './schema.ts'

/** Quotas with how much of each is used, which the database counts without telling of whom. */
export function quotaRows({ trx }: Pick<Acting, 'trx'>) {
  return trx
    .selectFrom('crossDistrictQuota')
    .select(['id', 'version', 'district', 'households', 'exemptDistricts', 'exemptFacilities', 'note'])
    .select([rangeFrom('crossDistrictQuota.during').as('from'), rangeTo('crossDistrictQuota.during').as('to')])
    .select(sql<number>`quota_used(id)`.as('used'))
}

export type QuotaRow = Awaited<ReturnType<ReturnType<typeof quotaRows>['executeTakeFirstOrThrow']>>

/** @throws {DomainError} `not_found` */
export async function existing(acting: Acting, id: string): Promise<QuotaRow> {
  const row = await quotaRows(acting).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

/** @throws {DomainError} `not_allowed` outside the own bydel, `invalid_value`; `overlapping_quota` for days that have one */
export async function addQuota(acting: Acting, actor: Actor, { during, ...facts }: NewQuota): Promise<QuotaRow> {
  requireOwn(actor, facts.district)
  await checkExempt(acting, facts)
  const { id } = await acting.trx
    .insertInto('crossDistrictQuota')
    .values({ ...facts, during: dateRange(during), createdAt: acting.now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return existing(acting, id)
}

/** @throws {DomainError} `not_found`, `not_allowed`, `stale_version`, `invalid_value`; `overlapping_quota` */
export async function changeQuota(
  acting: Acting,
  actor: Actor,
  id: string,
  version: number,
  { during, ...facts }: ChangedQuota,
): Promise<QuotaRow> {
  const row = await existing(acting, id)
  requireOwn(actor, row.district)
  await checkExempt(acting, facts)
  const { numUpdatedRows } = await acting.trx
    .updateTable('crossDistrictQuota')
    .set({ households: row.households, ...facts, ...(during === undefined ? {} : { during: dateRange(during) }) })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw stale()
  return existing(acting, id)
}

function requireOwn(actor: Actor, district: string): void {
  if (!maintainsHousesOf(actor, district))
    throw new DomainError('not_allowed', 'Du kan bare sette kvoter for din egen bydel.')
}

async function checkExempt(
  { trx, today }: Acting,
  {
    district,
    exemptDistricts = [],
    exemptFacilities = [],
  }: Pick<ChangedQuota, 'exemptDistricts' | 'exemptFacilities'> & { district?: string },
): Promise<void> {
  const known = await districtsKnown(trx, [...exemptDistricts, ...(district === undefined ? [] : [district])], today)
  if (district !== undefined && !known.has(district))
    throw invalid('/district', 'unknown_district', 'Denne bydelen finnes ikke i dag.')
  const other = exemptDistricts.findIndex((code) => !known.has(code))
  if (other !== -1) throw invalid(`/exemptDistricts/${other}`, 'unknown_district', 'Denne bydelen finnes ikke i dag.')
  const houses = await facilitiesKnown(trx, exemptFacilities)
  const missing = exemptFacilities.findIndex((id) => !houses.has(id))
  if (missing !== -1) throw invalid(`/exemptFacilities/${missing}`, 'unknown_facility', 'Dette botilbudet finnes ikke.')
}
