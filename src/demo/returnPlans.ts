import type { Day } from '../domain/day.ts'
import { HOME_FORMS, missingIn } from '../domain/returnPlan/plan.ts'
import { districtName } from '../domain/words.ts'
import { officerOf } from './accounts.ts'
import { type DayNumber, dayOf, instantOn, numberOf } from './calendar.ts'
import type { Random } from './random.ts'
import { capacityChangeRows, type HomeStock, homeCommitmentRow, homesToCome } from './returnHomes.ts'
import type { ReturnPlanDemoRow, ReturnPlanEventRow, ReturnRows, SupportTeamRow } from './returnRows.ts'
import type { AccountRow, DemoCity, StayRow } from './rows.ts'
import { whatMatters } from './wording.ts'

export interface ReturnContext {
  readonly today: DayNumber
  readonly keptFrom: DayNumber
  readonly newId: (day: DayNumber) => string
  readonly accounts: readonly AccountRow[]
  readonly districts: readonly string[]
}

/** How many of a hundred have a plan, and of those with one what it says: right, rightly stays, undecided. All assumptions. */
const BY_FORM: Record<string, { planned: number; verdicts: readonly [number, number, number] }> = {
  vel_emergency: { planned: 15, verdicts: [50, 0, 50] },
  vel_assessment: { planned: 40, verdicts: [55, 8, 37] },
  vel_coping: { planned: 65, verdicts: [72, 8, 20] },
  vel_resource: { planned: 65, verdicts: [78, 4, 18] },
  vel_care: { planned: 50, verdicts: [24, 56, 20] },
  vel_reinforced: { planned: 50, verdicts: [30, 45, 25] },
}
const VERDICTS = ['right', 'rightly_stays', 'undecided'] as const
const WHY = {
  right: [
    'Vil hjem til bydelen, og har familie der.',
    'Har klart seg godt det siste året og ønsker egen bolig.',
    'Behandlingen er ferdig. Trenger en bolig med noen i nærheten.',
    'Har bodd lenge på institusjon og ønsker å prøve i egen bydel.',
  ],
  rightly_stays: [
    'Trenger pleie hele døgnet og trives der personen bor.',
    'Har prøvd å flytte to ganger. Et nytt forsøk gjør vondt verre nå.',
    'Alvorlig syk. Ønsker å bli boende.',
  ],
} as const
const OWNERS = ['Enhetsleder, booppfølging', 'Fagkonsulent, Helse og mestring', 'Teamleder, NAV', 'Boligkonsulent, NAV']
const CONTACTS = [
  'Avdelingsleder på institusjonen',
  'Primærkontakt på institusjonen',
  'Rådgiver, seksjon for tilbakeføring',
]
const TARGETS = ['colocated_24h', 'colocated_day', 'municipal_support', 'transitional', 'private_support'] as const
const TARGET_WEIGHTS = [38, 18, 28, 8, 8] as const

/**
 * Plans for moving home, of people in VEL's institutions and of some who have moved since, the teams that follow them up, and
 * what bydeler have bound themselves to for those whose places close. Drawn from a stream of its own, so nothing else moves.
 */
export function returnRows(city: DemoCity, context: ReturnContext, random: Random): ReturnRows {
  const teams = context.districts.flatMap((district) => teamRows(district, context, random))
  const placeOf = new Map(city.occupancies.map(({ id, placeId }) => [id, placeId]))
  const places = new Map(city.places.map((place) => [place.id, place]))
  const livedAt = (stay: StayRow) => places.get(placeOf.get(stay.occupancyId ?? '') ?? '')
  const houses = new Map(city.facilities.map((house) => [house.id, house]))
  const stock: HomeStock = homesToCome(city)
  const rows: ReturnRows = {
    supportTeams: teams,
    returnPlans: [],
    returnPlanEvents: [],
    homeCommitments: [],
    capacityChanges: capacityChangeRows(city, context, random),
  }
  const stays = Map.groupBy(city.stays, ({ householdId }) => householdId)
  for (const [, lived] of stays) {
    const sorted = [...lived].sort((a, b) => (a.during.from < b.during.from ? -1 : 1))
    const moved = movedPlan(
      sorted,
      (stay) => houses.get(livedAt(stay)?.facilityId ?? '')?.districtCode,
      context,
      teams,
      random,
    )
    if (moved !== undefined) add(rows, moved, context)
    const now = sorted.find((stay) => stay.during.to === null && stay.form in BY_FORM)
    if (now === undefined || (moved !== undefined && moved.movedBackOn === null)) continue
    const closesOn = livedAt(now)?.openDuring.to ?? null
    const plan = openPlan(now, closesOn, context, teams, random)
    if (plan === undefined) continue
    add(rows, plan, context)
    const word = homeCommitmentRow(plan, closesOn, stock, context, random)
    if (word !== undefined) rows.homeCommitments.push(word)
  }
  return rows
}

