import fc from 'fast-check'
import t from 'tap'
import { addDays } from '../../../src/domain/day.ts'
import type { Chain } from '../../../src/domain/matching/chain.ts'
import { type Plan, planOf } from '../../../src/domain/matching/plan.ts'
import type { Snapshot } from '../../../src/domain/matching/snapshot.ts'
import { verifyPlan } from '../../../src/domain/matching/verify.ts'
import { arbitrarySnapshot } from '../../support/arbitraryCity.ts'

interface Case {
  snapshot: Snapshot
  plan: Pick<Plan, 'candidates' | 'pairOf' | 'chains'>
}

/** What is broken, and how; undefined where the plan has nothing to break that way. */
const MUTATIONS: Record<string, (plan: Case) => Case | undefined> = {
  'a place is given twice': ({ snapshot, plan }) => {
    const { pairs } = plan.candidates
    const taken = new Map([...plan.pairOf].filter((pair) => pair !== -1).map((pair) => [pairs[pair]!.place, pair]))
    const other = pairs.findIndex(({ need, place }) => taken.has(place) && pairs[taken.get(place)!]!.need !== need)
    return other === -1 ? undefined : { snapshot, plan: { ...plan, pairOf: given(plan, pairs[other]!.need, other) } }
  },
  'a home is given away under its resident': ({ snapshot, plan }) => {
    const { pairs, residentOf } = plan.candidates
    const pair = [...plan.pairOf].find((index) => index !== -1 && residentOf[pairs[index]!.place] !== -1)
    if (pair === undefined) return undefined
    return { snapshot, plan: { ...plan, pairOf: given(plan, residentOf[pairs[pair]!.place]!, -1) } }
  },
  'a need has a pair that is not its own': ({ snapshot, plan }) => {
    const need = [...plan.pairOf.keys()].find((index) => plan.pairOf[index] === -1)
    const pair = plan.pairOf.find((index) => index !== -1)
    return need === undefined || pair === undefined
      ? undefined
      : { snapshot, plan: { ...plan, pairOf: given(plan, need, pair) } }
  },
  'a chain is too long': ({ snapshot, plan }) => {
    const longest = Math.max(0, ...plan.chains.map(({ moves }) => moves.length))
    if (longest < 2) return undefined
    return { snapshot: { ...snapshot, policy: { ...snapshot.policy, chainMovesMax: longest - 1 } }, plan }
  },
  'a move stands in no chain': ({ snapshot, plan }) =>
    plan.chains.length === 0 ? undefined : { snapshot, plan: { ...plan, chains: plan.chains.slice(1) } },
  'a need moves twice': ({ snapshot, plan }) =>
    plan.chains.length === 0 ? undefined : { snapshot, plan: { ...plan, chains: [...plan.chains, plan.chains[0]!] } },
  'a chain has no move': ({ snapshot, plan }) => ({
    snapshot,
    plan: { ...plan, chains: [...plan.chains, { kind: 'chain', moves: [], frees: -1 }] },
  }),
  'a move is not the one given': changed(({ moves: [first, ...rest], ...chain }) => ({
    ...chain,
    moves: [{ ...first!, place: first!.place + 1 }, ...rest],
  })),
  'a move waits for somebody else': changed(({ moves, ...chain }) =>
    moves.length < 2 || chain.kind === 'cycle' ? undefined : { ...chain, moves: [...moves].reverse() },
  ),
  'a move is not allowed on its day': changed(({ moves: [first, ...rest], ...chain }) =>
    rest.length > 0 ? undefined : { ...chain, moves: [{ ...first!, on: addDays(first!.on, -1000) }] },
  ),
  'a move comes before the one it waits for': changed(({ moves: [first, ...rest], ...chain }) =>
    rest.length === 0 || chain.kind === 'cycle'
      ? undefined
      : { ...chain, moves: [first!, { ...rest[0]!, on: addDays(first!.on, -1) }, ...rest.slice(1)] },
  ),
  'a cycle does not move on one day': changed(({ moves: [first, second, ...rest], ...chain }) =>
    chain.kind === 'chain'
      ? undefined
      : { ...chain, moves: [first!, { ...second!, on: addDays(second!.on, 1) }, ...rest] },
  ),
  'a chain frees another place than it says': changed((chain) => ({ ...chain, frees: chain.frees + 1 })),
  'a chain ends on a place that is given': ({ snapshot, plan }) => {
    const index = plan.chains.findIndex(({ kind, moves }) => kind === 'chain' && moves.length > 1)
    const chain = plan.chains[index]
    if (chain === undefined) return undefined
    const [first, ...rest] = chain.moves
    const ends: Chain = { kind: 'chain', moves: [first!], frees: rest[0]!.place }
    return { snapshot, plan: { ...plan, chains: plan.chains.map((other, i) => (i === index ? ends : other)) } }
  },
  'two who must not live together are put together': ({ snapshot, plan }) => {
    const house = (pair: number) => plan.candidates.offers[plan.candidates.pairs[pair]!.place]!.house
    const placed = [...plan.pairOf.keys()].filter((need) => plan.pairOf[need] !== -1)
    for (const one of placed) {
      const other = placed.find((need) => need !== one && house(plan.pairOf[need]!) === house(plan.pairOf[one]!))
      if (other === undefined) continue
      const apartFrom = [snapshot.needs[other]!.pseudonym]
      return {
        snapshot: { ...snapshot, needs: snapshot.needs.map((need, i) => (i === one ? { ...need, apartFrom } : need)) },
        plan,
      }
    }
    return undefined
  },
  'a house gets more than its mix allows': ({ snapshot, plan }) => {
    const pairs = [...plan.pairOf].filter((pair) => pair !== -1).map((pair) => plan.candidates.pairs[pair]!)
    const extensive = pairs.filter(({ need }) => snapshot.needs[need]!.requirements.behaviour === 3)
    const houses = extensive.map(({ place }) => plan.candidates.offers[place]!.house)
    const house = houses.find((index, i) => houses.indexOf(index) !== i)
    if (house === undefined) return undefined
    const limit = { maxExtensiveBehaviour: 1, extensiveBehaviourNow: 0 }
    return {
      snapshot: {
        ...snapshot,
        facilities: snapshot.facilities.map((one, i) => (i === house ? { ...one, ...limit } : one)),
      },
      plan,
    }
  },
  'a house takes more in a month than it can': ({ snapshot, plan }) => {
    const facilityId = snapshot.places[plan.chains[0]?.moves[0]?.place ?? -1]?.facilityId
    if (facilityId === undefined) return undefined
    return limited({ snapshot, plan }, { moveIns: [{ facilityId, mostPerMonth: 0, taken: [] }] })
  },
  'a team begins with more in a month than it can': (broken) => {
    const district = newToTeamOf(broken)
    if (district === undefined) return undefined
    return limited(broken, { teams: [{ district, left: null, newPerMonth: 0, taken: [] }] })
  },
  'a team follows up more than it can': (broken) => {
    const district = newToTeamOf(broken)
    if (district === undefined) return undefined
    return limited(broken, { teams: [{ district, left: 0, newPerMonth: null, taken: [] }] })
  },
  'a quota is exceeded': ({ snapshot, plan }) => {
    const move = plan.chains.flatMap(({ moves }) => moves).find(({ need }) => snapshot.needs[need] !== undefined)
    const facilityId = snapshot.places[move?.place ?? -1]?.facilityId
    if (facilityId === undefined) return undefined
    const quota = { id: 'quota', district: 'another', facilityIds: [facilityId], left: 0, exempt: [] }
    return limited(
      { snapshot, plan },
      { quotas: [{ ...quota, during: { from: addDays(snapshot.asOf, -1000), to: null } }] },
    )
  },
  'not every need is there': ({ snapshot, plan }) =>
    plan.pairOf.length === 0 ? undefined : { snapshot, plan: { ...plan, pairOf: plan.pairOf.slice(1) } },
}

