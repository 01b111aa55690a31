import { sql } from 'kysely'
import type { Acting, Actor } from '../../db/actor.ts'
import { placeInCity, type ReadCity } from '../../db/city.ts'
import { whereabouts } from '../../db/needs.ts'
import { existingStay, lockedStay, type StayRow, stateOfStay } from '../../db/stays.ts'
import { addDays } from '../../domain/day.ts'
import { invalid, type NextBest } from '../../domain/error.ts'
import { formById, type HousingForm } from '../../domain/ladder.ts'
import { ageOn, type Requirements } from '../../domain/need.ts'
import { permit } from '../../domain/placement/decide.ts'
import type { PreconditionId } from '../../domain/placement/preconditions.ts'
import { transferPlaces } from '../../domain/placement/transfer.ts'
import {
  mayBeOverridden,
  pairOnDay,
  standingOn,
  transferUnfitBy,
  vacancyFailing,
} from '../../domain/placement/vacancy.ts'
import { chosenReason } from '../../reference/reasonCodes.ts'
import { checkLeftOn } from './depart.ts'
import { moversOf, requirementsOfStay } from './queries.ts'
import type { TransferBody } from './schema.ts'

const SHOWN = 3

/**
 * Moves a household to another place of the same form, out of the one and into the other on one day, or neither. What is followed
 * up and what was agreed go with it. What the person herself may say yes to can be set aside with a reason, as on an offer.
 * Answers with the new stay.
 * @throws {DomainError} `not_found`, `stale_version`, `stay_not_present`, `transfer_needs_offer`, `needs_referral`, `place_taken`, `place_held`,
 * `place_closed`, `place_unfit`, `not_allowed` (a house moves nobody to another house), `invalid_value`
 */
export async function transfer(acting: Acting, id: string, version: number, body: TransferBody): Promise<StayRow> {
  const { trx, today } = acting
  const reason = chosenReason('transfer', body.reason)
  if (reason === undefined) throw invalid('/reason', 'unknown_reason', 'Velg en av grunnene i listen.')
  for (const [at, { id: rule }] of body.overrides.entries()) {
    if (!mayBeOverridden(rule))
      throw invalid(`/overrides/${at}/id`, 'not_overridable', 'Dette kan ingen gå forbi, heller ikke med en grunn.')
  }
  const overridden = body.overrides.map(({ id: rule }) => rule)
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
  const requirements = await requirementsOf(acting, stay)
  const unfit = transferUnfitBy(pairOnDay(requirements, place, facility, today, today), sameHouse, overridden)
  const failing: PreconditionId[] = [
    ...(place.form === stay.form ? [] : (['same_form'] as const)),
    // within a house of VEL's the house decides; into another one Felles inntak does
    ...(formById(place.form).givenBy === 'vel' && !sameHouse ? (['vel_place_referred'] as const) : []),
    // who lives in the house already is not admitted to it again
    ...vacancyFailing(sameHouse && standing?.kind === 'not_admitting' ? undefined : standing),
    ...(unfit.length > 0 ? (['place_fits'] as const) : []),
  ]
  permit('stay.transfer', {
    state,
    readiness: [],
    failing,
    overridden,
    unfit,
    place: { id: body.placeId, needId: null, standing },
  })
  const { rows } = await sql<{ stayId: string }>`
    select transfer_stay(${id}::uuid, ${body.placeId}::uuid, ${body.on}::date, ${reason.id}, ${body.note},
      ${JSON.stringify(body.overrides)}::jsonb) as stay_id`.execute(trx)
  const stayId = rows[0]?.stayId
  if (stayId === undefined) throw new Error('the household was not moved')
  return existingStay(trx, stayId)
}

/**
 * Other places that the household of a stay can change to, when the one asked for is not to be had: at most three; in a house,
 * its own, and of VEL's places those in the house she lives in.
 */
export async function nextPlacesForStay(
  acting: Acting,
  actor: Actor | null,
  readCity: ReadCity,
  id: string,
  exceptPlaceId: string,
): Promise<NextBest[]> {
  const stay = await existingStay(acting.trx, id)
  const { placeId, facilityId } = stay
  if (placeId === null || facilityId === null) return []
  const requirements = await requirementsOf(acting, stay)
  const ofHouse = actor?.role === 'facility_staff' ? actor.facilities : undefined
  const within = formById(stay.form as HousingForm).givenBy === 'vel' ? [facilityId] : ofHouse
  return transferPlaces(
    await readCity(acting),
    requirements,
    { placeId, facilityId },
    { within, shown: SHOWN, except: exceptPlaceId },
  )
}

/** What the household requires, as last recorded; what nobody has recorded keeps it from nothing. */
async function requirementsOf(acting: Acting, stay: StayRow): Promise<Requirements> {
  const { today } = acting
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
