import { asActor } from '../../db/actor.ts'
import { sweepPlacement } from '../../db/placementSweep.ts'
import { type Line, median, repeat, timed } from './measure.ts'
import { demoDate, type World } from './world.ts'

const TIMES = 20

/** What the placement sweep costs, which every minute ends what has run out and makes what is due a task. */
export async function placementSweep({ jobDb }: World): Promise<Line[]> {
  const sweep = () => asActor(jobDb, null, demoDate, sweepPlacement)
  // the first may have tasks to make for all that became due since the city was made
  const first = await timed(sweep)
  return [
    { what: 'a placement sweep over the city: the first, with what became due', value: first },
    {
      what: `the same with nothing new, as every minute, median of ${TIMES}`,
      value: median(await repeat(TIMES, sweep)),
      aim: 1_000,
    },
  ]
}