function add(rows: ReturnRows, plan: ReturnPlanDemoRow, { newId, accounts }: ReturnContext): void {
  rows.returnPlans.push(plan)
  const event = (kind: ReturnPlanEventRow['kind'], on: Day | null) => {
    if (on === null) return
    rows.returnPlanEvents.push({
      id: newId(numberOf(on)),
      returnPlanId: plan.id,
      kind,
      occurredOn: on,
      recordedAt: instantOn(numberOf(on), 420),
      recordedBy: officerOf(accounts, plan.holdingDistrict).id,
    })
  }
  event('begun', plan.createdAt.slice(0, 10) as Day)
  event('agreed', plan.agreedOn)
  event(plan.movedTo === 'home' ? 'moved_home' : 'moved_elsewhere', plan.movedOn)
  event('moved_back', plan.movedBackOn)
}

function teamRows(district: string, { keptFrom, newId }: ReturnContext, random: Random): SupportTeamRow[] {
  const team = (name: string, capacity: number, newPerMonth: number | null, outsideOfficeHours: boolean) => ({
    id: newId(keptFrom),
    createdAt: instantOn(keptFrom, 60),
    district,
    name: `${name}, ${districtName(district)}`,
    capacity,
    newPerMonth,
    outsideOfficeHours,
    during: { from: dayOf(keptFrom), to: null },
    synthetic: true,
  })
  return [
    team('Booppfølging', 10 * random.between(4, 9), random.between(2, 5), false),
    ...(random.chance(550)
      ? [team('Ambulant kveldsteam', 5 * random.between(3, 8), random.chance(700) ? random.between(1, 2) : null, true)]
      : []),
  ]
}

const nothingYet = {
  agreedOn: null,
  movedOn: null,
  movedTo: null,
  movedBackOn: null,
  withdrawnOn: null,
  withdrawnReason: null,
  synthetic: true,
} as const

function openPlan(
  stay: StayRow,
  closesOn: Day | null,
  { today, newId }: ReturnContext,
  teams: readonly SupportTeamRow[],
  random: Random,
): ReturnPlanDemoRow | undefined {
  const lives = BY_FORM[stay.form]
  const since = numberOf(stay.during.from)
  const share = (lives?.planned ?? 0) + (closesOn === null ? 0 : 22)
  // the draws are made for everybody, so that one plan more moves no other
  const has = random.below(100) < share
  const verdict = VERDICTS[random.weighted(lives?.verdicts ?? [0, 0, 1])] ?? 'undecided'
  const begun = Math.max(since + 3, today - random.between(10, 520))
  const fields = verdict === 'right' ? rightFields(closesOn, today, random) : NO_TARGET
  const answered = random.weighted([12, 14, 62, 12])
  const words = whatMatters(random.chance(60), null, random)
  const team = random.pick(teams.filter(({ district }) => district === stay.holdingDistrict))
  const supportBefore = random.between(30, 130)
  const owned = random.chance(880)
  const contacted = random.chance(850)
  const supported = random.chance(820)
  const wouldAgree = random.chance(740)
  const agreedAfter = random.between(10, 120)
  if (!has || begun >= today) return undefined
  const told = {
    homeDistrict: stay.holdingDistrict,
    verdict,
    verdictReason: verdict === 'undecided' ? null : (WHY[verdict][begun % WHY[verdict].length] ?? null),
    ...fields,
    ownPart: ([null, 'offered', 'answered', 'not_wanted'] as const)[answered] ?? null,
    ownPartOn: answered === 0 ? null : dayOf(Math.min(today, begun + 12)),
    ownWords: answered === 2 ? words : null,
    districtOwner: owned ? (OWNERS[begun % OWNERS.length] ?? null) : null,
    velContact: contacted ? (CONTACTS[begun % CONTACTS.length] ?? null) : null,
    supportTeamId: verdict === 'right' && supported ? team.id : null,
    supportFrom:
      verdict === 'right' && supported && fields.targetOn !== null
        ? dayOf(numberOf(fields.targetOn) - supportBefore)
        : null,
  }
  const agreed = wouldAgree && missingIn(told).length === 0
  return {
    id: newId(begun),
    createdAt: instantOn(begun, 400),
    householdId: stay.householdId,
    holdingDistrict: stay.holdingDistrict,
    stayId: stay.id,
    ...told,
    ...nothingYet,
    agreedOn: agreed ? dayOf(Math.min(today, begun + agreedAfter)) : null,
  }
}

