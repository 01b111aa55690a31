import { sql } from 'kysely'
import { type CaseCost, caseCosts, exposedSince, exposure, yearRange } from '../domain/costs.ts'
import { inUnit, type Measurement } from '../domain/flags.ts'
import { FEW_CASES_MIN, flagRuleById } from '../reference/flagRules.ts'
import { ruleById } from '../reference/rules.ts'
import type { Acting } from './actor.ts'
import { type ByDistrict, plainly } from './flagRows.ts'
import { budgetsOf, purchasesForJobs } from './purchases.ts'
import { dayIn } from './vacancy.ts'

const { parameters } = ruleById('flags')

/** Stays and needs that a date says something of, by the district that is responsible; since when, by the oldest that stands. */
export async function measurePeople({ trx, today }: Acting): Promise<Measurement[]> {
  const { waitingWhileReadyDays, outsideResponsibleDistrictDays, closingWithinDays } = parameters
  const { rows: overdue } = await sql<ByDistrict>`
    select holding_district as district, count(*)::integer as measured, (min(expected_until) + 1)::text as since from stay_history
    where upper_inf(during) and expected_until < ${today}::date
      and not coalesce(ready_to_move_on_since < ${today}::date - ${waitingWhileReadyDays}::integer, false) group by 1`.execute(
    trx,
  )
  const { rows: ready } = await sql<ByDistrict & { overdue: number }>`
    select holding_district as district, count(*)::integer as measured,
      count(*) filter (where expected_until < ${today}::date)::integer as overdue,
      min(greatest(lower(during), ready_to_move_on_since + ${waitingWhileReadyDays + 1}::integer))::text as since from stay_history
    where upper_inf(during) and ready_to_move_on_since < ${today}::date - ${waitingWhileReadyDays}::integer group by 1`.execute(
    trx,
  )
  const { rows: skipped } = await sql<ByDistrict>`
    select holding_district as district, count(*)::integer as measured, min(${dayIn(sql`recorded_at`)})::text as since
    from forced_skip_history where recorded_at >= app_now() - interval '1 year' group by 1`.execute(trx)
  const { rows: outside } = await sql<ByDistrict>`
    select responsible_district as district, count(*)::integer as measured,
      min(greatest(${dayIn(sql`registered_at`)},
        coalesce(situation_since, registered_at::date) + ${outsideResponsibleDistrictDays + 1}::integer))::text as since
    from need_history where ended_at is null and stay_district is not null and stay_district <> responsible_district
      and coalesce(situation_since, registered_at::date) < ${today}::date - ${outsideResponsibleDistrictDays}::integer group by 1`.execute(
    trx,
  )
  const { rows: closing } = await sql<ByDistrict>`
    select holding_district as district, count(*)::integer as measured,
      min(greatest(known_since, closes_on - ${closingWithinDays}::integer))::text as since from closing_home
    where closes_on <= ${today}::date + ${closingWithinDays}::integer and not has_next group by 1`.execute(trx)
  return [
    ...plainly('overstay', overdue),
    ...ready.map(waitingWhileReady),
    ...plainly('forced_skip', skipped),
    ...plainly('outside_responsible_district', outside),
    ...plainly('bought_beside_own', await boughtBesideOwn(trx)),
    ...plainly('closing_before_next_home', closing),
  ]
}

/** Whoever is ready and waits stands behind this flag alone, also past the date agreed on: one cause, one flag, which names the other rule. */
function waitingWhileReady({ district, measured, overdue, since }: ByDistrict & { overdue: number }): Measurement {
  const other = flagRuleById('overstay').title
  return {
    ruleId: 'waiting_while_ready',
    district,
    subject: null,
    measured,
    against: [{ label: `Av dem: bor der etter avtalt dato («${other}»)`, value: overdue, unit: 'people' }],
    since: since ?? null,
    basis: 'computed',
    ...(overdue === 0
      ? {}
      : {
          addition: `${overdue === measured ? 'Alle' : inUnit(overdue, 'people')} bor der etter avtalt dato, og telles derfor ikke under «${other}».`,
        }),
  }
}

/** Of the newest completed run over the city; since the first of the runs on end that found such a place for the district. */
async function boughtBesideOwn(trx: Acting['trx']): Promise<ByDistrict[]> {
  const { rows } = await sql<ByDistrict>`
    with run as (
      select id, as_of, row_number() over (order by id desc) as back from matching_run where kind = 'city' and status = 'completed'
    ), found as (
      select run.back, run.as_of, r.holding_district as district, count(*)::integer as measured
      from run join matching_row r on r.run_id = run.id and r.outcome = 'proposed'
      join place p on p.id = r.place_id and p.form <> 'private_institution'
      join matching_need n on n.pseudonym = r.pseudonym
      where exists (select from place own where own.id = any (n.own_places) and own.form = 'private_institution')
      group by 1, 2, 3
    ), counted as (
      select *, row_number() over (partition by district order by back) as nth from found
    )
    select district, min(measured) filter (where back = 1) as measured, min(as_of)::text as since
    from counted where nth = back group by 1`.execute(trx)
  return rows
}

/** How much of a district's budget, or of its year, the largest purchases tie up. */
export async function measurePurchases({ trx, today }: Acting): Promise<Measurement[]> {
  const year = Number(today.slice(0, 4))
  const period = yearRange(year)
  const purchases = Map.groupBy(await purchasesForJobs(trx, period), ({ district }) => district)
  const budgets = await budgetsOf(trx, year)
  const { opensAt } = flagRuleById('budget_in_few_cases')
  return [...purchases].flatMap(([district, bought]): Measurement[] => {
    const budget = budgets.get(district) ?? null
    const own = caseCosts(bought, period, today)
    const { largest, total } = exposure(own, parameters.fewCases, budget)
    const measured = inFewCases(own, budget)
    if (measured === null) return []
    return [
      {
        ruleId: 'budget_in_few_cases',
        district,
        subject: null,
        measured,
        against: [
          { label: `De ${parameters.fewCases} dyreste, i år`, value: largest, unit: 'kroner' },
          { label: 'Alle kjøpte plasser, i år', value: total, unit: 'kroner' },
          { label: 'Budsjettet for kjøpte plasser', value: budget, unit: 'kroner' },
          { label: 'Opphold som er kjøpt i år', value: own.length, unit: 'people' },
        ],
        since: exposedSince(bought, period, today, (cases) => (inFewCases(cases, budget) ?? 0) >= opensAt),
        basis: 'computed',
        behind: Math.min(parameters.fewCases, own.length),
      },
    ]
  })
}

/** In percent, of the budget or else of everything bought; null where that says nothing. */
function inFewCases(cases: readonly CaseCost[], budget: number | null): number | null {
  const { shareOfAll, shareOfBudget } = exposure(cases, parameters.fewCases, budget)
  return shareOfBudget ?? (cases.length >= FEW_CASES_MIN ? shareOfAll : null)
}
