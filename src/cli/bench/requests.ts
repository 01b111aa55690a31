import { type Actor, asActor } from '../../db/actor.ts'
import { cityCache } from '../../db/city.ts'
import { needPageQuery, needRows, requirementsOf } from '../../db/needs.ts'
import { addDays, type Day } from '../../domain/day.ts'
import { matchesIn } from '../../domain/match.ts'
import { occupancyPage } from '../../features/occupancy/queries.ts'
import { compare, type Line, median, repeat } from './measure.ts'
import { demoDate, type World } from './world.ts'

const PAGE = 50
const PLACES = 200

/** What a request costs beside the same work done directly. */
export async function requests(world: World): Promise<Line[]> {
  const { db, pool, request } = world
  const officer = await world.person('officer_alna')
  const { need, city, requirements } = await asActor(
    db,
    officer,
    demoDate,
    async (acting) => {
      const need = await needRows(acting.trx)
        .where('need.status', '=', 'registered')
        .orderBy('need.id')
        .limit(1)
        .executeTakeFirstOrThrow()
      const [requirements] = await requirementsOf(acting, [need])
      return { need, city: await cityCache()(acting), requirements }
    },
    'reading',
  )
  if (requirements === undefined) throw new Error('a need without requirements')
  const direct = await sameSql(
    pool,
    officer,
    needPageQuery(db, {
      limit: PAGE,
      cursor: undefined,
      statuses: ['draft', 'registered'],
      districts: officer.districts,
    }).compile(),
  )
  const days = { from: demoDate as Day, to: addDays(demoDate as Day, 56) }
  const belegg = await sameSql(pool, officer, occupancyPage(db, days, {}, PLACES, undefined).compile())
  try {
    return [
      await compare(
        `one need against ${city.places.length} places: HTTP ÷ the decision in process`,
        60,
        () => request(`/needs/${need.id}/matches`, officer),
        async () => matchesIn(city, requirements),
      ),
      await compare(
        `a page of ${PAGE} needs: HTTP ÷ the same SQL through pg`,
        100,
        () => request(`/needs?limit=${PAGE}`, officer),
        direct.query,
        2,
      ),
      await compare(
        `${PLACES} places over 56 days: HTTP ÷ the same SQL through pg`,
        100,
        () => request(`/occupancy?limit=${PLACES}`, officer),
        belegg.query,
        2,
      ),
      {
        what: 'what needs an officer now, over HTTP, median of 30',
        value: median(await repeat(30, () => request('/workday?limit=20', officer))),
        aim: 300,
      },
      {
        what: 'her first hundred tasks with their people, over HTTP, median of 30',
        value: median(await repeat(30, () => request('/tasks?limit=100', officer))),
        aim: 300,
      },
    ]
  } finally {
    direct.end()
    belegg.end()
  }
}

/** A statement alone, with row security told beforehand, outside of what is measured, who reads. */
async function sameSql(
  pool: World['pool'],
  { accountId, role, districts }: Actor,
  { sql, parameters }: { sql: string; parameters: readonly unknown[] },
) {
  const client = await pool.connect()
  await client.query(
    `select set_config('app.actor', $1, false), set_config('app.role', $2, false), set_config('app.districts', $3, false),
       set_config('app.facilities', '', false), set_config('app.now', $4, false)`,
    [accountId, role, districts.join(','), `${demoDate}T10:00:00+02:00`],
  )
  return {
    query: () => client.query(sql, [...parameters]),
    // not given back: its settings would stay with it
    end: () => client.release(true),
  }
}
