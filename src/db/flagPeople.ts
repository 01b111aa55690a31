import { sql } from 'kysely'
import { caseCosts, exposure, yearRange } from '../domain/costs.ts'
import type { Measurement } from '../domain/flags.ts'
import { FEW_CASES_MIN } from '../reference/flagRules.ts'
import { ruleById } from '../reference/rules.ts'
import type { Acting } from './actor.ts'
import { type ByDistrict, plainly } from './flagRows.ts'
import { newestRun } from './matchingRun.ts'
import { budgetsOf, purchasesForJobs } from './purchases.ts'
import { dayIn } from './vacancy.ts'

const { parameters } = ruleById('flags')

/** Stays and needs that a date says something of, by the district that is responsible; since when, by the oldest that stands. */
export async function measurePeople({ trx, today }: Acting): Promise<Measurement[]> {
  const { waitingWhileReadyDays, outsideResponsibleDistrictDays, closingWithinDays } = parameters
  const { rows: overdue } = await sql<ByDistrict>`
    select holding_district as district, count(*)::integer as measured, (min(expected_until) + 1)::text as since from stay_history
    where upper_inf(during) and expected_until < ${today}::date group by 1`.execute(trx)
  const { rows: ready } = await sql<ByDistrict>`
    select holding_district as district, count(*)::integer as measured,
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
    select holding_district as district, count(*)::integer as measured from closing_home
    where closes_on <= ${today}::date + ${closingWithinDays}::integer and not has_next group by 1`.execute(trx)
  const run = await newestRun(trx, 'city')
  const { rows: bought } = await sql<ByDistrict>`
    select r.holding_district as district, count(*)::integer as measured
    from matching_row r join place p on p.id = r.place_id and p.form <> 'private_institution'
    join matching_need n on n.pseudonym = r.pseudonym
    where r.run_id = ${run ?? null}::uuid and r.outcome = 'proposed'
      and exists (select from place own where own.id = any (n.own_places) and own.form = 'private_institution')
    group by 1`.execute(trx)
  return [
    ...plainly('overstay', overdue),
    ...plainly('waiting_while_ready', ready),
    ...plainly('forced_skip', skipped),
    ...plainly('outside_responsible_district', outside),
    ...plainly('bought_beside_own', bought),
    ...plainly('closing_before_next_home', closing),
  ]
}

/** How much of a district's budget, or of its year, the largest purchases tie up. */
export async function measurePurchases({ trx, today }: Acting): Promise<Measurement[]> {
  const year = Number(today.slice(0, 4))
  const period = yearRange(year)
  const cases = caseCosts(await purchasesForJobs(trx, period), period, today)
  const budgets = await budgetsOf(trx, year)
  return [...Map.groupBy(cases, ({ district }) => district)].flatMap(([district, own]): Measurement[] => {
    const budget = budgets.get(district) ?? null
    const { largest, total, shareOfAll, shareOfBudget } = exposure(own, parameters.fewCases, budget)
    const measured = shareOfBudget ?? (own.length >= FEW_CASES_MIN ? shareOfAll : null)
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
        since: null,
        basis: 'computed',
        behind: Math.min(parameters.fewCases, own.length),
      },
    ]
  })
}
