import { type Actor, asActor } from '../../db/actor.ts'
import { readForecastInput } from '../../db/forecastInput.ts'
import type { Day } from '../../domain/day.ts'
import { pairedRanges, sketchPaired } from '../../domain/forecast/compare.ts'
import { prepare } from '../../domain/forecast/forecast.ts'
import { type Line, timed } from './measure.ts'
import { demoDate, type World } from './world.ts'

const UNTIL = '2030-01-01' as Day
const RUNS = [100, 200, 400] as const
const MEGABYTE = 2 ** 20

/** Forecasts of the whole city to 2030: a thousand runs as their planner meets them, and what a run costs on one thread. */
export async function forecasting(world: World): Promise<Line[]> {
  const planner = await world.person('planner_vel')
  const first = await timed(() => made(world, planner))
  const again = await timed(() => made(world, planner))

  let input: Awaited<ReturnType<typeof readForecastInput>> | undefined
  const reading = await timed(async () => {
    input = await asActor(world.jobDb, null, demoDate, readForecastInput, 'reading')
  })
  if (input === undefined) throw new Error('nothing was read')
  const history = input
  const span = { today: demoDate, until: UNTIL }
  const learning = await timed(async () => prepare(history, span))
  const members = [prepare(history, span)]
  const ranges = pairedRanges(members, 1)
  const times: number[] = []
  const memory: number[] = []
  for (const to of RUNS) {
    times.push(await timed(async () => sketchPaired(members, { seed: 1, from: 0, to }, ranges)))
    memory.push(process.memoryUsage().rss / MEGABYTE)
  }
  const [few = 1, , many = 1] = times
  const growth = Math.log(many / few) / Math.log(RUNS[2] / RUNS[0])
  return [
    {
      what: 'a forecast of the city to 2030, 1,000 runs, asked for over HTTP until stored: the first',
      value: first,
      aim: 30_000,
    },
    { what: 'the same again', value: again, aim: 30_000 },
    { what: '  reading the history', value: reading },
    { what: '  learning the rates', value: learning },
    { what: '  a run on one thread', value: many / RUNS[2] },
    { what: `  growth with the number of runs, ${RUNS[0]} to ${RUNS[2]}`, value: growth, unit: 'exponent', aim: 1.15 },
    { what: `  memory after ${RUNS[0]} runs`, value: memory[0] ?? 0, unit: 'MB' },
    // the same but for what the language has not cleared away yet
    {
      what: `  memory after ${RUNS[2]} runs more, beside it`,
      value: memory[2] ?? 0,
      baseline: memory[0] ?? 0,
      unit: 'MB',
      aim: 1.3,
    },
  ]
}

/** Asks for a forecast and waits until it is there. */
async function made({ request }: World, planner: Actor): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ until: UNTIL })
  const { id } = (await request('/forecasts', planner, { method: 'POST', headers, body })) as { id: string }
  for (;;) {
    const { status } = (await request(`/forecasts/${id}`, planner)) as { status: string }
    if (status === 'completed') return
    if (status === 'failed' || status === 'cancelled') throw new Error(`the forecast ${status}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