const NO_TARGET = { targetForm: null, earliestOn: null, targetOn: null }

/** Most have a day that holds, some have passed it, are after the day the city has set, or have none. */
function rightFields(closesOn: Day | null, today: DayNumber, random: Random) {
  const kind = random.weighted([78, 10, 6, 6])
  const theDay = numberOf('2030-01-01' as Day)
  const before = closesOn === null ? theDay - 20 : numberOf(closesOn) - 10
  const soonest = today + 35
  const ahead = random.between(0, 1000) / 1000
  const target = [
    soonest + Math.round(Math.max(0, before - soonest) * ahead ** 2),
    today - random.between(5, 160),
    theDay + random.between(10, 240),
    null,
  ][kind]
  const earliest = random.between(20, 120)
  return {
    targetForm: TARGETS[random.weighted(TARGET_WEIGHTS)] ?? 'colocated_24h',
    earliestOn: target === null || target === undefined ? null : dayOf(target - earliest),
    targetOn: target === null || target === undefined ? null : dayOf(target),
  }
}

/** Who moved home from an institution in the last two and a half years had a plan, one in two; some came back. */
function movedPlan(
  lived: readonly StayRow[],
  districtOf: (stay: StayRow) => string | undefined,
  { today, newId }: ReturnContext,
  teams: readonly SupportTeamRow[],
  random: Random,
): ReturnPlanDemoRow | undefined {
  const at = lived.findIndex(
    (stay, index) =>
      HOME_FORMS.includes(stay.form) &&
      numberOf(stay.during.from) > today - 900 &&
      lived[index - 1]?.form.startsWith('vel_') === true,
  )
  const [left, home] = [lived[at - 1], lived[at]]
  const next = lived.slice(at + 1).find(({ form }) => form.startsWith('vel_'))
  if (at < 1 || left === undefined || home === undefined || !random.chance(500)) return undefined
  const movedOn = home.during.from
  const begun = Math.max(numberOf(left.during.from) + 1, numberOf(movedOn) - random.between(90, 300))
  const team = random.pick(teams.filter(({ district }) => district === left.holdingDistrict))
  const words = whatMatters(random.chance(60), null, random)
  const atHome = districtOf(home) === undefined || districtOf(home) === home.holdingDistrict
  const movedBackOn = next?.during.from ?? null
  if (begun >= numberOf(movedOn) - 20) return undefined
  return {
    id: newId(begun),
    createdAt: instantOn(begun, 400),
    householdId: left.householdId,
    holdingDistrict: left.holdingDistrict,
    stayId: left.id,
    homeDistrict: left.holdingDistrict,
    verdict: 'right',
    verdictReason: WHY.right[begun % WHY.right.length] ?? null,
    targetForm: home.form,
    earliestOn: dayOf(begun + 10),
    targetOn: movedOn,
    ownPart: 'answered',
    ownPartOn: dayOf(begun + 5),
    ownWords: words,
    districtOwner: OWNERS[begun % OWNERS.length] ?? null,
    velContact: CONTACTS[begun % CONTACTS.length] ?? null,
    supportTeamId: team.id,
    supportFrom: dayOf(numberOf(movedOn) - 15),
    ...nothingYet,
    agreedOn: dayOf(begun + 10),
    movedOn,
    movedTo: atHome ? 'home' : 'elsewhere',
    movedBackOn,
  }
}
