import { sql } from 'kysely'
import type { Acting } from '../../db/actor.ts'
import { placeInCity } from '../../db/city.ts'
import { whereabouts } from '../../db/needs.ts'
import { existingStay, lockedStay, type StayRow, stateOfStay } from '../../db/stays.ts'
import { addDays, type Day } from '../../domain/day.ts'
import { type FieldError, invalid } from '../../domain/error.ts'
import type { HousingForm } from '../../domain/ladder.ts'
import { ageOn, type Requirements } from '../../domain/need.ts'
import type { Facility, Place } from '../../domain/place.ts'
import { permit } from '../../domain/placement/decide.ts'
import type { PreconditionId } from '../../domain/placement/preconditions.ts'
import { pairOnDay, standingOn, transferUnfitBy, vacancyFailing } from '../../domain/placement/vacancy.ts'
import { chosenReason } from '../../reference/reasonCodes.ts'
import { checkLeftOn } from './depart.ts'
import { moversOf, requirementsOfStay } from './queries.ts'
import type { TransferBody } from './schema.ts'

/**
 * Moves a household to another place of the same form, out of the one and into the other on one day, or neither. What is followed
 * up and what was agreed go with it. Answers with the new stay.
 * @throws {DomainError} `not_found`, `stale_version`, `stay_not_present`, `transfer_needs_offer`, `place_taken`, `place_held`,
 * `place_closed`, `place_unfit`, `not_allowed` (a house moves nobody to another house), `invalid_value`
 */
export async function transfer(acting: Acting, id: string, version: number, body: TransferBody): Promise<StayRow> {
  const { trx, today } = acting
  const reason = chosenReason('transfer', body.reason)
  if (reason === undefined) throw invalid('/reason', 'unknown_reason', 'Velg en av grunnene i listen.')
  const stay = await lockedStay(acting, id, version, body.placeId)
  const state = stateOfStay(stay, today)
  if (stay.placeId === null)
    throw invalid('/placeId', 'not_our_place', 'Hjemmet er ikke en av plassene våre. Send et tilbud.')
  if (stay.placeId === body.placeId) throw invalid('/placeId', 'same_place', 'Personen bor allerede på denne plassen.')
  if (state !== 'departed') checkLeftOn(body.on, stay.from, today)
  const found = await placeInCity(acting, body.placeId)
  if (found === undefined) throw invalid('/placeId', 'unknown_place', 'Plassen finnes ikke.')
  const { place, facility } = found
  // a move that has happened is asked about as the place is today; the days between are the database's to refuse
  const standing = standingOn(place, facility, { on: today, today, ownHold: false })
  const sameHouse = stay.facilityId === place.facilityId
  const unfit = await unfitFor(acting, stay, place, facility, sameHouse)
  const failing: PreconditionId[] = [
    ...(place.form === stay.form ? [] : (['same_form'] as const)),
    // who lives in the house already is not admitted to it again
    ...vacancyFailing(sameHouse && standing?.kind === 'not_admitting' ? undefined : standing),
    ...(unfit.length > 0 ? (['place_fits'] as const) : []),
  ]
  permit('stay.transfer', {
    state,
    readiness: [],
    failing,
    overridden: [],
    unfit,
    place: { id: body.placeId, needId: '', standing },
  })
  const { rows } = await sql<{ stayId: string }>`
    select transfer_stay(${id}::uuid, ${body.placeId}::uuid, ${body.on}::date, ${reason.id}, ${body.note}) as stay_id`.execute(
    trx,
  )
  const stayId = rows[0]?.stayId
  if (stayId === undefined) throw new Error('the household was not moved')
  return existingStay(trx, stayId)
}

async function unfitFor(
  acting: Acting,
  stay: StayRow,
  place: Place,
  facility: Facility,
  sameHouse: boolean,
): Promise<FieldError[]> {
  const requirements = await requirementsOf(acting, stay, acting.today)
  return transferUnfitBy(pairOnDay(requirements, place, facility, acting.today, acting.today), sameHouse)
}

/** What the household requires, as last recorded; what nobody has recorded keeps it from nothing. */
async function requirementsOf(acting: Acting, stay: StayRow, today: Day): Promise<Requirements> {
  const recorded = await requirementsOfStay(acting.trx, stay.id)
  const movers = await moversOf(acting.trx, stay.householdId)
  if (movers === undefined) throw new Error('a stay has no household')
  const { adults, childrenLiving, childrenVisiting, birthDate, gender, pets } = movers
  const living = (await whereabouts(acting, [stay.householdId]))(stay.householdId)
  return {
    forms: [stay.form as HousingForm],
    requiredFeatures: recorded?.requiredFeatures ?? [],
    wantedFeatures: [],
    district: recorded?.responsibleDistrict ?? stay.holdingDistrict,
    excludedDistricts: [],
    wantedDistricts: [],
    excludedFacilities: recorded?.excludedFacilities ?? [],
    ...living,
    ownHolds: [],
    adults,
    childrenLiving,
    childrenVisiting,
    age: birthDate === null ? null : ageOn(birthDate, today),
    gender: gender as Requirements['gender'],
    pets,
    substanceStance: (recorded?.substanceStance ?? 'unknown') as Requirements['substanceStance'],
    behaviour: recorded?.behaviour ?? null,
    security: recorded?.security ?? null,
    window: { from: today, to: addDays(today, 1) },
  }
}
