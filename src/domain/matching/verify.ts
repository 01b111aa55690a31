import type { Plan } from './plan.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * Looks at a plan as somebody who knows nothing of how it was made: no place twice, nobody out of a home that somebody else
 * is given unless she moves too, chains that start at a vacant place and end on one that nobody lives in, days that agree.
 * @throws {Error} naming what is wrong; the plan must not be shown
 */
export function verifyPlan(snapshot: Snapshot, plan: Pick<Plan, 'candidates' | 'pairOf' | 'chains'>): void {
  const { pairs, homeOf, residentOf } = plan.candidates
  const takenBy = new Map<number, number>()
  for (const [need, index] of plan.pairOf.entries()) {
    if (index === -1) continue
    const pair = pairs[index]
    if (pair === undefined || pair.need !== need) throw wrong('a need has a pair that is not its own', need)
    if (takenBy.has(pair.place)) throw wrong('a place is given twice', pair.place)
    takenBy.set(pair.place, need)
  }
  for (const [place] of takenBy) {
    const resident = residentOf[place] ?? -1
    if (resident !== -1 && plan.pairOf[resident] === -1) throw wrong('a home is given away under its resident', place)
  }
  const moved = new Set<number>()
  for (const { kind, moves, frees } of plan.chains) {
    if (moves.length > snapshot.policy.chainMovesMax) throw wrong('a chain is too long', moves.length)
    for (const [i, { need, place, on, waitsFor }] of moves.entries()) {
      if (moved.has(need)) throw wrong('a need moves twice', need)
      moved.add(need)
      if (takenBy.get(place) !== need) throw wrong('a move is not the one given', need)
      if ((residentOf[place] ?? -1) !== waitsFor) throw wrong('a move waits for somebody else', need)
      const { window } = snapshot.needs[need]?.requirements ?? {}
      if (window === undefined || on < window.from || (window.to !== null && on >= window.to)) throw wrong('a move is outside its window', need)
      const before = moves[i - 1]
      if (kind === 'chain' && before !== undefined && on < before.on) throw wrong('a move comes before the one it waits for', need)
      if (kind === 'cycle' && on !== moves[0]?.on) throw wrong('a cycle does not move on one day', need)
    }
    const last = moves.at(-1)
    const freed = last === undefined ? -1 : (homeOf[last.need] ?? -1)
    if (kind === 'chain' && (freed !== frees || (freed !== -1 && takenBy.has(freed)))) throw wrong('a chain ends on a home', frees)
  }
  const given = plan.pairOf.reduce((count, pair) => (pair === -1 ? count : count + 1), 0)
  if (given !== moved.size) throw wrong('a move stands in no chain', given - moved.size)
}

function wrong(what: string, where: number): Error {
  return new Error(`refused a wrong plan: ${what} (${where})`)
}
