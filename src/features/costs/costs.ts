import type { Acting } from '../../db/actor.ts'
import {
  budgetsOf,
  type DischargeWait,
  dischargeWaitsBetween,
  type InTheGap,
  peopleInTheGap,
  purchasesBetween,
} from '../../db/purchases.ts'
import { type CaseCost, caseCosts, daysIn, exposure, monthly, yearRange } from '../../domain/costs.ts'
import { contains, type Day } from '../../domain/day.ts'
import { districtName } from '../../domain/words.ts'
import { assumedPerDay, COST_ASSUMPTIONS } from '../../reference/costAssumptions.ts'
import { DISTRICTS } from '../../reference/districts.ts'
import { ruleById } from '../../reference/rules.ts'
import { sourceLabel } from '../../reference/sources.ts'
import type { CostRow, Costs } from './schema.ts'

const { fewCases } = ruleById('flags').parameters

const NOTES = [
  'Kjøpte plasser koster det som er registrert i avropene. Opphold uten registrert pris står for seg og er ikke med i noen sum.',
  'Det som løper, er kjøp uten sluttdato, regnet ut året.',
  'Utskrivningsklar er den som er meldt klar fra spesialisthelsetjenesten, fra dagen situasjonen begynte til behovet ble avsluttet. Om kommunen betaler for hvert av døgnene, står ikke i dataene.',
  'Det samme som en måned koster i dag, er døgnprisen ganget med 365/12.',
  'Husstander og personer telles hver for seg. Ingen står i tallene med navn.',
]

/** What a year costs, district by district, without anybody in it. Future years hold what is ordered already. */
export async function costsOf({ trx, today }: Acting, asked: { year?: number; district?: string }): Promise<Costs> {
  const year = asked.year ?? Number(today.slice(0, 4))
  const period = yearRange(year)
  const cases = caseCosts(await purchasesBetween(trx, period), period, today)
  const budgets = await budgetsOf(trx, year)
  const waits = await dischargeWaitsBetween(trx, period)
  const living = await peopleInTheGap(trx)
  const known = (district: string) => asked.district === undefined || asked.district === district
  const codes = DISTRICTS.map(({ code }): string => code).filter(known)
  const all = { cases: cases.filter(({ district }) => known(district)), waits, living }
  const row = (district: string) =>
    costRow(
      district,
      districtName(district),
      { ...pick(all, (one) => one.district === district), budget: budgets.get(district) ?? null },
      period,
      today,
    )
  const set = codes.flatMap((code) => budgets.get(code) ?? [])
  return {
    year,
    asOf: today,
    largestCount: fewCases,
    assumptions: COST_ASSUMPTIONS.map((entry) => ({ ...entry, source: sourceLabel(entry.source) })),
    notes: NOTES,
    items: codes.map(row),
    total: costRow(
      '0301',
      asked.district === undefined ? 'Hele byen' : districtName(asked.district),
      {
        ...pick(all, (one) => known(one.district)),
        // a sum of some districts' budgets would be the budget of nobody
        budget: set.length === codes.length ? set.reduce((sum, amount) => sum + amount, 0) : null,
      },
      period,
      today,
    ),
  }
}

interface Basis {
  cases: readonly CaseCost[]
  waits: readonly DischargeWait[]
  living: readonly InTheGap[]
}

function pick({ cases, waits, living }: Basis, of: (one: { district: string }) => boolean): Basis {
  return { cases: cases.filter(of), waits: waits.filter(of), living: living.filter(of) }
}

function costRow(
  district: string,
  name: string,
  { cases, waits, living, budget }: Basis & { budget: number | null },
  period: { from: Day; to: Day },
  today: Day,
): CostRow {
  const peopleIn = (situation: InTheGap['situation']) =>
    living.filter((row) => row.situation === situation).reduce((sum, { people }) => sum + people, 0)
  const bought = { ...boughtPlaces(cases, budget), peopleNow: peopleIn('bought') }
  const past = { from: period.from, to: today < period.to ? (today > period.from ? today : period.from) : period.to }
  const days = waits.reduce((sum, wait) => sum + daysIn(wait, past), 0)
  const now = waits.filter((wait) => contains(wait, today)).length
  const payment = assumedPerDay('discharge_ready_payment')
  const gapOf = (situation: InTheGap['situation'], perDay: number) => {
    const rows = living.filter((row) => row.situation === situation)
    const households = rows.reduce((sum, row) => sum + row.households, 0)
    return { households, people: peopleIn(situation), month: monthly(households * perDay) }
  }
  const dischargeReady = {
    now,
    peopleNow: peopleIn('discharge_ready'),
    days,
    paid: days * payment,
    sameDaysInOwnPlace: days * assumedPerDay('own_place_for_waiting'),
    month: monthly(now * payment),
  }
  const temporary = gapOf('temporary', assumedPerDay('temporary_place'))
  const ready = gapOf('ready', assumedPerDay('ready_place'))
  return {
    district,
    districtName: name,
    bought,
    dischargeReady,
    temporary,
    ready,
    month: bought.month + dischargeReady.month + temporary.month + ready.month,
  }
}

function boughtPlaces(cases: readonly CaseCost[], budget: number | null): Omit<CostRow['bought'], 'peopleNow'> {
  const sum = (of: (one: CaseCost) => number) => cases.reduce((total, one) => total + of(one), 0)
  const present = cases.filter(({ livesThereToday }) => livesThereToday)
  const { largest, total, shareOfAll, shareOfBudget } = exposure(cases, fewCases, budget)
  return {
    households: cases.length,
    now: present.length,
    unpricedNow: present.filter(({ perDayToday }) => perDayToday === null).length,
    days: sum(({ days }) => days),
    daysUnpriced: sum(({ daysUnpriced }) => daysUnpriced),
    spent: sum(({ spent }) => spent),
    committed: sum(({ committed }) => committed),
    running: sum(({ running }) => running),
    month: monthly(present.reduce((perDay, { perDayToday }) => perDay + (perDayToday ?? 0), 0)),
    sameDaysInOwnPlace: sum(({ days, daysUnpriced }) => days - daysUnpriced) * assumedPerDay('own_place_for_bought'),
    budget,
    shareOfBudget: budget === null || budget === 0 ? null : Math.round((1000 * total) / budget) / 10,
    largestCases: largest,
    largestShare: shareOfAll,
    largestShareOfBudget: shareOfBudget,
  }
}
