import assert from 'node:assert/strict'
import t from 'tap'
import { prepare } from '../../../src/domain/forecast/forecast.ts'
import { givingOrderNotes, givingOrderOf, turnsOf } from '../../../src/domain/forecast/givingOrder.ts'
import { type ForecastInput, NONE } from '../../../src/domain/forecast/input.ts'
import { queueOf } from '../../../src/domain/forecast/queue.ts'
import { simulator } from '../../../src/domain/forecast/simulate.ts'
import { FIRST_POLICY, type MatchingPolicy } from '../../../src/domain/matching/policy.ts'
import { cityOf, TODAY, UNTIL } from './arbitraryCity.ts'

/** Need, home, what is asked for first and next, class: in the order of registration. */
const WAITING = [
  [0, 1, 0, NONE, 3],
  [1, 0, 1, 0, 2],
  [2, 0, 0, NONE, 2],
  [3, 1, 0, NONE, 2],
  [4, 0, 0, NONE, 3],
  [5, 2, 0, NONE, 2],
] as const

/** Who is given a place of the first form in turn, when it lies in the first district and is for people of the first two. */
function givenBy(policy: MatchingPolicy): number[] {
  const order = givingOrderOf(policy)
  const queue = queueOf(3, 2)
  for (const [need, home, first, second, urgency] of WAITING)
    queue.add(need, home, first, second, order.rankOf[urgency - 1] ?? 0)
  const turns = turnsOf(order, { district: 0, serves: [0, 1] }, 3)
  const given: number[] = []
  for (let need = queue.after(0, turns, 0); need !== NONE; need = queue.after(0, turns, 0)) {
    assert.equal(
      queue.after(0, turns, 0, (other) => other === need),
      need,
      'who is served may be said',
    )
    given.push(need)
    queue.remove(need)
  }
  return given
}

t.test('a changed policy changes the order in which places are given away', async (t) => {
  const waits = ['days_in_situation', 'days_since_registration'] as const
  const rows: [string, Partial<MatchingPolicy>, number[]][] = [
    ['the first: class by class, then the longest wait', {}, [1, 2, 3, 0, 4]],
    ['the third class before the second', { classes: [1, 3, 2, 4, 5] }, [0, 4, 1, 2, 3]],
    ['the preferred form before the wait', { tiers: ['preferred_form', ...waits] }, [2, 3, 1, 0, 4]],
    ['the own district before the wait', { tiers: ['home_district', ...waits] }, [1, 2, 3, 4, 0]],
    ['both, the district first', { tiers: ['home_district', 'preferred_form', ...waits] }, [2, 1, 3, 4, 0]],
    ['both, the form first', { tiers: ['preferred_form', 'home_district', ...waits] }, [2, 3, 1, 4, 0]],
    ['after one of the waits it parts nobody', { tiers: [waits[0], 'home_district', waits[1]] }, [1, 2, 3, 0, 4]],
    ['without any the first to register', { tiers: [] }, [1, 2, 3, 0, 4]],
    ['what it is for is a wish', { wishes: ['district.served'] }, [1, 2, 3, 5, 0, 4]],
    [
      'which weighs before what is not a wait',
      { wishes: ['district.served'], tiers: ['preferred_form', ...waits] },
      [2, 3, 1, 5, 0, 4],
    ],
    ['another wish changes nothing here', { wishes: ['pets.accepted'] }, [1, 2, 3, 0, 4]],
    ['the own district is required', { requirements: ['home_district'] }, [1, 2, 4]],
    ['more moves in a chain change nothing', { chainMovesMax: 8 }, [1, 2, 3, 0, 4]],
  ]
  for (const [what, changed, expected] of rows) t.same(givenBy({ ...FIRST_POLICY, ...changed }), expected, what)
  const partedBy = (changed: Partial<MatchingPolicy>) => givingOrderOf({ ...FIRST_POLICY, ...changed }).partedBy
  const wishes = ['district.served'] as const
  t.same(partedBy({ wishes: [...wishes], tiers: [] }), ['rules_kept'], 'where nothing else weighs, the wish does')
  t.same(partedBy({ wishes: [...wishes], tiers: [...waits] }), [], 'and after the waits it parts nobody')
})

t.test('a forecast follows the policy of its input, and the first where none was kept', async (t) => {
  const input = cityOf(5, { districts: 4, places: 60, stay: 60, gap: 10, needEvery: 8 })
  const { rates, plan, layout } = prepare(input, { today: TODAY, until: UNTIL })
  const lived = (policy?: ForecastInput['policy']) => {
    const row = new Float32Array(layout.size)
    simulator(policy === undefined ? input : { ...input, policy }, rates, plan, layout)(3, 0, row)
    return row.join()
  }
  const by = (changed: Partial<MatchingPolicy>) => lived({ version: 2, choices: { ...FIRST_POLICY, ...changed } })
  const first = lived()
  t.equal(by({}), first)
  t.equal(by({ chainMovesMax: 1 }), first, 'what is not simulated changes nothing')
  const changes: Partial<MatchingPolicy>[] = [
    { classes: [1, 5, 4, 3, 2] },
    { tiers: ['preferred_form'] },
    { tiers: ['home_district'] },
    { wishes: ['district.served'] },
    { requirements: ['preferred_form'] },
    { requirements: ['home_district'] },
  ]
  for (const changed of changes) t.ok(by(changed) !== first, JSON.stringify(changed))
})

t.test('what the order is, is said with what is left out of it', async (t) => {
  const said = (changed: Partial<MatchingPolicy>) => givingOrderNotes({ ...FIRST_POLICY, ...changed }).join(' ')
  t.match(said({}), /etter hasteklasse \(1, 2, 3, 4, 5\) og ventetid, .* forenklet: .* uten boligkjeder/)
  t.match(
    said({ classes: [1, 3, 2, 4, 5], tiers: ['home_district', 'preferred_form'] }),
    /etter hasteklasse \(1, 3, 2, 4, 5\), egen bydel, foretrukket boligform og ventetid/,
  )
  t.match(said({ wishes: ['district.served'] }), /Plasser kan gis til personer fra alle bydeler/)
  t.match(
    said({ requirements: ['preferred_form', 'home_district'] }),
    /Ingen får en annen boligform .*Ingen får en plass utenfor/,
  )
})