function limited({ snapshot, plan }: Case, limits: Partial<Snapshot['limits']>): Case {
  return { snapshot: { ...snapshot, limits: { ...snapshot.limits, ...limits } }, plan }
}

/** The district of somebody whom a team begins to follow up by her move. */
function newToTeamOf({ snapshot, plan }: Case): string | undefined {
  const { homeOf } = plan.candidates as Plan['candidates']
  const formOf = (place: number) => snapshot.places[place]?.form
  const move = plan.chains
    .flatMap(({ moves }) => moves)
    .find(({ need, place }) => formOf(place) === 'municipal_support' && formOf(homeOf[need]!) !== 'municipal_support')
  return snapshot.needs[move?.need ?? -1]?.requirements.district
}

function given({ pairOf }: Case['plan'], need: number, pair: number): Int32Array {
  return pairOf.map((own, index) => (index === need ? pair : own))
}

/** Changes the first chain that has something to change. */
function changed(change: (chain: Chain) => Chain | undefined): (plan: Case) => Case | undefined {
  return ({ snapshot, plan }) => {
    for (const [index, chain] of plan.chains.entries()) {
      const other = change(chain)
      if (other === undefined) continue
      return { snapshot, plan: { ...plan, chains: plan.chains.map((own, i) => (i === index ? other : own)) } }
    }
    return undefined
  }
}

for (const [what, mutate] of Object.entries(MUTATIONS)) {
  t.test(`refused: ${what}`, async (t) => {
    let tried = 0
    fc.assert(
      fc.property(arbitrarySnapshot({ needs: 8, places: 6 }), (snapshot) => {
        const plan = planOf(snapshot)
        verifyPlan(snapshot, plan)
        const mutated = mutate({ snapshot, plan })
        if (mutated === undefined) return true
        tried += 1
        try {
          verifyPlan(mutated.snapshot, mutated.plan)
          return false
        } catch (error) {
          return String(error).includes(`refused a wrong plan: ${what}`)
        }
      }),
      { numRuns: 300 },
    )
    t.ok(tried > 0, `${tried} plans were broken so`)
  })
}
