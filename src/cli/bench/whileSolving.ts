import { availableParallelism } from 'node:os'
import { type Line, median, p95, repeat, timed } from './measure.ts'
import { completed, startRun, type World } from './world.ts'

/** Whether others can work while all cores but one are solving and two more runs wait. */
export async function whileSolving(world: World): Promise<Line[]> {
  const officer = await world.person('officer_alna')
  const planner = await world.person('planner_vel')
  const light = () => world.request('/session', officer)
  await repeat(100, light)
  const idle = await repeat(500, light)
  const runs: string[] = []
  for (let i = 0; i < Math.max(1, availableParallelism() - 1) + 2; i += 1) runs.push(await startRun(world, planner))
  const busy: number[] = []
  let working = true
  // seldom, as a page does: asking all the time would be what is measured
  const ended = Promise.all(runs.map((id) => completed(world, planner, id, 1_000))).finally(() => {
    working = false
  })
  while (working) busy.push(await timed(light))
  await ended
  return [
    { what: 'a light request, median: while runs are solved ÷ idle', value: median(busy), baseline: median(idle) },
    {
      what: `a light request, p95 of ${busy.length}: while ${runs.length} runs are solved ÷ idle`,
      value: p95(busy),
      baseline: p95(idle),
      aim: 2,
    },
  ]
}
