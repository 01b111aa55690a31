import { candidatesOf } from '../../../src/domain/matching/candidates.ts'
import { networkOf, pairsOf } from '../../../src/domain/matching/network.ts'
import { objectiveOf } from '../../../src/domain/matching/objective.ts'
import type { Snapshot } from '../../../src/domain/matching/snapshot.ts'

/** What solving a snapshot afresh adds up to, tier by tier, without what only a whole solution can break. */
export function solvedAfresh(snapshot: Snapshot): number[] {
  const candidates = candidatesOf(snapshot)
  const objective = objectiveOf(snapshot, candidates)
  const given = pairsOf(candidates, networkOf(candidates, objective, true).best.columnOf)
  return objective.tiers.map(({ gains }) => given.reduce((sum, pair) => sum + (pair === -1 ? 0 : gains[pair]!), 0))
}
