import { scopeOf } from '../../access/capabilities.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import { dateRange } from '../../db/range.ts'
import { DomainError, invalid, notFound } from '../../domain/error.ts'
import { stale } from '../../http/etag.ts'
import { type FacilityRow, facilityById, replaceServed } from './queries.ts'
import type { ChangedFacility, NewFacility } from './schema.ts'

interface Criteria {
  minAge?: number | null | undefined
  maxAge?: number | null | undefined
  admitting?: boolean | undefined
  notAdmittingReason?: string | null | undefined
  serves?: string | undefined
  servedDistricts?: readonly unknown[] | undefined
}

function checkCriteria({ minAge, maxAge, admitting, notAdmittingReason, serves, servedDistricts }: Criteria): void {
  if (minAge != null && maxAge != null && minAge > maxAge) {
    throw invalid('/maxAge', 'below_min_age', 'Øvre aldersgrense kan ikke være lavere enn den nedre.')
  }
  if (admitting === false && notAdmittingReason == null) {
    throw invalid('/notAdmittingReason', 'missing', 'Skriv hvorfor botilbudet ikke tar imot nå.')
  }
  if (serves === 'listed_districts' && servedDistricts?.length === 0) {
    throw invalid('/servedDistricts', 'missing', 'Velg hvilke bydeler botilbudet er for.')
  }
}

function maintains(actor: Actor, districtCode: string): boolean {
  const scope = scopeOf(actor.role, 'maintain_facilities')
  return scope === 'all' || (scope === 'own_district' && actor.districts.includes(districtCode))
}

/** @throws {DomainError} `not_allowed` outside the own district, `invalid_value` */
export async function addFacility({ trx, today }: Acting, actor: Actor, body: NewFacility): Promise<FacilityRow> {
  if (!maintains(actor, body.districtCode))
    throw new DomainError('not_allowed', 'Du kan bare opprette botilbud i egen bydel.')
  checkCriteria(body)
  const { servedDistricts, openDuring, ...facts } = body
  const { id } = await trx
    .insertInto('facility')
    .values({ ...facts, openDuring: dateRange(openDuring) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await replaceServed(trx, id, servedDistricts)
  return existing({ trx, today }, id)
}

/** @throws {DomainError} `not_found` */
export async function existing({ trx, today }: Pick<Acting, 'trx' | 'today'>, id: string): Promise<FacilityRow> {
  const row = await facilityById(trx, id, today)
  if (row === undefined) throw notFound()
  return row
}

/** @throws {DomainError} `not_found`, `not_allowed`, `stale_version`, `facility_closes_before_places`, `invalid_value` */
export async function changeFacility(
  acting: Acting,
  actor: Actor,
  id: string,
  version: number,
  { servedDistricts, openDuring, ...facts }: ChangedFacility,
): Promise<FacilityRow> {
  const row = await existing(acting, id)
  if (!maintains(actor, row.districtCode) || !maintains(actor, facts.districtCode ?? row.districtCode)) {
    throw new DomainError('not_allowed', 'Du kan bare endre botilbud i egen bydel.')
  }
  checkCriteria({
    ...row,
    servedDistricts: row.served,
    ...facts,
    ...(servedDistricts === undefined ? {} : { servedDistricts }),
  })
  const result = await acting.trx
    .updateTable('facility')
    .set({ name: row.name, ...facts, ...(openDuring === undefined ? {} : { openDuring: dateRange(openDuring) }) })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (result.numUpdatedRows === 0n) throw stale()
  if (servedDistricts !== undefined) await replaceServed(acting.trx, id, servedDistricts)
  return existing(acting, id)
}
