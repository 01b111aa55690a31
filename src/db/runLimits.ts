import { type Kysely, sql } from 'kysely'
import { addMonths, type Day, firstOfMonth } from '../domain/day.ts'
import type { RunLimits, Taken } from '../domain/matching/runLimits.ts'
import { RETURN_SCHEDULE_POLICY } from '../reference/returnSchedulePolicy.ts'
import type { Acting } from './actor.ts'
import { rangeFrom, rangeTo } from './range.ts'
import type { DB } from './types.generated.ts'

/** What many moves of a run together must keep to, as registered today; read under the jobs' own role, without anybody in it. */
export async function readRunLimits({ trx, today }: Acting): Promise<RunLimits> {
  return {
    moveIns: await moveInLimits(trx),
    teams: await teamLimits(trx, today),
    quotas: await quotaLimits(trx, today),
  }
}

async function moveInLimits(db: Kysely<DB>): Promise<RunLimits['moveIns']> {
  const rows = await db
    .selectFrom('facility')
    .select(['id', 'maxMoveInsPerMonth'])
    .where('maxMoveInsPerMonth', 'is not', null)
    .orderBy('id')
    .execute()
  if (rows.length === 0) return []
  const coming = await db.selectFrom('comingMoveIn').selectAll().orderBy('month').execute()
  const byHouse = Map.groupBy(coming, ({ facilityId }) => facilityId)
  return rows.map(({ id, maxMoveInsPerMonth }) => ({
    facilityId: id,
    mostPerMonth: maxMoveInsPerMonth ?? 0,
    taken: (byHouse.get(id) ?? []).flatMap(({ month, households }): Taken[] =>
      month === null || households === null ? [] : [{ month: month as Day, count: households }],
    ),
  }))
}

/**
 * What the teams of each bydel that has any can take. They follow somebody up for a time after the move; whom they follow up
 * beside those who moved home by a plan, nobody has recorded.
 */
async function teamLimits(db: Kysely<DB>, today: Day): Promise<RunLimits['teams']> {
  const teams = await db
    .selectFrom('supportTeam')
    .select(['id', 'district', 'capacity', 'newPerMonth'])
    .where(sql<boolean>`during @> ${today}::date`)
    .orderBy('district')
    .orderBy('id')
    .execute()
  const since = addMonths(firstOfMonth(today), 1 - RETURN_SCHEDULE_POLICY.parameters.followUpMonths)
  const loads = await db
    .selectFrom('returnTeamLoad')
    .select(['supportTeamId', 'movedOn', 'people'])
    .where(sql<boolean>`moved_on >= ${since}::date`)
    .execute()
  return [...Map.groupBy(teams, ({ district }) => district)].map(([district, own]) => {
    const ids = new Set(own.map(({ id }) => id))
    const load = loads.filter(({ supportTeamId }) => supportTeamId !== null && ids.has(supportTeamId))
    const sum = (numbers: readonly (number | null)[]) =>
      numbers.reduce<number | null>((all, number) => (all === null || number === null ? null : all + number), 0)
    const people = (rows: typeof load) => rows.reduce((all, row) => all + (row.people ?? 0), 0)
    const capacity = sum(own.map((team) => team.capacity))
    const thisMonth = people(load.filter(({ movedOn }) => movedOn !== null && movedOn >= firstOfMonth(today)))
    return {
      district,
      left: capacity === null ? null : Math.max(0, capacity - people(load)),
      newPerMonth: sum(own.map((team) => team.newPerMonth)),
      taken: thisMonth === 0 ? [] : [{ month: firstOfMonth(today), count: thisMonth }],
    }
  })
}

/** Quotas that are in force today or later. */
async function quotaLimits(db: Kysely<DB>, today: Day): Promise<RunLimits['quotas']> {
  const rows = await db
    .selectFrom('crossDistrictQuota')
    .select(['id', 'district', 'households', 'exemptDistricts'])
    .select([rangeFrom('crossDistrictQuota.during').as('from'), rangeTo('crossDistrictQuota.during').as('to')])
    .select([sql<string[]>`quota_houses(id)`.as('facilityIds'), sql<number>`quota_used(id)`.as('used')])
    .where(sql<boolean>`not (during << daterange(${today}, null))`)
    .orderBy('district')
    .orderBy('id')
    .execute()
  return rows.map(({ id, district, households, exemptDistricts, facilityIds, used, from, to }) => ({
    id,
    district,
    facilityIds,
    during: { from, to },
    left: Math.max(0, households - used),
    exempt: exemptDistricts,
  }))
}
