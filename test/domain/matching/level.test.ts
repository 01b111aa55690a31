import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { candidatesOf } from '../../../src/domain/matching/candidates.ts'
import { overLevels } from '../../../src/domain/matching/level.ts'
import { objectiveOf } from '../../../src/domain/matching/objective.ts'
import { planFor } from '../../../src/domain/matching/plan.ts'
import { arbitrarySnapshot } from '../../support/arbitraryCity.ts'
import { residents } from './allSolutions.ts'

/** How many moves the longest chain from `need` on can have, when `after` says who may take whose home. */
function longest(after: ReadonlyMap<number, readonly number[]>, need: number, before: readonly number[] = []): number {
  if (before.includes(need)) return 0
  return 1 + Math.max(0, ...(after.get(need) ?? []).map((next) => longest(after, next, [...before, need])))
}

t.test('with the pairs over levels left out no chain is too long, and of short chains nothing is', async (t) => {
  let cut = 0
  let asLong = 0
  fc.assert(
    fc.property(arbitrarySnapshot({ needs: 9, places: 5 }), (snapshot) => {
      const candidates = candidatesOf(snapshot)
      const objective = objectiveOf(snapshot, candidates)
      const { unboundedPairOf } = planFor(snapshot, candidates, objective, true)
      const left = new Set(overLevels(snapshot, candidates, objective, unboundedPairOf))
      const living = residents(snapshot)
      const linksOf = (pairs: Iterable<number>) => {
        const links = [...pairs]
          .map((pair) => candidates.pairs[pair])
          .filter((pair) => pair !== undefined && living[pair.place] !== -1)
        return new Map(
          [...Map.groupBy(links, (pair) => living[pair!.place]!)].map(([resident, all]) => [
            resident,
            all.map((pair) => pair!.need),
          ]),
        )
      }
      const kept = linksOf([...candidates.pairs.keys()].filter((pair) => !left.has(pair)))
      const most = Math.max(0, ...[...snapshot.needs.keys()].map((need) => longest(kept, need)))
      assert.ok(most <= snapshot.policy.chainMovesMax, `${most} moves`)
      if (most === snapshot.policy.chainMovesMax) asLong += 1
      const solved = linksOf(unboundedPairOf)
      const longestSolved = Math.max(0, ...[...snapshot.needs.keys()].map((need) => longest(solved, need)))
      const broken = unboundedPairOf.filter((pair) => left.has(pair))
      assert.equal(broken.length > 0, longestSolved > snapshot.policy.chainMovesMax, 'only a chain too long is cut')
      if (broken.length > 0) cut += 1
    }),
    { numRuns: 1000 },
  )
  t.ok(cut > 50, `${cut} cities in which a chain was cut`)
  t.ok(asLong > 100, `${asLong} in which chains as long as allowed stay possible`)
})
