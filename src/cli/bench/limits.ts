import { asActor } from '../../db/actor.ts'
import { cityCache } from '../../db/city.ts'
import { readSnapshot } from '../../db/matchingRun.ts'
import { planOf } from '../../domain/matching/plan.ts'
import { mipSolver } from '../../jobs/highs.ts'
import { SEARCH_SECONDS } from '../../jobs/performRun.ts'
import { type Line, timed } from './measure.ts'
import { demoDate, type World } from './world.ts'

/** People that the teams of each bydel take beside those whom they follow. */
const LEFT = [0, 1, 2, 3, 5, 10]

/** The best moves of the whole demo city when the teams of every bydel take only so many people more, and whether it is certain. */
export async function limits({ jobDb }: World): Promise<Line[]> {
  const snapshot = await asActor(jobDb, null, demoDate, (acting) => readSnapshot(acting, cityCache(), []), 'reading')
  const means = { solve: await mipSolver(), seconds: SEARCH_SECONDS, clock: () => performance.now() }
  const lines: Line[] = []
  for (const left of LEFT) {
    const teams = snapshot.limits.teams.map((team) => ({ ...team, left }))
    let what = ''
    const value = await timed(async () => {
      const { pairOf, proven } = planOf({ ...snapshot, limits: { ...snapshot.limits, teams } }, () => {}, means)
      const placed = pairOf.filter((pair) => pair !== -1).length
      what = `teams that take ${left} more: ${placed} placed, ${proven ? 'proven' : 'not proven'}`
    })
    lines.push({ what, value })
  }
  return lines
}
