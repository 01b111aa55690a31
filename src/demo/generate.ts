import type { Day } from '../domain/day.ts'
import { demoAccounts, officerOf } from './accounts.ts'
import { numberOf } from './calendar.ts'
import { calibrateGrowth } from './calibration.ts'
import { houseRows, stayRows } from './houseRows.ts'
import { idMaker } from './ids.ts'
import { assessmentRows, consentRows, type NeedContext, needRow, shortfallRows } from './needRows.ts'
import { neverTogetherRows } from './neverTogether.ts'
import { osloPlan } from './osloPlan.ts'
import { personRows } from './personRows.ts'
import type { CitySize } from './plan.ts'
import { purchaseRows } from './purchases.ts'
import { quotaRows } from './quotas.ts'
import { randomFrom } from './random.ts'
import { returnRows } from './returnPlans.ts'
import type { DemoCity } from './rows.ts'
import { simulate } from './simulation.ts'
import { smallPlan } from './smallPlan.ts'

export interface CityOptions {
  /** The demo's today. */
  readonly asOf: Day
  readonly seed: number
  readonly size: CitySize
}

/** Raised whenever the same options give another city, so that a city made by older code can be told apart. */
export const GENERATOR_VERSION = 8

const YEAR = 365
/** The history that is kept, the years before it in which the city comes to rest, and how far ahead plans reach. */
const HISTORY_DAYS = 10 * YEAR + 3
const WARM_UP_DAYS = 3 * YEAR
const PLANNED_DAYS = 4 * YEAR

/**
 * The synthetic city as of a day: the same options give the same rows, everything in it is made up. Pure but for the published
 * figures that it is built on, which are read from the project's own files.
 */
export function generateCity({ asOf, seed, size }: CityOptions): DemoCity {
  const random = randomFrom(seed, size)
  const plan = size === 'small' ? smallPlan() : osloPlan()
  const today = numberOf(asOf)
  const keptFrom = today - HISTORY_DAYS
  const history = simulate(
    plan,
    { begin: keptFrom - WARM_UP_DAYS, today, until: today + PLANNED_DAYS },
    random.fork('history'),
  )
  calibrateGrowth(history.needs, today)
  const newId = idMaker(random.fork('ids'))
  const stays = history.stays.filter(({ to }) => to === null || to > keptFrom)
  const needs = history.needs.filter(({ ended }) => ended === null || ended > keptFrom)
  const seen = new Set([...stays.map(({ household }) => household), ...needs.map(({ household }) => household)])
  const households = history.households.filter((household) => seen.has(household))

  const houses = houseRows(
    history.city,
    { today, keptFrom, notAdmittingOneIn: plan.notAdmittingOneIn, slowHouses: plan.slowHouses, newId },
    random.fork('houses'),
  )
  const staffed = houses.facilities.find(
    ({ admitting, districtCode }, index) =>
      admitting && districtCode === '030112' && history.city.houses[index]?.form === 'colocated_24h',
  )
  const accountIds = idMaker(random.fork('accounts'))
  const accounts = demoAccounts(plan.districts, staffed?.id, () => accountIds(keptFrom), random.fork('officers'))
  const people = personRows(
    households,
    stays,
    { today, newId, protectedOneIn: plan.protectedOneIn },
    random.fork('persons'),
  )
  const lived = stayRows(stays, { today, newId, placeIds: houses.placeIds, householdIds: people.householdIds })

  const city: DemoCity = {
    ...houses.rows,
    ...people.rows,
    ...lived,
    ...purchaseRows(
      { ...houses.rows, ...lived },
      // a stream of ids of its own, so that what is bought moves nothing else in the city
      { today, keptFrom, newId: idMaker(random.fork('purchase ids')), accounts },
      random.fork('purchases'),
    ),
    accounts,
    circleMembers: people.rows.residents
      .filter(({ addressProtection }) => addressProtection !== 'none')
      .map(({ id, holdingDistrict, createdAt }) => ({
        residentId: id,
        accountId: officerOf(accounts, holdingDistrict).id,
        // whoever registered her was the first in it
        grantedAt: createdAt,
      })),
    needs: [],
    assessments: [],
    shortfallRecords: [],
    consents: [],
    neverTogether: [],
    supportTeams: [],
    returnPlans: [],
    returnPlanEvents: [],
    homeCommitments: [],
    capacityChanges: [],
    quotas: [],
  }
  const facts = random.fork('needs')
  // a share of the open needs, and of the ended ones: each counted for itself
  const counted = { open: 0, ended: 500 }
  const unresolved = (isOpen: boolean) => {
    const group = isOpen ? 'open' : 'ended'
    counted[group] += plan.unresolved
    if (counted[group] < 1000) return false
    counted[group] -= 1000
    return true
  }
  for (const need of needs) {
    const householdId = people.householdIds.get(need.household.index) ?? ''
    const context: NeedContext = {
      id: newId(need.started),
      householdId,
      residentId: people.applicantIds.get(need.household.index) ?? '',
      today,
      districts: plan.districts,
      unresolved: unresolved(need.status === 'open'),
      facilityIds: houses.idsByDistrict.get(need.household.district) ?? [],
      assessedBy: officerOf(accounts, need.household.district).id,
      newId,
    }
    city.needs.push(needRow(need, context, facts))
    city.assessments.push(...assessmentRows(need, context, facts))
    city.consents.push(...consentRows(need, context, facts))
  }
  // the small city is for tests, which set their own
  if (size === 'oslo') city.quotas = quotaRows(city, { today, newId: idMaker(random.fork('quota ids')) })
  const open = needs.filter(({ status }) => status === 'open')
  city.neverTogether = neverTogetherRows(
    open,
    stays,
    { applicantIds: people.applicantIds, today, newId, thousandths: plan.neverTogether },
    random.fork('apart'),
  )
  city.shortfallRecords = shortfallRows(city.needs, idMaker(random.fork('shortfall ids')))
  // streams of their own, so that plans move nothing else in the city
  const returnIds = idMaker(random.fork('return ids'))
  const returns = { today, keptFrom, newId: returnIds, accounts, districts: plan.districts }
  return { ...city, ...returnRows(city, returns, random.fork('returns')) }
}
