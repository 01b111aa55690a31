import type { Day } from '../domain/day.ts'
import { isEvidence } from '../domain/placement/consequences.ts'
import { PLACE_FEATURES } from '../reference/features.ts'
import { LIFE_AREAS, type NeedOrigin } from '../reference/profiles.ts'
import { type DayNumber, dayOf, instantOn, numberOf } from './calendar.ts'
import { type Quantiles, quantile, type Random } from './random.ts'
import type { AssessmentRow, ConsentRow, NeedRow, ShortfallRow } from './rows.ts'
import type { SimNeed } from './simulated.ts'
import { livingSkills, livingTraining, rentalOverride, whatMatters } from './wording.ts'

export interface NeedContext {
  readonly id: string
  readonly householdId: string
  readonly residentId: string
  /** Numbered as the city's days; the demo's today. */
  readonly today: DayNumber
  readonly districts: readonly string[]
  readonly unresolved: boolean
  /** Houses that a need may say no to. */
  readonly facilityIds: readonly string[]
  readonly assessedBy: string
  readonly newId: (day: DayNumber) => string
}

/** How long somebody has been ready for discharge: mostly days, a few weeks, and some for months (an assumption). */
const DISCHARGE_READY_DAYS: Quantiles = [1, 4, 8, 13, 21, 40, 120]

const INSTITUTIONS: readonly NeedOrigin[] = ['vel', 'private_institution', 'long_term_home']

/** Everything a need says; what nobody has asked yet stays open, as in life. */
export function needRow(need: SimNeed, context: NeedContext, random: Random): NeedRow {
  const { household } = need
  const isDraft = need.status === 'open' && need.registered >= context.today
  const registered = isDraft ? null : need.registered
  const lookedAt = need.ended ?? context.today
  const knows = (thousandths: number) => random.chance(isDraft ? thousandths / 2 : thousandths)
  const grounds = situationOf(need, lookedAt, random)
  const pets = household.pets
  const startedAt = instantOn(need.started, random.below(540))
  const livesDistrict = need.livesIn?.place?.house.district
  const elsewhere = livesDistrict ?? (random.chance(60) ? random.pick(context.districts) : household.district)
  return {
    id: context.id,
    createdAt: startedAt,
    householdId: context.householdId,
    holdingDistrict: household.district,
    responsibleDistrict: context.unresolved ? null : household.district,
    stayDistrict: elsewhere === household.district ? null : elsewhere,
    status: isDraft ? 'draft' : need.status === 'open' ? 'registered' : need.status,
    startedAt,
    registeredAt: registered === null ? null : instantOn(registered, 540 + random.below(180)),
    endedAt: need.ended === null ? null : instantOn(need.ended, 720 + random.below(120)),
    endedReason: need.reason,
    origin: isDraft && random.chance(250) ? null : need.origin,
    ...grounds,
    forms: isDraft && random.chance(500) ? [] : need.forms,
    requiredFeatures: need.required,
    wantedFeatures: wantedFeatures(need, random),
    ...wishedPlaces(need, context, random),
    substanceStance: knows(900) ? household.substanceStance : 'unknown',
    behaviour: knows(880) ? household.behaviour : null,
    security: knows(860) ? household.security : null,
    neededDuring: knows(600) ? windowOf(need, lookedAt, random) : null,
    ...privateRentalOf(need, lookedAt, isDraft, random),
    serviceDecisionOn: registered !== null && random.chance(480) ? between(registered, lookedAt, random) : null,
    whatMatters: knows(780) ? whatMatters(pets, household.children[0]?.arrangement ?? null, random) : null,
  }
}

/** What was kept as evidence when a need ended for lack of room, as the office keeps it (`consequencesOf`). */
export function shortfallRows(needs: readonly NeedRow[], newId: (day: DayNumber) => string): ShortfallRow[] {
  return needs.flatMap(({ id, holdingDistrict, endedAt, endedReason, forms: [formNeeded] }) =>
    endedAt === null || endedReason === null || formNeeded === undefined || !isEvidence(endedReason)
      ? []
      : [
          {
            id: newId(numberOf(endedAt.slice(0, 10) as Day)),
            needId: id,
            holdingDistrict,
            recordedAt: endedAt,
            kind: endedReason,
            formNeeded,
          },
        ],
  )
}

