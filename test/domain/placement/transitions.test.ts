import t from 'tap'
import { CAPABILITIES } from '../../../src/access/capabilities.ts'
import { DomainError } from '../../../src/domain/error.ts'
import { CHAIN_STATES } from '../../../src/domain/placement/chain.ts'
import { blockersOf, permit, type Situation } from '../../../src/domain/placement/decide.ts'
import { HOLD_STATES } from '../../../src/domain/placement/hold.ts'
import { OFFER_STATES } from '../../../src/domain/placement/offer.ts'
import { PRECONDITIONS } from '../../../src/domain/placement/preconditions.ts'
import { REFERRAL_STATES } from '../../../src/domain/placement/referral.ts'
import { STAY_STATES } from '../../../src/domain/placement/stay.ts'
import type { Transition } from '../../../src/domain/placement/transition.ts'
import { TRANSITIONS } from '../../../src/domain/placement/transitions.ts'
import { CASE_STEPS, READINESS_ITEMS } from '../../../src/reference/readiness.ts'
import { HELD_TO } from './heldTo.ts'

const STATES = {
  offer: ['none', ...OFFER_STATES],
  referral: ['none', ...REFERRAL_STATES],
  stay: ['none', ...STAY_STATES],
  need: ['none', 'draft', 'registered', 'withdrawn', 'closed'],
  hold: ['none', ...HOLD_STATES],
  chain: ['none', ...CHAIN_STATES],
  decision: ['none', 'draft', 'issued', 'final', 'appealed', 'appeal_forwarded', 'appeal_decided'],
  appeal: ['none', 'received', 'forwarded', 'decided'],
} as const
const rows: readonly Transition[] = TRANSITIONS
const items: readonly { id: string; title: string; why: string; stops: (typeof CASE_STEPS)[number] | 'none' }[] =
  READINESS_ITEMS
const nothingMissing = items.map((item) => ({ ...item, present: true }))
const clear = (state: Situation['state']): Situation => ({
  state,
  readiness: nothingMissing,
  failing: [],
  overridden: [],
})

function codeOf(id: Transition['id'], situation: Situation): string {
  try {
    permit(id as (typeof TRANSITIONS)[number]['id'], situation)
    return 'permitted'
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}

t.test('the table is whole', async (t) => {
  t.equal(new Set(rows.map(({ id }) => id)).size, rows.length)
  for (const row of rows) {
    t.equal(row.id, `${row.subject}.${row.action}`)
    t.ok(
      row.capability === 'system' || row.capability === 'consequence' || row.capability in CAPABILITIES,
      `${row.id}: ${row.capability}`,
    )
    const known: readonly string[] = STATES[row.subject]
    t.ok(
      [...row.from, ...row.to].every((state) => state === 'same' || known.includes(state)),
      `${row.id}: its states are those of its subject`,
    )
    for (const words of [row.consequence, row.sentence, row.source]) t.not(words, '', row.id)
  }
  const asked = new Set(rows.flatMap(({ preconditions }) => preconditions))
  for (const { id } of PRECONDITIONS) t.ok(asked.has(id), `${id} is asked for somewhere`)
  for (const [subject, states] of Object.entries(STATES)) {
    const reached = new Set(rows.filter((row) => row.subject === subject).flatMap(({ from, to }) => [...from, ...to]))
    const unreached = states.filter((state) => !reached.has(state))
    // derived without a transition of their own, or left by none
    t.same(
      unreached,
      {
        offer: [],
        referral: [],
        stay: [],
        need: [],
        hold: [],
        chain: ['complete'],
        decision: ['appealed', 'appeal_forwarded', 'appeal_decided'],
        appeal: [],
      }[subject],
      `${subject}: every other state is met`,
    )
  }
})

t.test('each is held to what it is to be held to', async (t) => {
  t.same(rows.map(({ id }) => id).toSorted(), Object.keys(HELD_TO).toSorted())
  for (const { id, capability, from, to, preconditions } of rows) {
    const held = {
      by: capability,
      from: [...from].toSorted(),
      to: [...to].toSorted(),
      needs: [...preconditions].toSorted(),
    }
    const wanted = HELD_TO[id]
    t.same(
      held,
      wanted && { ...wanted, from: wanted.from.toSorted(), to: wanted.to.toSorted(), needs: wanted.needs.toSorted() },
      id,
    )
  }
})

for (const row of rows) {
  t.test(row.id, async (t) => {
    for (const state of STATES[row.subject]) {
      const blockers = blockersOf(row, clear(state))
      if (row.from.includes(state)) t.same(blockers, [], `from ${state}`)
      else t.match(blockers, [{ kind: 'state', state }], `not from ${state}`)
    }
    const [from] = row.from
    if (from === undefined) return t.fail('from nowhere')
    for (const item of items) {
      const readiness = nothingMissing.map((one) => (one.id === item.id ? { ...one, present: false } : one))
      const stops = CASE_STEPS.some((step) => step === item.stops && row.steps.includes(step))
      const blockers = blockersOf(row, { ...clear(from), readiness })
      t.same(
        blockers.map(({ kind, ...rest }) => ('id' in rest ? rest.id : kind)),
        stops ? [item.id] : [],
        `without ${item.id} (${item.stops}) it ${stops ? 'waits' : 'goes on'}`,
      )
      if (!stops) continue
      t.equal(codeOf(row.id, { ...clear(from), readiness }), 'step_stopped')
      t.same(blockersOf(row, { ...clear(from), readiness, overridden: [item.id] }), [], 'unless it is set aside')
    }
    for (const { id, code } of PRECONDITIONS) {
      const asks = row.preconditions.includes(id)
      t.equal(
        codeOf(row.id, { ...clear(from), failing: [id] }),
        asks ? code : 'permitted',
        asks ? `not when ${id} fails` : `does not ask for ${id}`,
      )
    }
  })
}

t.test('a refusal names the first thing in the way, and says all of them', async (t) => {
  const situation: Situation = {
    state: 'none',
    readiness: [{ id: 'window_stated', title: 'Når', why: 'Fordi.', stops: 'offer', present: false }],
    failing: ['place_fits', 'place_not_held'],
    overridden: [],
    unfit: [{ pointer: '', code: 'age.band', detail: 'Alder.' }],
    place: { id: 'p', needId: 'n', standing: { kind: 'held', until: null, sentence: 'Reservert.' } },
  }
  t.throws(() => permit('offer.send', situation), {
    code: 'step_stopped',
    errors: [{ code: 'window_stated' }, { code: 'place_not_held' }, { code: 'place_fits' }, { code: 'age.band' }],
    contest: undefined,
  })
  t.throws(() => permit('offer.send', { ...situation, readiness: [] }), {
    code: 'place_held',
    message: 'Reservert.',
    contest: { placeId: 'p', needId: 'n', standing: { kind: 'held' } },
  })
})
