import { type Kysely, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { isColocated } from '../domain/forecast/changes.ts'
import { type Growth, growthOf, type QuarterSum } from '../domain/growth.ts'
import { FORMS } from '../domain/ladder.ts'
import { GROWTH_BASE_MIN } from '../reference/flagRules.ts'
import { ruleById } from '../reference/rules.ts'
import type { DB } from './types.generated.ts'

const { baseYear } = ruleById('flags').parameters

export const COLOCATED = FORMS.map(({ id }) => id).filter(isColocated)

/** What a source says that the need for co-located homes has grown by since the base year. */
export interface ReportedGrowth {
  percent: number
  year: number
  source: string
}

/** The newest that a source has said (004: 87 % from 2020 to 2024); undefined when none has. */
async function reportedGrowth(db: Kysely<DB>): Promise<ReportedGrowth | undefined> {
  const { rows } = await sql<ReportedGrowth>`
    select value::float as percent, year, source from statistic_value where series_id = 'colocated_need_growth_since_2020'
    and value is not null order by year desc, revision desc limit 1`.execute(db)
  return rows[0]
}

/** The growth of the need for co-located homes: what a source says, and what our own needs say of the same period and since. */
export interface NeedGrowth {
  baseYear: number
  reported: ReportedGrowth | undefined
  /** The city first, then every district. */
  computed: Growth[]
}

/** Counts alone, for whoever steers and for the jobs. */
export async function needGrowth(db: Kysely<DB>, today: Day): Promise<NeedGrowth> {
  const newestYear = Math.max(baseYear, Number(today.slice(0, 4)) - 1)
  const reported = await reportedGrowth(db)
  const untilYear = Math.min(reported?.year ?? newestYear, newestYear)
  const { rows } = await sql<QuarterSum & { district: string }>`
    select * from open_needs_of_years(${COLOCATED}::text[], ${baseYear}::integer, ${newestYear}::integer)`.execute(db)
  const districts = await db
    .selectFrom('district')
    .select('code')
    .where(sql<boolean>`valid @> ${today}::date`)
    .orderBy('code')
    .execute()
  const codes = districts.map(({ code }) => code)
  return {
    baseYear,
    reported,
    computed: growthOf(rows, codes, { baseYear, untilYear, newestYear, minimum: GROWTH_BASE_MIN }),
  }
}