function between(from: DayNumber, to: DayNumber, random: Random): Day {
  return dayOf(to <= from ? from : random.between(from, to - 1))
}

type Situation = Pick<NeedRow, 'situationSince' | 'urgencyGrounds' | 'mustLeaveBy' | 'readyToMoveOnSince'>

/** Since when, with which grounds, and until when; what follows from dates alone is left to the policy. */
function situationOf(need: SimNeed, lookedAt: DayNumber, random: Random): Situation {
  const { origin, livesIn, started } = need
  const grounds: string[] = []
  let since: DayNumber = started - random.between(0, 300)
  let mustLeaveBy: DayNumber | null = null
  let ready: DayNumber | null = null
  let noticed = false
  const leave = (thousandths: number, from: number, to: number) => {
    if (random.chance(thousandths)) mustLeaveBy = Math.max(started + 3, lookedAt + random.between(from, to))
  }
  if (livesIn !== null) since = livesIn.from
  if (INSTITUTIONS.includes(origin)) {
    if (random.chance(860)) ready = started
    since = ready ?? since
  } else if (origin === 'no_home') {
    if (random.chance(260)) grounds.push('no_place_tonight')
  } else if (origin === 'with_others' || origin === 'home') {
    if (random.chance(55)) grounds.push('violence')
    if (random.chance(origin === 'home' ? 620 : 300) && lookedAt - since > 184) grounds.push('unsuitable_beyond_norm')
    leave(origin === 'home' ? 160 : 90, 2, 90)
  } else if (origin === 'municipal_home') {
    since = started - random.between(30, 400)
    if (random.chance(300) && lookedAt - since > 184) grounds.push('unsuitable_beyond_norm')
    leave(70, 5, 120)
  } else if (origin === 'specialist_care' || origin === 'hospital') {
    since = started
    if (random.chance(560)) {
      grounds.push('discharge_ready')
      // the need is known long before the treatment is over; the notice counts from the day it is given
      const notice = random.fork(`notice/${need.household.index}/${started}`)
      since = Math.max(started, lookedAt - quantile(DISCHARGE_READY_DAYS, notice.below(1_000_000)))
      noticed = true
    }
    leave(620, -20, 60)
  } else if (origin === 'prison') {
    since = started
    leave(800, 1, 150)
  }
  return {
    situationSince: random.chance(60) && !noticed ? null : dayOf(since),
    urgencyGrounds: grounds,
    mustLeaveBy: mustLeaveBy === null ? null : dayOf(mustLeaveBy),
    readyToMoveOnSince: ready === null ? null : dayOf(ready),
  }
}

const FOR_CHILDREN = ['two_bedrooms', 'child_friendly']
const WANTED = PLACE_FEATURES.map(({ id }) => id).filter((id) => id !== 'wheelchair')

function wantedFeatures(need: SimNeed, random: Random): string[] {
  const wanted = new Set<string>()
  for (let count = random.weighted([30, 34, 24, 12]); count > 0; count -= 1) wanted.add(random.pick(WANTED))
  const { children } = need.household
  return [...wanted].filter(
    (feature) =>
      !(need.required as readonly string[]).includes(feature) &&
      (children.length > 0 || !FOR_CHILDREN.includes(feature)),
  )
}

type Wishes = Pick<NeedRow, 'wantedDistricts' | 'excludedDistricts' | 'excludedFacilities'>

