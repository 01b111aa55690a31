import { asActor } from '../../db/actor.ts'
import { cityCache } from '../../db/city.ts'
import { readSnapshot } from '../../db/matchingRun.ts'
import { livingCity } from '../../domain/matching/livingCity.ts'
import type { Snapshot } from '../../domain/matching/snapshot.ts'
import { type Line, median, repeat, timed } from './measure.ts'
import { demoDate, type World } from './world.ts'

const TIMES = 7

/**
 * The preview of the whole demo city after one need or place is there, gone or changed: the city as it is read again then, its
 * needs new objects and after a change of places those as well. The repair alone is measured with the solver, on instances
 * of the same size.
 */
export async function repairing({ jobDb }: World): Promise<Line[]> {
  const readCity = cityCache()
  const read = () => asActor(jobDb, null, demoDate, (acting) => readSnapshot(acting, readCity, []), 'reading')
  const whole = await timed(read)
  const needs = median(await repeat(5, read))
  const snapshot = await read()
  const afresh = median(Array.from({ length: 3 }, () => timeOf(() => livingCity(snapshot))))
  const living = livingCity(snapshot)
  const lines: Line[] = [
    { what: 'reading the whole city, the first time', value: whole },
    { what: 'reading its needs, when no place changed', value: needs },
    { what: 'the preview of the whole city, solved afresh', value: afresh },
  ]
  for (const [what, { again, edited }] of Object.entries(EDITS)) {
    const times = Array.from({ length: TIMES }, (_, i) => {
      const there = edited(again(snapshot), i * 37)
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

interface Edit {
  /** The snapshot as it is read again. */
  again: (snapshot: Snapshot) => Snapshot
  edited: (snapshot: Snapshot, at: number) => Snapshot
}

const needsAgain = (snapshot: Snapshot) => ({ ...snapshot, needs: structuredClone(snapshot.needs) })

const vacantAt = (places: Snapshot['places'], at: number) => {
  const vacant = places.filter(({ occupied }) => occupied.length === 0)
  return vacant[at % vacant.length]
}

const EDITS: Record<string, Edit> = {
  'a need gone': {
    again: needsAgain,
    edited: ({ needs, ...rest }, at) => ({ ...rest, needs: needs.filter((_, i) => i !== at) }),
  },
  'a need changed': {
    again: needsAgain,
    edited: ({ needs, ...rest }, at) => ({
      ...rest,
      needs: needs.map((need, i) => {
        const { requirements } = need
        return i === at ? { ...need, requirements: { ...requirements, wantedFeatures: ['ground_floor'] } } : need
      }),
    }),
  },
  'a vacant place gone': {
    again: structuredClone,
    edited: ({ places, ...rest }, at) => {
      const gone = vacantAt(places, at)
      return { ...rest, places: places.filter((place) => place !== gone) }
    },
  },
  'a vacant place changed': {
    again: structuredClone,
    edited: ({ places, ...rest }, at) => {
      const other = vacantAt(places, at)
      return {
        ...rest,
        places: places.map((place) => (place === other ? { ...place, features: place.features.slice(1) } : place)),
      }
    },
  },
}

function timeOf(work: () => void): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}
