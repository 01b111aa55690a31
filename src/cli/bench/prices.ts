import { asActor } from '../../db/actor.ts'
import { cityCache } from '../../db/city.ts'
import { readSnapshot } from '../../db/matchingRun.ts'
import { type Candidates, candidatesOf } from '../../domain/matching/candidates.ts'
import { networkOf } from '../../domain/matching/network.ts'
import { objectiveOf } from '../../domain/matching/objective.ts'
import { usualPlacesOf, withPossiblePlaces } from '../../domain/matching/possiblePlaces.ts'
import { pricesOf } from '../../domain/matching/price.ts'
import type { Snapshot } from '../../domain/matching/snapshot.ts'
import { type Line, median } from './measure.ts'
import { demoDate, type World } from './world.ts'

const TIMES = 5
/** How many places are added and solved again, to know what all of them would take that way. */
const SAMPLE = 20

/** One more place of every form, variant and district of the demo city, beside adding each and solving again. */
export async function prices({ jobDb }: World): Promise<Line[]> {
  const snapshot = await asActor(jobDb, null, demoDate, (acting) => readSnapshot(acting, cityCache(), []), 'reading')
  const candidates = candidatesOf(snapshot)
  const objective = objectiveOf(snapshot, candidates)
  const times: number[] = []
  let count = 0
  let wanted = 0
  for (let i = 0; i < TIMES; i += 1) {
    const start = performance.now()
    const { items } = pricesOf(snapshot, candidates, objective)
    times.push(performance.now() - start)
    count = items.length
    wanted = items.filter(({ fits }) => fits > 0).length
  }
  const again = solvedAgain(snapshot, candidates)
  const first = times[0] ?? 0
  const value = median(times)
  return [
    { what: `what one more place changes: all ${count} places of the city, the first time`, value: first, aim: 2_000 },
    { what: `  the same again, median of ${TIMES}`, value, aim: 2_000 },
    { what: '  beside adding and solving again one of them', value, baseline: again },
    {
      what: `  beside adding and solving again the ${wanted} that somebody could have`,
      value,
      baseline: again * wanted,
    },
  ]
}

/** The median time in which one place is added and the run solved again, eligibility of the others taken as known. */
function solvedAgain(snapshot: Snapshot, candidates: Candidates): number {
  const more = withPossiblePlaces(snapshot, usualPlacesOf(snapshot))
  const offered = candidatesOf(more.snapshot)
  const optionsAt = [...Map.groupBy(offered.pairs, ({ place }) => place)]
  const step = Math.max(1, Math.floor(optionsAt.length / SAMPLE))
  const column = snapshot.places.length
  const chosen = optionsAt.filter((_, i) => i % step === 0)
  return median(
    chosen.map(([at, options]) => {
      const start = performance.now()
      const byNeed = new Map(options.map((pair) => [pair.need, { ...pair, place: column }]))
      const pairs = snapshot.needs.flatMap((_, need) => {
        const own = candidates.pairs.slice(candidates.startOf[need], candidates.startOf[need + 1])
        const added = byNeed.get(need)
        return added === undefined ? own : [...own, added]
      })
      const larger: Candidates = {
        ...candidates,
        pairs,
        offers: [...candidates.offers, ...offered.offers.slice(at, at + 1)],
        residentOf: Int32Array.from([...candidates.residentOf, -1]),
      }
      networkOf(larger, objectiveOf(snapshot, larger), true)
      return performance.now() - start
    }),
  )
}
