import { sql } from 'kysely'
import { caseCosts, exposure, yearRange } from '../domain/costs.ts'
import type { Day } from '../domain/day.ts'
import type { Measurement } from '../domain/flags.ts'
import { FORMS } from '../domain/ladder.ts'
import { FEW_CASES_MIN, GROWTH_BASE_MIN, OCCUPANCY_PLACES_MIN } from '../reference/flagRules.ts'
import { ruleById } from '../reference/rules.ts'
import type { Acting } from './actor.ts'
import { newestRun } from './matchingRun.ts'
import { budgetsOf, purchasesForJobs } from './purchases.ts'
import { certifiedOfRun } from './shortfall.ts'
import { freePlaces } from './vacancy.ts'

const { parameters } = ruleById('flags')

const COLOCATED = FORMS.map(({ id }) => id).filter((form) => form.startsWith('colocated'))
/** Forms that VEL gives are for the whole city, so a step of them is no district's to have. */
const OWN_STEPS = [2, 3] as const

interface ByDistrict {
  district: string
  measured: number
  since?: Day | null
}

const plain = (ruleId: Measurement['ruleId'], rows: readonly ByDistrict[]): Measurement[] =>
  rows.map(({ district, measured, since }) => ({
    ruleId,
    district,
    subject: null,
    measured,
    against: [],
    since: since ?? null,
    basis: 'computed',
  }))

/** Everything that the flags' rules measure, of the day of the transaction; under the jobs' own role, which reads nobody. */
export async function measureFlags(acting: Acting): Promise<Measurement[]> {
  return [
    ...(await growth(acting)),
    ...(await shortfall(acting)),
    ...(await steps(acting)),
    ...(await vacancies(acting)),
    ...(await people(acting)),
    ...(await purchases(acting)),
    ...(await staleFacilities(acting)),
  ]
}

/**
 * Need for co-located homes in the last whole year against the base year: open at the ends of the four quarters, on average, so
 * that neither a busy month nor the length of a wait decides. Where nothing is known of the base year the city's growth is what
 * the source says (004), as reported.
 */
async function growth({ trx, today }: Acting): Promise<Measurement[]> {
  const { baseYear } = parameters
  const lastYear = Number(today.slice(0, 4)) - 1
  const { rows } = await sql<{ district: string | null; year: number; open: number }>`
    select n.responsible_district as district, extract(year from q.day)::integer as year, count(*)::float / 4 as open
    from generate_series(make_date(${baseYear}, 4, 1), make_date(${lastYear + 1}, 1, 1), interval '3 months') as next (quarter)
    cross join lateral (select next.quarter::date - 1) as q (day)
    join need_history n on n.registered_at < (q.day + 1) and (n.ended_at is null or n.ended_at >= q.day + 1)
      and n.forms && ${[...COLOCATED]}::text[]
    group by grouping sets ((n.responsible_district, extract(year from q.day)), (extract(year from q.day)))`.execute(
    trx,
  )
  const measured = [...Map.groupBy(rows, ({ district }) => district)].flatMap(([district, years]): Measurement[] => {
    const openIn = (year: number) => years.find((row) => row.year === year)?.open ?? 0
    const base = openIn(baseYear)
    if (base < GROWTH_BASE_MIN) return []
    return [
      {
        ruleId: 'growth_since_base',
        district,
        subject: 'colocated',
        measured: percentMore(openIn(lastYear), base),
        against: Array.from({ length: lastYear - baseYear + 1 }, (_, i) => baseYear + i).flatMap((year) => [
          { label: `Åpne behov i ${year}, i snitt`, value: Math.round(openIn(year)), unit: 'needs' },
          ...(year === baseYear
            ? []
            : [
                { label: `Vekst fra ${baseYear} til ${year}`, value: percentMore(openIn(year), base), unit: 'percent' },
              ]),
        ]),
        since: null,
        basis: 'computed',
      },
    ]
  })
  const reported = await reportedGrowth(trx)
  if (!measured.some(({ district }) => district === null)) return [...measured, ...reported]
  // what the source says of its own period stands beside what is computed of the same
  const said = reported.flatMap(({ against }) => against)
  return measured.map((one) => (one.district === null ? { ...one, against: [...said, ...one.against] } : one))
}

const percentMore = (now: number, then: number) => Math.round((now / then - 1) * 100)

async function reportedGrowth(trx: Acting['trx']): Promise<Measurement[]> {
  const { rows } = await sql<{ value: number; year: number }>`
    select value::float as value, year from statistic_value where series_id = 'colocated_need_growth_since_2020'
    and value is not null order by year desc, revision desc limit 1`.execute(trx)
  return rows.map(
    ({ value, year }): Measurement => ({
      ruleId: 'growth_since_base',
      district: null,
      subject: 'colocated',
      measured: value,
      against: [{ label: `Vekst fra ${parameters.baseYear} til ${year}, oppgitt av kilden`, value, unit: 'percent' }],
      since: null,
      basis: 'reported',
    }),
  )
}

/** What the newest completed run over the city has certified; nothing before the first one. */
async function shortfall({ trx }: Acting): Promise<Measurement[]> {
  const run = await newestRun(trx, 'city')
  if (run === undefined) return []
  const { city, byDistrict } = await certifiedOfRun(trx, run)
  const measurement = (district: string | null, measured: number): Measurement => ({
    ruleId: 'certified_shortfall',
    district,
    subject: null,
    measured,
    against: [],
    since: null,
    basis: 'computed',
  })
  return [measurement(null, city), ...[...byDistrict].map(([district, needs]) => measurement(district, needs))]
}

