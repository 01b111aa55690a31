import { sql } from 'kysely'
import { maintainsHousesOf } from '../../access/reach.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import { districtsKnown } from '../../db/districts.ts'
import { dateRange, rangeFrom, rangeTo } from '../../db/range.ts'
import { DomainError, invalid, notFound, stale } from '../../domain/error.ts'
import { QUOTA_OPERATORS } from '../../domain/place.ts'
import type { ChangedQuota, NewQuota } from './schema.ts'

/** Quotas with how much of each is used, which the database counts without telling of whom. */
export function quotaRows({ trx }: Pick<Acting, 'trx'>) {
  return trx
    .selectFrom('crossDistrictQuota')
    .select(['id', 'version', 'district', 'households', 'exemptDistricts', 'exemptFacilities', 'note'])
    .select([rangeFrom('crossDistrictQuota.during').as('from'), rangeTo('crossDistrictQuota.during').as('to')])
    .select(sql<number>`quota_used(id)`.as('used'))
    .select(
      sql<string[]>`(select coalesce(array_agg(f.name order by e.place), '{}')
        from unnest(exempt_facilities) with ordinality as e (id, place) join facility f on f.id = e.id)`.as(
        'exemptFacilityNames',
      ),
    )
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
  if (!(await districtsKnown(acting.trx, [facts.district], acting.today)).has(facts.district))
    throw invalid('/district', 'unknown_district', 'Denne bydelen finnes ikke i dag.')
  await checkExempt(acting, facts.district, facts)
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
  await checkExempt(acting, row.district, facts)
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

/** What is left out must be something that would count: another bydel, and a house whose homes the bydel gives. */
async function checkExempt(
  { trx, today }: Acting,
  district: string,
  { exemptDistricts = [], exemptFacilities = [] }: Pick<ChangedQuota, 'exemptDistricts' | 'exemptFacilities'>,
): Promise<void> {
  const known = await districtsKnown(trx, exemptDistricts, today)
  for (const [index, code] of exemptDistricts.entries()) {
    const pointer = `/exemptDistricts/${index}`
    if (code === district)
      throw invalid(pointer, 'own_district', 'Bydelens egne husstander teller aldri med. Velg bare andre bydeler.')
    if (!known.has(code)) throw invalid(pointer, 'unknown_district', 'Denne bydelen finnes ikke i dag.')
  }
  if (exemptFacilities.length === 0) return
  const houses = await trx
    .selectFrom('facility')
    .select(['id', 'name', 'districtCode', 'operatorKind'])
    .where('id', 'in', exemptFacilities)
    .execute()
  const byId = new Map(houses.map((house) => [house.id, house]))
  for (const [index, id] of exemptFacilities.entries()) {
    const pointer = `/exemptFacilities/${index}`
    const house = byId.get(id)
    if (house === undefined) throw invalid(pointer, 'unknown_facility', 'Dette botilbudet finnes ikke.')
    if (house.districtCode !== district || !QUOTA_OPERATORS.includes(house.operatorKind))
      throw invalid(
        pointer,
        'not_in_quota',
        `Kvoten gjelder bare botilbud som bydelen eller Boligbygg driver i bydelen. ${house.name} teller ikke med uansett.`,
      )
  }
}
