import { maintainsHousesOf, reachesFacility } from '../../access/reach.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import { districtsKnown } from '../../db/districts.ts'
import { keepsPromises } from '../../db/promised.ts'
import { dateRange } from '../../db/range.ts'
import { overlaps } from '../../domain/day.ts'
import { DomainError, invalid, notFound, stale } from '../../domain/error.ts'
import { type FacilityRow, facilityById, replaceServed } from './queries.ts'
import type { ChangedFacility, NewFacility } from './schema.ts'

interface Criteria {
  minAge?: number | null | undefined
  maxAge?: number | null | undefined
  admitting?: boolean | undefined
  notAdmittingReason?: string | null | undefined
  serves?: string | undefined
}

type Served = NewFacility['servedDistricts']

function checkCriteria(
  { minAge, maxAge, admitting, notAdmittingReason, serves }: Criteria,
  served: readonly unknown[],
): void {
  if (minAge != null && maxAge != null && minAge > maxAge) {
    throw invalid('/maxAge', 'below_min_age', 'Øvre aldersgrense kan ikke være lavere enn den nedre.')
  }
  if (admitting === false && notAdmittingReason == null) {
    throw invalid('/notAdmittingReason', 'missing', 'Skriv hvorfor botilbudet ikke tar imot nå.')
  }
  if (serves === 'listed_districts' && served.length === 0) {
    throw invalid('/servedDistricts', 'missing', 'Velg hvilke bydeler botilbudet er for.')
  }
}

/** Districts that exist today, and no district twice on one day: the database holds the same by key. */
async function checkDistricts({ trx, today }: Acting, district: string | undefined, served: Served): Promise<void> {
  const codes = [...(district === undefined ? [] : [district]), ...served.map(({ districtCode }) => districtCode)]
  const known = await districtsKnown(trx, codes, today)
  if (district !== undefined && !known.has(district)) {
    throw invalid('/districtCode', 'unknown_district', 'Denne bydelen finnes ikke i dag.')
  }
  for (const [i, { districtCode, during }] of served.entries()) {
    if (!known.has(districtCode)) {
      throw invalid(`/servedDistricts/${i}/districtCode`, 'unknown_district', 'Denne bydelen finnes ikke i dag.')
    }
    const earlier = served.slice(0, i).filter((entry) => entry.districtCode === districtCode)
    if (earlier.some((entry) => overlaps(entry.during, during))) {
      throw invalid(`/servedDistricts/${i}/during`, 'overlapping', 'Bydelen står to ganger i det samme tidsrommet.')
    }
  }
}

/** @throws {DomainError} `not_allowed` outside the own district, `invalid_value` */
export async function addFacility(acting: Acting, actor: Actor, body: NewFacility): Promise<FacilityRow> {
  const { trx } = acting
  if (!maintainsHousesOf(actor, body.districtCode))
    throw new DomainError('not_allowed', 'Du kan bare opprette botilbud i egen bydel.')
  checkCriteria(body, body.servedDistricts)
  await checkDistricts(acting, body.districtCode, body.servedDistricts)
  const { servedDistricts, openDuring, ...facts } = body
  const { id } = await trx
    .insertInto('facility')
    .values({ ...facts, openDuring: dateRange(openDuring) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await replaceServed(trx, id, servedDistricts)
  return existing(acting, id)
}

/** @throws {DomainError} `not_found` */
export async function existing({ trx, today }: Pick<Acting, 'trx' | 'today'>, id: string): Promise<FacilityRow> {
  const row = await facilityById(trx, id, today)
  if (row === undefined) throw notFound()
  return row
}

/**
 * @throws {DomainError} `not_found`, `not_allowed`, `stale_version`, `facility_closes_before_places`, `invalid_value`; `place_held`
 * where it would stop admitting while somebody who has said yes to one of its places is still to move in
 */
export async function changeFacility(
  acting: Acting,
  actor: Actor,
  id: string,
  version: number,
  { servedDistricts, openDuring, ...facts }: ChangedFacility,
): Promise<FacilityRow> {
  const row = await existing(acting, id)
  if (
    !maintainsHousesOf(actor, row.districtCode) ||
    !maintainsHousesOf(actor, facts.districtCode ?? row.districtCode)
  ) {
    throw new DomainError('not_allowed', 'Du kan bare endre botilbud i egen bydel.')
  }
  checkCriteria({ ...row, ...facts }, servedDistricts ?? row.served)
  await checkDistricts(acting, facts.districtCode, servedDistricts ?? [])
  if (row.admitting && facts.admitting === false) await keepsPromises(acting.trx, id)
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

/**
 * Says that what is known of a facility's free places is right, as of now: those who search see how old that is.
 * @throws {DomainError} `not_found`, `not_allowed` for another district's or another house
 */
export async function confirmVacancy(acting: Acting, actor: Actor, id: string): Promise<FacilityRow> {
  const row = await existing(acting, id)
  if (!reachesFacility(actor, 'maintain_places', { facilityId: row.id, districtCode: row.districtCode })) {
    throw new DomainError('not_allowed', 'Du kan bare bekrefte ledigheten på botilbud du holder oppdatert.')
  }
  await acting.trx.updateTable('facility').set({ vacancyConfirmedAt: acting.now }).where('id', '=', id).execute()
  return existing(acting, id)
}