/** Of each district and step: whether anybody waits where there are no places, and how full it is. */
async function steps({ trx, today }: Acting): Promise<Measurement[]> {
  const { rows } = await sql<{ district: string; step: number; queue: number; places: number; occupied: number }>`
    with queue as (
      select n.responsible_district as district, f.step, count(*)::integer as queue
      from need_history n join housing_form f on f.id = n.forms[1]
      where n.ended_at is null group by 1, 2
    ), places as (
      select fa.district_code as district, f.step, count(*)::integer as places,
        count(*) filter (where exists (select from occupancy o where o.place_id = p.id and o.during @> ${today}::date))::integer as occupied
      from place p join facility fa on fa.id = p.facility_id join housing_form f on f.id = p.form
      where p.open_during @> ${today}::date group by 1, 2
    )
    select district, step, coalesce(queue, 0) as queue, coalesce(places, 0) as places, coalesce(occupied, 0) as occupied
    from queue full join places using (district, step)
    where step = any (${[...OWN_STEPS]}::integer[])`.execute(trx)
  return rows.flatMap(({ district, step, queue, places, occupied }): Measurement[] => {
    const common = { district, subject: `step_${step}`, since: null, basis: 'computed' } as const
    const against = [
      { label: 'Venter på trinnet', value: queue, unit: 'needs' },
      { label: 'Åpne plasser', value: places, unit: 'places' },
      { label: 'Opptatt i alt', value: occupied, unit: 'places' },
    ]
    return [
      ...(places === 0 ? [{ ...common, ruleId: 'step_without_places' as const, measured: queue, against }] : []),
      ...(places >= OCCUPANCY_PLACES_MIN
        ? [{ ...common, ruleId: 'high_occupancy' as const, measured: Math.floor((100 * occupied) / places), against }]
        : []),
    ]
  })
}

async function vacancies({ trx, today }: Acting): Promise<Measurement[]> {
  const { longVacancyDays, vacancyBesideQueueDays } = parameters
  const { rows } = await sql<{
    district: string
    long: number
    beside: number
    since: Day | null
    besideSince: Day | null
  }>`
    with free as (${freePlaces(today)}), wanted as (
      select distinct n.responsible_district as district, unnest(n.forms) as form from need_history n where n.ended_at is null
    ), told as (
      select free.*, free_since < ${today}::date - ${longVacancyDays}::integer as long,
        free_since < ${today}::date - ${vacancyBesideQueueDays}::integer
          and exists (select from wanted w where w.district = free.district and w.form = free.form) as beside
      from free
    )
    select district, count(*) filter (where long)::integer as long, count(*) filter (where beside)::integer as beside,
      (min(free_since) filter (where long))::text as since, (min(free_since) filter (where beside))::text as beside_since
    from told group by district`.execute(trx)
  return [
    ...plain(
      'long_vacancy',
      rows.map(({ district, long, since }) => ({ district, measured: long, since })),
    ),
    ...plain(
      'vacancy_beside_queue',
      rows.map(({ district, beside, besideSince }) => ({ district, measured: beside, since: besideSince })),
    ),
  ]
}

async function people({ trx, today }: Acting): Promise<Measurement[]> {
  const { waitingWhileReadyDays, outsideResponsibleDistrictDays, closingWithinDays } = parameters
  const { rows: overdue } = await sql<ByDistrict>`
    select holding_district as district, count(*)::integer as measured, min(expected_until)::text as since from stay_history
    where upper_inf(during) and expected_until < ${today}::date group by 1`.execute(trx)
  const { rows: ready } = await sql<ByDistrict>`
    select holding_district as district, count(*)::integer as measured, min(ready_to_move_on_since)::text as since from stay_history
    where upper_inf(during) and ready_to_move_on_since < ${today}::date - ${waitingWhileReadyDays}::integer group by 1`.execute(
    trx,
  )
  const { rows: skipped } = await sql<ByDistrict>`
    select holding_district as district, count(*)::integer as measured from forced_skip_history
    where recorded_at >= app_now() - interval '1 year' group by 1`.execute(trx)
  const { rows: outside } = await sql<ByDistrict>`
    select responsible_district as district, count(*)::integer as measured from need_history
    where ended_at is null and stay_district is not null and stay_district <> responsible_district
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
    ...plain('overstay', overdue),
    ...plain('waiting_while_ready', ready),
    ...plain('forced_skip', skipped),
    ...plain('outside_responsible_district', outside),
    ...plain('bought_beside_own', bought),
    ...plain('closing_before_next_home', closing),
  ]
}

/** How much of a district's budget, or of its year, the largest purchases tie up. */
async function purchases({ trx, today }: Acting): Promise<Measurement[]> {
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
      },
    ]
  })
}

async function staleFacilities({ trx, today }: Acting): Promise<Measurement[]> {
  const { rows } = await sql<ByDistrict>`
    select f.district_code as district, count(*)::integer as measured from facility f
    where f.open_during @> ${today}::date
      and (f.vacancy_confirmed_at is null or f.vacancy_confirmed_at < app_now() - make_interval(days => ${parameters.staleDataDays}))
      and exists (select from place p where p.facility_id = f.id and p.open_during @> ${today}::date)
    group by 1`.execute(trx)
  return plain('stale_data', rows)
}