/** Most want to stay where they belong; some must not go back to where they come from. */
function wishedPlaces({ household }: SimNeed, { districts, facilityIds }: NeedContext, random: Random): Wishes {
  const others = districts.filter((code) => code !== household.district)
  const wanted = random.chance(340) ? [household.district, ...(random.chance(300) ? [random.pick(others)] : [])] : []
  const excluded = random.chance(80) ? [random.pick(others)] : []
  return {
    wantedDistricts: wanted.filter((code) => !excluded.includes(code)),
    excludedDistricts: excluded,
    excludedFacilities: facilityIds.length > 0 && random.chance(35) ? [random.pick(facilityIds)] : [],
  }
}

function windowOf(need: SimNeed, lookedAt: DayNumber, random: Random): NeedRow['neededDuring'] {
  const from = random.chance(700) ? need.started : lookedAt + random.between(3, 60)
  const to = random.chance(800) ? null : dayOf(Math.max(from, lookedAt) + random.between(120, 400))
  return { from: dayOf(from), to }
}

type Rental = Pick<NeedRow, 'privateRental' | 'privateRentalReason' | 'privateRentalConsideredOn'>

function privateRentalOf(need: SimNeed, lookedAt: DayNumber, isDraft: boolean, random: Random): Rental {
  const municipal = need.forms.some((form) => form.startsWith('municipal'))
  const asked = !isDraft && random.chance(municipal ? 680 : 300)
  const answer = (['possible', 'not_possible', 'overridden'] as const)[
    random.weighted(municipal ? [10, 74, 16] : [22, 74, 4])
  ]
  if (!asked || answer === undefined) {
    return { privateRental: 'not_considered', privateRentalReason: null, privateRentalConsideredOn: null }
  }
  return {
    privateRental: answer,
    privateRentalReason: answer === 'overridden' ? rentalOverride(random) : null,
    privateRentalConsideredOn: between(
      need.started,
      Math.max(need.started + 1, Math.min(lookedAt, need.started + 40)),
      random,
    ),
  }
}

/** None, one, or one and a newer one: some are out of date, and that is shown, not hidden. */
export function assessmentRows(need: SimNeed, context: NeedContext, random: Random): AssessmentRow[] {
  const until = need.ended ?? context.today
  const days: DayNumber[] = []
  if (need.registered < until && random.chance(need.status === 'open' ? 880 : 620)) {
    days.push(Math.min(until - 1, need.started + random.between(0, 20)))
    const renewedEvery = random.between(100, 260)
    const last = days[0] ?? until
    if (need.status === 'open') for (let day = last + renewedEvery; day < until; day += renewedEvery) days.push(day)
  }
  return days.slice(-2).map((day) => ({
    id: context.newId(day),
    needId: context.id,
    holdingDistrict: need.household.district,
    assessedOn: dayOf(day),
    lifeAreas: Object.fromEntries(
      LIFE_AREAS.filter(() => random.chance(900)).map(({ id }) => [id, random.between(1, 5)]),
    ),
    livingSkills: random.chance(650) ? livingSkills(random) : null,
    livingTraining: random.chance(350) ? livingTraining(random) : null,
    careTrack: random.chance(700) ? random.between(2, 3) : null,
    createdAt: instantOn(day, 300 + random.below(240)),
    createdBy: context.assessedBy,
  }))
}

/** Consents to sharing, for a need that is open. */
export function consentRows(need: SimNeed, context: NeedContext, random: Random): ConsentRow[] {
  if (need.status !== 'open' || need.registered >= context.today) return []
  const scopes = (['facility', 'vel_intake', 'specialist_care', 'relatives', 'other_district'] as const).filter(
    (scope) => random.chance(scope === 'facility' ? 420 : 110),
  )
  return scopes.map((scope) => {
    const given = random.between(need.started, Math.max(need.started, context.today - 1))
    const revoked = random.chance(70) ? random.between(given, context.today) : null
    return {
      id: context.newId(given),
      residentId: context.residentId,
      holdingDistrict: need.household.district,
      scope,
      givenOn: dayOf(given),
      revokedOn: revoked === null ? null : dayOf(revoked),
      note: scope === 'relatives' ? 'Gjelder bare broren.' : null,
    }
  })
}
