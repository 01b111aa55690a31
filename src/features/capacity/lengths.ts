import type { Acting } from '../../db/actor.ts'
import { districtNames } from '../../db/districts.ts'
import { type GroupAges, livedInOn, queueOn, stayAges, waitingAges } from '../../db/waiting.ts'
import { addMonths, type Day } from '../../domain/day.ts'
import { invalid } from '../../domain/error.ts'
import { FORMS, formById, type HousingForm } from '../../domain/ladder.ts'
import {
  type AgeCount,
  type Curve,
  FEWEST_AT_RISK,
  lastingLonger,
  quantile,
  survivalCurve,
} from '../../domain/survival.ts'
import { CAPACITY_VERSION } from '../../reference/capacityMeasures.ts'
import { type Grouped, type GroupLabels, Groups } from './groups.ts'
import type { LengthQuery, StayLengths, StayRow, WaitingRow, WaitingTimes } from './schema.ts'

const ESTIMATE = `Anslaget er Kaplan–Meier over alle som ventet eller bodde der en dag i perioden. Det tegnes ikke lenger enn til færre enn ${FEWEST_AT_RISK} er igjen; «nås ikke» betyr at anslaget ikke kommer så langt.`
const ONE_FACILITY_DISTRICT = 'Bydelen er den botilbudet ligger i. Et bytte av plass er et nytt opphold.'

const NORMS = new Map<string, number>(
  FORMS.flatMap(({ id, stayNormDays }) => (stayNormDays === null ? [] : [[id, stayNormDays] as const])),
)

interface Window {
  from: Day
  to: Day
}

/** @throws {DomainError} `invalid_value` for a day that has not come: nobody has waited then yet */
function observedWindow({ on, months }: LengthQuery, today: Day): Window {
  const to = on ?? today
  if (to > today) throw invalid('/querystring/on', 'in_the_future', 'Velg i dag eller en dag som har vært.')
  return { from: addMonths(to, -months), to }
}

const within =
  ({ district, form }: LengthQuery) =>
  (row: Grouped) =>
    (district === undefined || row.district === district) && (form === undefined || row.form === form)

const quantilesOf = (curve: Curve) => ({
  p25: quantile(curve, 0.25),
  p50: quantile(curve, 0.5),
  p75: quantile(curve, 0.75),
  p90: quantile(curve, 0.9),
})

function sums(ages: readonly AgeCount[]): { observed: number; ended: number } {
  return {
    observed: ages.reduce((sum, { entered }) => sum + entered, 0),
    ended: ages.reduce((sum, { events }) => sum + events, 0),
  }
}

/** How long needs wait for a place, with those that still wait counted in. */
export async function waitingTimesOf({ trx, today }: Acting, query: LengthQuery): Promise<WaitingTimes> {
  const window = observedWindow(query, today)
  const groups = new Groups<WaitingGroup>(query.groupBy ?? [], await districtNames(trx), () => ({
    ages: [],
    waiting: 0,
  }))
  const asked = within(query)
  const whole: WaitingGroup = { ages: [], waiting: 0 }
  for (const row of (await waitingAges(trx, window)).filter(asked)) {
    groups.of(row).ages.push(row)
    whole.ages.push(row)
  }
  for (const row of (await queueOn(trx, [window.to])).filter(asked)) {
    groups.of(row).waiting += row.waiting
    whole.waiting += row.waiting
  }
  return {
    ...window,
    asOf: today,
    definitions: CAPACITY_VERSION,
    notes: [ESTIMATE],
    items: (query.groupBy ?? []).length === 0 ? [] : groups.all().map(({ labels, value }) => waitingRow(labels, value)),
    total: waitingRow({}, whole),
  }
}

interface WaitingGroup {
  ages: GroupAges[]
  waiting: number
}

function waitingRow(labels: GroupLabels, { ages, waiting }: WaitingGroup): WaitingRow {
  const { observed, ended } = sums(ages)
  return { ...labels, observed, housed: ended, stillWaiting: waiting, ...quantilesOf(survivalCurve(ages)) }
}

interface StayGroup {
  ages: GroupAges[]
  lasting: number
  beyondNorm: number | null
  forms: Set<string>
}

/** How long places are lived in by one household, with those who still live there counted in, beside the form's norm. */
export async function stayLengthsOf({ trx, today }: Acting, query: LengthQuery): Promise<StayLengths> {
  const window = observedWindow(query, today)
  const empty = (): StayGroup => ({ ages: [], lasting: 0, beyondNorm: null, forms: new Set() })
  const groups = new Groups(query.groupBy ?? [], await districtNames(trx), empty)
  const asked = within(query)
  const whole = empty()
  for (const row of (await stayAges(trx, window)).filter(asked)) {
    for (const group of [groups.of(row), whole]) {
      group.ages.push(row)
      group.forms.add(row.form)
    }
  }
  for (const row of (await livedInOn(trx, window.to, NORMS)).filter(asked)) {
    for (const group of [groups.of(row), whole]) {
      group.lasting += row.lastToday
      if (row.beyondNorm !== null) group.beyondNorm = (group.beyondNorm ?? 0) + row.beyondNorm
    }
  }
  return {
    ...window,
    asOf: today,
    definitions: CAPACITY_VERSION,
    notes: [ESTIMATE, ONE_FACILITY_DISTRICT],
    items: (query.groupBy ?? []).length === 0 ? [] : groups.all().map(({ labels, value }) => stayRow(labels, value)),
    total: stayRow({}, whole),
  }
}

function stayRow(labels: GroupLabels, { ages, lasting, beyondNorm, forms }: StayGroup): StayRow {
  const { observed, ended } = sums(ages)
  const curve = survivalCurve(ages)
  // a norm is one form's: of several there is none to compare with
  const [only, ...others] = [...forms]
  const form = only === undefined || others.length > 0 ? undefined : formById(only as HousingForm)
  const normDays = form?.stayNormDays ?? null
  return {
    ...labels,
    observed,
    departed: ended,
    lasting,
    ...quantilesOf(curve),
    normDays,
    normText: form?.stayNormText ?? null,
    beyondNorm,
    lastingAtNorm: normDays === null ? null : lastingLonger(curve, normDays),
  }
}
