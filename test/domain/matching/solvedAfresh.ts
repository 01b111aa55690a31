import { candidatesOf } from '../../../src/domain/matching/candidates.ts'
import { networkOf, pairsOf } from '../../../src/domain/matching/network.ts'
import { objectiveOf, sumsOf } from '../../../src/domain/matching/objective.ts'
import type { Snapshot } from '../../../src/domain/matching/snapshot.ts'

/** What solving a snapshot afresh adds up to, tier by tier, without what only a whole solution can break. */
export function solvedAfresh(
  snapshot: Snapshot,
  candidates = candidatesOf(snapshot),
  objective = objectiveOf(snapshot, candidates),
): number[] {
  return sumsOf(objective, pairsOf(candidates, networkOf(candidates, objective, true).best.columnOf))
}
