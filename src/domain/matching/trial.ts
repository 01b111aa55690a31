import type { UrgencyClassNumber } from '../../reference/policies.ts'
import { objectiveOf } from './objective.ts'
import { type Plan, planOf, type TierValue, valuesOf } from './plan.ts'
import { type MatchingPolicy, WEIGHED_TIERS } from './policy.ts'
import type { Means } from './program.ts'
import { choicesUnder, type Snapshot, snapshotUnder } from './snapshot.ts'

/** What one of the two policies gives, as numbers of the whole city. */
export interface TrialSide {
  placed: number
  /** Of those placed, how many move into a home that somebody leaves. */
  moves: number
  eligiblePairs: number
  /** What each criterion of the policy in force adds up to: both sides are measured by the same. */
  values: TierValue[]
  /** True when it is certain that no better set of moves keeps to the policy's limits. */
  proven: boolean
  milliseconds: number
}

/** What becomes of a need when the policy changes; whoever is given another place has neither gained nor lost one. */
export type TrialOutcome = 'gained' | 'lost' | 'moved'

/** Needs of one district and class, and how many of them are given a place before and after. */
export interface TrialCell {
  district: string
  urgencyClass: UrgencyClassNumber
  needs: number
  before: number
  after: number
  gained: number
  lost: number
  /** Given a place by both, and another one. */
  moved: number
}

/** A need that the change is something to, under its pseudonym; places by id. */
export interface TrialRow {
  pseudonym: string
  holdingDistrict: string
  urgencyClass: UrgencyClassNumber
  outcome: TrialOutcome
  beforePlaceId: string | null
  afterPlaceId: string | null
}

export interface TrialResult {
  before: TrialSide
  after: TrialSide
  cells: TrialCell[]
  rows: TrialRow[]
}

/**
 * A draft against the policy in force: two plans over one snapshot, each by the same solver and past the same checkers, and
 * what the difference is to whom. The same snapshot gives the same answer, the clock aside.
 * @param snapshot with the needs as they are registered
 * @param clock milliseconds
 * @param means what a search leaves unproven is solved by, as in a run
 * @throws {Error} when one of the plans does not pass its checkers
 */
export function tryPolicy(
  snapshot: Snapshot,
  inForce: { version: number; policy: MatchingPolicy },
  draft: MatchingPolicy,
  clock: () => number,
  progress: (share: number, stage: string) => void = () => {},
  means?: Means,
): TrialResult {
  const plan = (policy: MatchingPolicy, from: number, stage: string) => {
    const begun = clock()
    const said = (share: number) => progress(from + share / 2, stage)
    const made = planOf(snapshotUnder(snapshot, inForce.version, policy), said, means)
    return { plan: made, milliseconds: clock() - begun }
  }
  const before = plan(inForce.policy, 0.02, 'before')
  const after = plan(draft, 0.5, 'after')
  const measure = { ...inForce.policy, tiers: allTiers(inForce.policy), wishes: [] }
  const measured = { ...snapshot, policy: choicesUnder(snapshot, inForce.version, measure) }
  const side = ({ plan: { candidates, pairOf, chains, proven }, milliseconds }: typeof before): TrialSide => ({
    placed: pairOf.reduce((count, index) => (index === -1 ? count : count + 1), 0),
    moves: chains.reduce((count, { moves }) => count + moves.filter(({ waitsFor }) => waitsFor !== -1).length, 0),
    eligiblePairs: candidates.pairs.length,
    values: valuesOf(objectiveOf(measured, candidates), pairOf),
    proven,
    milliseconds,
  })
  return { before: side(before), after: side(after), ...differenceOf(snapshot, before.plan, after.plan) }
}

/** The criteria of a policy in its order, and those behind that it leaves out. */
function allTiers({ tiers }: MatchingPolicy): MatchingPolicy['tiers'] {
  return [...tiers, ...WEIGHED_TIERS.filter((id) => !tiers.includes(id))]
}

/** Who gains and who loses, as counts and as needs. */
export function differenceOf(
  { needs, places }: Pick<Snapshot, 'needs' | 'places'>,
  before: Pick<Plan, 'candidates' | 'pairOf' | 'objective'>,
  after: Pick<Plan, 'candidates' | 'pairOf'>,
): Pick<TrialResult, 'cells' | 'rows'> {
  const cells = new Map<string, TrialCell>()
  const rows: TrialRow[] = []
  const placeIn = ({ candidates, pairOf }: Pick<Plan, 'candidates' | 'pairOf'>, need: number) =>
    places[candidates.pairs[pairOf[need] ?? -1]?.place ?? -1]?.id ?? null
  for (const [need, { pseudonym, holdingDistrict }] of needs.entries()) {
    const urgencyClass = before.objective.urgency[need]?.urgencyClass ?? 5
    const beforePlaceId = placeIn(before, need)
    const afterPlaceId = placeIn(after, need)
    const key = `${holdingDistrict}/${urgencyClass}`
    const cell = cells.get(key) ?? {
      district: holdingDistrict,
      urgencyClass,
      needs: 0,
      before: 0,
      after: 0,
      gained: 0,
      lost: 0,
      moved: 0,
    }
    cells.set(key, cell)
    cell.needs += 1
    if (beforePlaceId !== null) cell.before += 1
    if (afterPlaceId !== null) cell.after += 1
    if (beforePlaceId === afterPlaceId) continue
    const outcome = beforePlaceId === null ? 'gained' : afterPlaceId === null ? 'lost' : 'moved'
    cell[outcome] += 1
    rows.push({ pseudonym, holdingDistrict, urgencyClass, outcome, beforePlaceId, afterPlaceId })
  }
  return {
    cells: [...cells.values()].sort((a, b) =>
      a.district === b.district ? a.urgencyClass - b.urgencyClass : a.district < b.district ? -1 : 1,
    ),
    rows,
  }
}
