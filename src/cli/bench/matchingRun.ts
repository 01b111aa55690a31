import { sql } from 'kysely'
import { type Actor, asActor } from '../../db/actor.ts'
import { cityCache } from '../../db/city.ts'
import { takeJob } from '../../db/longJobs.ts'
import { MATCHING_JOB } from '../../db/matchingRun.ts'
import { performRun } from '../../jobs/performRun.ts'
import { type Line, median, timed } from './measure.ts'
import { completed, demoDate, startRun, type World } from './world.ts'

const TIMES = 3

/** A run over the whole city: in all as its planner meets it, and phase by phase. */
export async function matchingRun(world: World): Promise<Line[]> {
  const planner = await world.person('planner_vel')
  const first = await timed(async () => completed(world, planner, await startRun(world, planner)))
  const again: number[] = []
  for (let i = 0; i < TIMES; i += 1) {
    again.push(await timed(async () => completed(world, planner, await startRun(world, planner))))
  }
  const { saved, milliseconds } = await inThisProcess(world, planner)
  if (!saved) throw new Error('the run was not stored')
  const total = Object.values(milliseconds).reduce((sum, value) => sum + value, 0)
  return [
    {
      what: 'a run over the city, asked for over HTTP until stored and explained: the first',
      value: first,
      aim: 3_000,
    },
    { what: `the same again, median of ${TIMES}`, value: median(again), aim: 3_000 },
    { what: 'a run in one process, code and city not yet warm: in all', value: total, aim: 3_000 },
    { what: '  load: the city, and the needs under pseudonyms', value: milliseconds.load },
    { what: '  eligibility: who can live where', value: milliseconds.eligibility },
    { what: '  solve: the best moves within the limits, verified', value: milliseconds.solve },
    { what: '  explain: why, for every yes and every no', value: milliseconds.explain },
    { what: '  compare: what other ways would have achieved', value: milliseconds.compare },
    { what: '  price: what one more place of each form in each district would change', value: milliseconds.price },
    { what: '  store: the snapshot packed, everything written down', value: milliseconds.store },
  ]
}

/** A run that no queue knows of, performed here. */
async function inThisProcess({ jobDb, db }: World, planner: Actor) {
  const { id } = await asActor(db, planner, demoDate, ({ trx }) =>
    trx
      .insertInto('matchingRun')
      .values({ kind: 'city', asOf: demoDate, requestedBy: planner.accountId, requestedAt: sql<string>`now()` })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  const taken = await takeJob(jobDb, MATCHING_JOB, id)
  if (taken === undefined) throw new Error('the run was taken by another')
  return performRun(jobDb, cityCache(), { taken, districts: [], demoDate })
}
