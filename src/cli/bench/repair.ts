import { asActor } from '../../db/actor.ts'
import { cityCache } from '../../db/city.ts'
import { readSnapshot } from '../../db/matchingRun.ts'
import { livingCity } from '../../domain/matching/livingCity.ts'
import type { Snapshot } from '../../domain/matching/snapshot.ts'
import { type Line, median } from './measure.ts'
import { demoDate, type World } from './world.ts'

const TIMES = 7

/**
 * The preview of the whole demo city after one need or place is there, gone or changed: found who can live where again, which is
 * most of it, and repaired. The repair alone is measured with the solver, on instances of the same size.
 */
export async function repairing({ jobDb }: World): Promise<Line[]> {
  const snapshot = await asActor(jobDb, null, demoDate, (acting) => readSnapshot(acting, cityCache(), []), 'reading')
  const afresh = median(Array.from({ length: 3 }, () => timeOf(() => livingCity(snapshot))))
  const living = livingCity(snapshot)
  const lines: Line[] = [{ what: 'the preview of the whole city, solved afresh', value: afresh }]
  for (const [what, edited] of Object.entries(EDITS)) {
    const times = Array.from({ length: TIMES }, (_, i) => {
      const there = edited(snapshot, i * 37)
      const time = timeOf(() => {
        if (living.follow(there) === -1) throw new Error(`${what} was solved afresh`)
      })
      living.follow(snapshot)
      return time
    })
    lines.push({ what: `  ${what}, followed`, value: median(times), baseline: afresh })
  }
  return lines
}

const EDITS: Record<string, (snapshot: Snapshot, at: number) => Snapshot> = {
  'a need gone': ({ needs, ...rest }, at) => ({ ...rest, needs: needs.filter((_, i) => i !== at) }),
  'a vacant place gone': ({ places, ...rest }, at) => {
    const vacant = places.filter(({ occupied }) => occupied.length === 0)
    return { ...rest, places: places.filter((place) => place !== vacant[at % vacant.length]) }
  },
  'a need changed': ({ needs, ...rest }, at) => ({
    ...rest,
    needs: needs.map((need, i) => {
      const { requirements } = need
      return i === at ? { ...need, requirements: { ...requirements, wantedFeatures: ['ground_floor'] } } : need
    }),
  }),
}

function timeOf(work: () => void): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}
