import { sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { inUnit, type Measurement } from '../domain/flags.ts'
import { STALE_AFTER_DAYS, staleBefore } from '../domain/freshness.ts'
import { flagRuleById, OCCUPANCY_PLACES_MIN } from '../reference/flagRules.ts'
import { ruleById } from '../reference/rules.ts'
import type { Acting } from './actor.ts'
import { type ByDistrict, plainly } from './flagRows.ts'
import { unconfirmed } from './freshness.ts'
import { dayIn, freePlaces } from './vacancy.ts'

const { parameters } = ruleById('flags')

/** Forms that VEL gives are for the whole city, so a step of them is no district's to have. */
const OWN_STEPS = [2, 3] as const

interface StepCounts {
  district: string
  step: number
  queue: number
  places: number
  occupied: number
  emptySince: Day | null
  fullSince: Day | null
}

/** Of each district and step: whether anybody waits where there are no places, and how full it is. */
export async function measureSteps({ trx, today }: Acting): Promise<Measurement[]> {
  const { rows } = await sql<StepCounts>`
    with queue as (
      select n.responsible_district as district, f.step, count(*)::integer as queue, min(${dayIn(sql`n.registered_at`)}) as first
      from need_history n join housing_form f on f.id = n.forms[1]
      where n.ended_at is null group by 1, 2
    ), on_step as materialized (
      select p.id, fa.district_code as district, f.step, p.open_during
      from place p join facility fa on fa.id = p.facility_id join housing_form f on f.id = p.form
      where f.step = any (${[...OWN_STEPS]}::integer[])
    ), change as (
      -- every place and every occupancy comes on one day and goes on another
      select district, step, day, sum(places) as places, sum(taken) as taken from (
        select district, step, lower(open_during) as day, 1 as places, 0 as taken from on_step
        union all select district, step, upper(open_during), -1, 0 from on_step
        union all select s.district, s.step, lower(o.during), 0, 1 from occupancy o join on_step s on s.id = o.place_id
        union all select s.district, s.step, upper(o.during), 0, -1 from occupancy o join on_step s on s.id = o.place_id
      ) each where day is not null and day <= ${today}::date group by 1, 2, 3
    ), level as (
      select district, step, day, sum(places) over each as places, sum(taken) over each as taken
      from change window each as (partition by district, step order by day)
    ), places as (
      select district, step, (array_agg(places order by day desc))[1]::integer as places,
        (array_agg(taken order by day desc))[1]::integer as occupied,
        max(day) filter (where places = 0) as empty_since,
        max(day) filter (where places < ${OCCUPANCY_PLACES_MIN}::integer
          or 100 * taken < ${flagRuleById('high_occupancy').opensAt}::integer * places) as not_full
      from level group by 1, 2
    )
    select district, step, coalesce(queue, 0) as queue, coalesce(places, 0) as places, coalesce(occupied, 0) as occupied,
      greatest(queue.first, case when places.places = 0 then empty_since end)::text as empty_since,
      (select min(day) from level where level.district = places.district and level.step = places.step
        and level.day > coalesce(not_full, '-infinity'))::text as full_since
    from queue full join places using (district, step)
    where step = any (${[...OWN_STEPS]}::integer[])`.execute(trx)
  return rows.flatMap(({ district, step, queue, places, occupied, emptySince, fullSince }): Measurement[] => {
    const common = { district, subject: `step_${step}`, basis: 'computed' } as const
    const against = [
      { label: 'Venter på trinnet', value: queue, unit: 'needs' },
      { label: 'Åpne plasser', value: places, unit: 'places' },
      { label: 'Opptatt i alt', value: occupied, unit: 'places' },
    ]
    return [
      ...(places === 0
        ? [{ ...common, ruleId: 'step_without_places' as const, measured: queue, against, since: emptySince }]
        : []),
      ...(places >= OCCUPANCY_PLACES_MIN
        ? [
            {
              ...common,
              ruleId: 'high_occupancy' as const,
              measured: Math.floor((100 * occupied) / places),
              against,
              since: fullSince,
              behind: places,
            },
          ]
        : []),
    ]
  })
}

/**
 * Places that have been free for long. One that somebody waits for stands behind that flag alone, however long it has been free:
 * one cause, one flag, which names the other rule.
 */
export async function measureVacancies({ trx, today }: Acting): Promise<Measurement[]> {
  const { longVacancyDays, vacancyBesideQueueDays } = parameters
  const { rows } = await sql<{
    district: string
    long: number
    beside: number
    besideLong: number
    since: Day | null
    besideSince: Day | null
  }>`
    with free as (${freePlaces(today)}), wanted as (
      select distinct n.responsible_district as district, unnest(n.forms) as form from need_history n where n.ended_at is null
    ), told as (
      select free.district, free_since, w.form is not null as wanted, free_since < ${today}::date - ${longVacancyDays}::integer as long
      from free left join wanted w on w.district = free.district and w.form = free.form
      where free_since < ${today}::date - ${vacancyBesideQueueDays}::integer
    )
    select district, count(*) filter (where long and not wanted)::integer as long,
      count(*) filter (where wanted)::integer as beside, count(*) filter (where wanted and long)::integer as beside_long,
      (min(free_since) filter (where long and not wanted) + ${longVacancyDays + 1}::integer)::text as since,
      (min(free_since) filter (where wanted) + ${vacancyBesideQueueDays + 1}::integer)::text as beside_since
    from told group by district`.execute(trx)
  const other = flagRuleById('long_vacancy').title
  return [
    ...plainly(
      'long_vacancy',
      rows.map(({ district, long, since }) => ({ district, measured: long, since })),
    ),
    ...rows.map(
      ({ district, beside, besideLong, besideSince }): Measurement => ({
        ruleId: 'vacancy_beside_queue',
        district,
        subject: null,
        measured: beside,
        against: [
          {
            label: `Av dem: ledige i mer enn ${longVacancyDays} dager («${other}»)`,
            value: besideLong,
            unit: 'places',
          },
        ],
        since: besideSince,
        basis: 'computed',
        ...(besideLong === 0
          ? {}
          : {
              addition: `${besideLong === beside ? 'Alle' : inUnit(besideLong, 'places')} har stått tomme i mer enn ${longVacancyDays} dager, og telles derfor ikke under «${other}».`,
            }),
      }),
    ),
  ]
}

export async function measureUnconfirmed({ trx, today }: Acting): Promise<Measurement[]> {
  const { rows } = await sql<ByDistrict>`
    select f.district_code as district, count(*)::integer as measured,
      min(coalesce(${dayIn(sql`f.vacancy_confirmed_at`)} + ${STALE_AFTER_DAYS + 1}::integer, lower(f.open_during)))::text as since
    from facility f where ${unconfirmed('f', staleBefore(today), today)} group by 1`.execute(trx)
  return plainly('stale_data', rows)
}
