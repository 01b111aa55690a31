import { sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { type Against, certifiedParts, inUnit, type Measurement } from '../domain/flags.ts'
import { type Growth, type GrowthYear, grownSince } from '../domain/growth.ts'
import { districtName } from '../domain/words.ts'
import { flagRuleById } from '../reference/flagRules.ts'
import type { Acting } from './actor.ts'
import { COLOCATED, type NeedGrowth, needGrowth } from './growth.ts'
import { newestRun } from './matchingRun.ts'
import { countsOfRun } from './shortfall.ts'

/**
 * Need for co-located homes in the last year that a source tells of against the base year, so that the two can be compared, with
 * the newest whole year beside it, which decides whether the flag stands. Where too little is known of the base year the city's
 * growth is what the source says (004), as reported. Each district's own stands beside the city's, and is flagged by itself.
 */
export async function measureGrowth({ trx, today }: Acting): Promise<Measurement[]> {
  const growth = await needGrowth(trx, today)
  const { rows: open } = await sql<{ district: string; open: number }>`
    select responsible_district as district, count(*)::integer as open from need_history
    where ended_at is null and forms && ${COLOCATED}::text[] group by 1`.execute(trx)
  const [city, ...districts] = growth.computed
  const districtRows = districts.map(districtRow)
  const openNow = (district: string | null) =>
    open.reduce((sum, row) => (district === null || row.district === district ? sum + row.open : sum), 0)
  const reported = reportedGrowth(growth)
  if (city === undefined || city.until.percent === null)
    return reported.map((flag) => ({ ...flag, against: [...flag.against, ...districtRows], behind: openNow(null) }))
  const said = reported.flatMap(({ against }) => against)
  const cityRow = {
    ...yearRow(city.base, city.until),
    label: `Hele byen, fra ${city.base.year} til ${city.until.year}`,
  }
  return growth.computed.flatMap((one): Measurement[] => {
    const measured = computedGrowth(one)
    if (measured === undefined) return []
    const beside =
      one.district === null ? [...said, ...measured.against, ...districtRows] : [cityRow, ...measured.against]
    return [{ ...measured, against: beside, behind: openNow(one.district) }]
  })
}

/** Undefined where too few were open in the base year. */
function computedGrowth(growth: Growth): Measurement | undefined {
  const { district, base, until, newest, years } = growth
  if (until.percent === null || newest.percent === null) return undefined
  return {
    ruleId: 'growth_since_base',
    district,
    subject: 'colocated',
    measured: until.percent,
    decides: newest.percent,
    period: `fra ${base.year} til ${until.year}`,
    ...(newest.year === until.year
      ? {}
      : { addition: `Fra ${base.year} til ${newest.year}: ${inUnit(newest.percent, 'percent')}.` }),
    against: [
      { label: `Åpne behov i ${base.year}, i snitt`, value: Math.round(base.open), unit: 'needs' },
      ...years.slice(1).map((year) => yearRow(base, year)),
    ],
    since: grownSince(growth, flagRuleById('growth_since_base').opensAt),
    basis: 'computed',
  }
}

const yearRow = (base: GrowthYear, { year, open, percent }: GrowthYear): Against => ({
  label: `Vekst fra ${base.year} til ${year}`,
  value: percent,
  unit: 'percent',
  note: `${Math.round(open)} i ${year}`,
})

function districtRow({ district, base, until }: Growth): Against {
  return {
    label: districtName(district ?? ''),
    value: until.percent,
    unit: 'percent',
    part: 'districts',
    note: `${Math.round(base.open)} i ${base.year}, ${Math.round(until.open)} i ${until.year}`,
    ...(until.percent === null ? { unknown: 'for få til å regne prosent' } : {}),
  }
}

function reportedGrowth({ reported, baseYear }: NeedGrowth): Measurement[] {
  if (reported === undefined) return []
  const { percent, year } = reported
  return [
    {
      ruleId: 'growth_since_base',
      district: null,
      subject: 'colocated',
      measured: percent,
      period: `fra ${baseYear} til ${year}`,
      against: [{ label: `Vekst fra ${baseYear} til ${year}, oppgitt av kilden`, value: percent, unit: 'percent' }],
      since: null,
      basis: 'reported',
    },
  ]
}

/** What the newest completed run over the city has certified; nothing before the first one. */
export async function measureShortfall({ trx }: Acting): Promise<Measurement[]> {
  const run = await newestRun(trx, 'city')
  if (run === undefined) return []
  const { shortages, counts } = await countsOfRun(trx, run)
  const outermost = shortages.filter(({ within }) => within === null)
  const city = {
    deficit: outermost.reduce((sum, { deficit }) => sum + deficit, 0),
    needs: outermost.reduce((sum, { needs }) => sum + needs, 0),
    shortages: null,
  }
  const since = await certifiedSince(trx)
  return [[null, city] as const, ...certifiedParts(shortages, counts)].map(
    ([district, { deficit, needs, shortages: counted }]): Measurement => ({
      ruleId: 'certified_shortfall',
      district,
      subject: null,
      measured: deficit,
      against: [
        { label: 'Venter på de samme plassene', value: needs, unit: 'needs' },
        { label: 'Får plass på det beste', value: needs - deficit, unit: 'needs' },
      ],
      ...(needs === deficit ? {} : { addition: `${inUnit(needs, 'needs')} venter på de samme plassene.` }),
      since: since.get(district) ?? null,
      basis: 'computed',
      behind: needs,
      run: { id: run, shortages: counted },
    }),
  )
}

/** Of the city (null) and each district: the first day from which on every kept day was at the rule's limit. */
async function certifiedSince(trx: Acting['trx']): Promise<Map<string | null, Day>> {
  const { opensAt } = flagRuleById('certified_shortfall')
  const { rows } = await sql<{ district: string | null; since: Day | null }>`
    with kept as (
      select s.day, null as district, s.certified from shortfall_snapshot s
      union all
      select s.day, d.district, case when s.certified is not null then coalesce(c.certified, 0) end
      from shortfall_snapshot s cross join (select distinct district from shortfall_certified) d
      left join shortfall_certified c on c.day = s.day and c.district = d.district
    ), below as (
      select district, max(day) as day from kept where certified is null or certified < ${opensAt}::integer group by 1
    )
    select kept.district, min(kept.day)::text as since from kept left join below on below.district is not distinct from kept.district
    where kept.day > coalesce(below.day, '-infinity') group by 1`.execute(trx)
  return new Map(rows.flatMap(({ district, since }) => (since === null ? [] : [[district, since] as const])))
}
