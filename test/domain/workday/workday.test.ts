import fc from 'fast-check'
import t from 'tap'
import { addDays } from '../../../src/domain/day.ts'
import { FORMS } from '../../../src/domain/ladder.ts'
import { OFFER_STATES } from '../../../src/domain/placement/offer.ts'
import { TASK_KINDS } from '../../../src/domain/placement/tasks.ts'
import { urgencyOf } from '../../../src/domain/urgency.ts'
import type { NeedAtWork, OfferAtWork, StayAtWork, TaskAtWork, WorkFacts } from '../../../src/domain/workday/facts.ts'
import { WORK_KINDS, workKindOfTask } from '../../../src/domain/workday/kinds.ts'
import { compareKeys, workdayOf } from '../../../src/domain/workday/order.ts'
import { workOf } from '../../../src/domain/workday/work.ts'
import { LEGAL_TRACKS } from '../../../src/reference/legalTracks.ts'
import { URGENCY_POLICY } from '../../../src/reference/policies.ts'
import { days } from '../arbitraries.ts'
import { ALNA, day, TODAY } from '../baseline.ts'

const PLACE = { label: 'H1', facilityName: 'Haugen' }

const NEED: NeedAtWork = {
  id: 'need',
  householdId: 'household',
  status: 'registered',
  startedOn: day('2026-08-01'),
  situation: {
    grounds: [],
    origin: null,
    situationSince: null,
    mustLeaveBy: null,
    readyToMoveOnSince: null,
    childrenLiving: 0,
    registeredOn: day('2026-08-03'),
  },
  readiness: {
    forms: ['municipal'],
    windowStated: true,
    responsibleDistrict: ALNA,
    lastAssessedOn: day('2026-08-01'),
    privateRental: 'not_possible',
    serviceDecisionOn: null,
    consents: [],
    individualPlanOfferedOn: null,
    contactPerson: null,
  },
  decisions: LEGAL_TRACKS.map(({ id }) => ({ track: id, outcome: 'granted', issuedOn: day('2026-08-10') })),
  parkedUntil: null,
  offered: false,
  proposed: false,
}
const OFFER: OfferAtWork = {
  id: 'offer',
  needId: 'need',
  householdId: 'household',
  state: 'sent',
  answerBy: day('2026-09-05'),
  place: PLACE,
  chainId: null,
}
const STAY: StayAtWork = {
  id: 'stay',
  householdId: 'household',
  needId: null,
  form: 'municipal',
  from: day('2025-01-01'),
  expectedUntil: null,
  place: PLACE,
  facilityId: 'house',
}
const TASK: TaskAtWork = {
  id: 'task',
  kind: 'find_next_place',
  dueOn: TODAY,
  reason: 'Fordi.',
  householdId: 'household',
  needId: 'need',
  offerId: null,
  stayId: null,
  facilityId: null,
  chainId: null,
}

const nothing: WorkFacts = { needs: [], offers: [], stays: [], tasks: [] }
const work = (facts: Partial<WorkFacts>) => workOf({ ...nothing, ...facts }, TODAY)
const need = (change: Partial<NeedAtWork>, situation: Partial<NeedAtWork['situation']> = {}): NeedAtWork => ({
  ...NEED,
  ...change,
  situation: { ...NEED.situation, ...situation },
})

const grounds = URGENCY_POLICY.classes.flatMap((one) => one.grounds.map(({ id }) => id))
const indexed = <T extends { id: string }>(one: fc.Arbitrary<T>, name: string, maxLength = 6) =>
  fc.array(one, { maxLength }).map((all) => all.map((each, i): T => ({ ...each, id: `${name}-${i}` })))

const needs = indexed(
  fc
    .record({
      status: fc.constantFrom('draft' as const, 'registered' as const),
      stated: fc.subarray(grounds, { maxLength: 2 }),
      mustLeaveBy: fc.option(days),
      registeredOn: days,
      offered: fc.boolean(),
      proposed: fc.boolean(),
      parkedUntil: fc.option(days),
      assessed: fc.boolean(),
    })
    .map(({ status, stated, mustLeaveBy, registeredOn, assessed, ...rest }) => ({
      ...need(
        { status, ...rest },
        { grounds: stated, mustLeaveBy, registeredOn: status === 'draft' ? null : registeredOn },
      ),
      readiness: { ...NEED.readiness, lastAssessedOn: assessed ? TODAY : null },
    })),
  'need',
)
const offers = indexed(
  fc
    .record({ state: fc.constantFrom(...OFFER_STATES), answerBy: days })
    .map((change): OfferAtWork => ({ ...OFFER, ...change })),
  'offer',
)
const stays = indexed(
  fc
    .record({
      form: fc.constantFrom(...FORMS.filter(({ isPlace }) => isPlace).map(({ id }) => id)),
      from: fc.integer({ min: -1200, max: 0 }).map((count) => addDays(TODAY, count)),
      expectedUntil: fc.option(days),
    })
    .map((change): StayAtWork => ({ ...STAY, ...change })),
  'stay',
)
const tasks = indexed(
  fc
    .record({
      kind: fc.constantFrom(...TASK_KINDS.map(({ id }) => id)),
      dueOn: days,
      about: fc.integer({ min: 0, max: 5 }),
    })
    .map(
      ({ about, ...change }): TaskAtWork => ({
        ...TASK,
        ...change,
        offerId: `offer-${about}`,
        stayId: `stay-${about}`,
      }),
    ),
  'task',
  12,
)
const facts: fc.Arbitrary<WorkFacts> = fc.record({ needs, offers, stays, tasks })

t.test('nothing with a deadline is left out, nothing stands twice, and each says why', async () => {
  fc.assert(
    fc.property(facts, (given) => {
      const { works, total, later } = workdayOf(workOf(given, TODAY), TODAY, null)
      const shown = works.map(({ work: one }) => one)
      const one = (subject: string, id: string) => shown.find((each) => each.subject === subject && each.id === id)
      const taskIds = shown.map(({ taskId }) => taskId).filter((id) => id !== null)
      return (
        later === 0 &&
        total === shown.length &&
        // every task, once, and never later than it is due
        taskIds.length === given.tasks.length &&
        given.tasks.every(({ id, dueOn }) =>
          shown.some((each) => each.taskId === id && each.dueOn !== null && each.dueOn <= dueOn),
        ) &&
        // every offer that somebody has to answer or replace
        given.offers.every(({ id, state, answerBy }) => {
          const found = one('offer', id)
          const waits = state === 'sent' || state === 'conditional' || state === 'superseded'
          if (!waits) return found === undefined
          return found?.dueOn != null && found.dueOn <= (state === 'superseded' ? TODAY : answerBy)
        }) &&
        // every stay beyond what was agreed
        given.stays.every(
          ({ id, expectedUntil }) =>
            expectedUntil === null || expectedUntil >= TODAY || one('stay', id)?.kinds.includes('stay') === true,
        ) &&
        // everybody who cannot wait, unless she has an offer
        given.needs.every((each) => {
          const { urgencyClass } = urgencyOf(each.situation, TODAY)
          const found = one('need', each.id)
          if (urgencyClass > 2 || each.offered) return found?.kinds.includes('urgent') !== true
          return found?.kinds.includes('urgent') === true && found.dueOn !== null
        }) &&
        new Set(works.map(({ key }) => key.join())).size === works.length &&
        shown.every(({ kinds, reasons }) => kinds.length > 0 && reasons.length > 0)
      )
    }),
    { numRuns: 500 },
  )
})

t.test('the order is by deadline, what is over its day being due now, and what has none last', async () => {
  fc.assert(
    fc.property(facts, fc.option(days), (given, horizon) => {
      const all = workOf(given, TODAY)
      const { works, later } = workdayOf(all, TODAY, horizon)
      const actOn = works.map(({ work: { dueOn } }) => (dueOn === null ? '9999' : dueOn < TODAY ? TODAY : dueOn))
      const cut = all.filter(({ dueOn }) => horizon !== null && dueOn !== null && dueOn > horizon).length
      return (
        actOn.every((on, i) => i === 0 || (actOn[i - 1] ?? '') <= on) &&
        later === cut &&
        works.length === all.length - cut
      )
    }),
  )
})

t.test('any pages put together are the whole', async () => {
  fc.assert(
    fc.property(facts, fc.integer({ min: 1, max: 7 }), (given, size) => {
      const { works } = workdayOf(workOf(given, TODAY), TODAY, null)
      const paged: typeof works = []
      for (;;) {
        const after = paged.at(-1)?.key
        const page = works.filter(({ key }) => after === undefined || compareKeys(key, after) > 0).slice(0, size)
        if (page.length === 0) break
        paged.push(...page)
      }
      return paged.length === works.length && paged.every((one, i) => one === works[i])
    }),
  )
})

t.test('the counts are of every kind, and something of two kinds counts in both', async () => {
  fc.assert(
    fc.property(facts, (given) => {
      const { works, kinds, due } = workdayOf(workOf(given, TODAY), TODAY, null)
      return (
        kinds.length === WORK_KINDS.length &&
        kinds.every(
          ({ kind, count }) => count === works.filter(({ work: { kinds: of } }) => of.includes(kind)).length,
        ) &&
        due === works.filter(({ work: { dueOn } }) => dueOn !== null && dueOn <= TODAY).length
      )
    }),
  )
})

t.test('among what is due now, who cannot wait comes first and the oldest before the younger', async (t) => {
  const { works } = workdayOf(
    work({
      tasks: [
        { ...TASK, id: 'a', dueOn: day('2026-08-20') },
        { ...TASK, id: 'b', dueOn: day('2026-06-01') },
      ],
      stays: [{ ...STAY, expectedUntil: day('2026-01-01') }],
      needs: [
        need({ id: 'tonight' }, { grounds: ['no_place_tonight'] }),
        need({ id: 'soon' }, { grounds: ['release'], mustLeaveBy: day('2026-06-01') }),
        need({ id: 'idle', proposed: true }),
      ],
      offers: [{ ...OFFER, answerBy: TODAY }],
    }),
    TODAY,
    null,
  )
  t.strictSame(
    works.map(({ work: { subject, id } }) => `${subject} ${id}`),
    ['need tonight', 'need soon', 'offer offer', 'stay stay', 'task b', 'task a', 'need idle'],
  )
})

t.test('somebody who cannot wait', async (t) => {
  const first = (...given: Parameters<typeof need>) => work({ needs: [need(...given)] })[0]
  t.match(first({}, { grounds: ['violence'], mustLeaveBy: day('2026-09-09') }), {
    kinds: ['urgent'],
    title: 'Trenger plass nå',
    dueOn: TODAY,
  })
  t.match(first({}, { origin: 'specialist_care', mustLeaveBy: day('2026-09-09'), situationSince: day('2026-08-31') }), {
    kinds: ['urgent', 'discharge_ready'],
    title: 'Utskrivningsklar, trenger plass',
    dueOn: '2026-09-09',
    reasons: ['Er utskrivningsklar, 1 dag i situasjonen. Må ut innen 9. september 2026. Ingen plass er tilbudt.'],
  })
  t.match(first({}, { grounds: ['discharge_ready'] }), { dueOn: '2026-08-17' }, 'the target counts from registration')
  t.match(
    first({ status: 'draft' }, { grounds: ['eviction'], registeredOn: null }),
    { kinds: ['urgent', 'not_ready'], dueOn: '2026-08-15', reasons: [/Kastes ut/, /kladd/] },
    'a draft too, from the day it was begun',
  )
  t.match(first({ parkedUntil: day('2026-09-20') }, { grounds: ['violence'] }), {
    reasons: [/vold/, /hviler til 20\./],
  })
  t.equal(
    first({ offered: true }, { grounds: ['violence'] }),
    undefined,
    'who has an offer does not wait for a first one',
  )
  t.equal(first({}, { mustLeaveBy: day('2026-09-30') }), undefined, 'four weeks ahead is not urgent')
})

t.test('a need that lacks something, and one that a place is proposed to', async (t) => {
  const lacking = { ...NEED.readiness, lastAssessedOn: null, responsibleDistrict: null }
  t.match(work({ needs: [{ ...NEED, readiness: lacking }] }), [
    {
      kinds: ['not_ready'],
      title: 'Behovet er ikke klart',
      dueOn: null,
      reasons: ['Mangler: avklart ansvarlig bydel (stopper henvisning), ny nok kartlegging (stopper henvisning).'],
    },
  ])
  t.strictSame(work({ needs: [NEED] }), [], 'one that waits, and nothing is new')
  t.match(work({ needs: [{ ...NEED, proposed: true }] }), [{ kinds: ['match'], title: 'Ny plass er foreslått' }])
  t.match(work({ needs: [{ ...NEED, proposed: true, readiness: lacking }] }), [{ kinds: ['match', 'not_ready'] }])
  t.strictSame(work({ needs: [{ ...NEED, proposed: true, offered: true }] }), [])
  t.strictSame(work({ needs: [{ ...NEED, proposed: true, parkedUntil: addDays(TODAY, 1) }] }), [], 'while it rests')
  t.match(
    work({ needs: [{ ...NEED, proposed: true, parkedUntil: TODAY }] }),
    [{ kinds: ['match'] }],
    'it rests no more',
  )
  t.match(work({ needs: [{ ...NEED, status: 'draft' }] }), [{ title: 'Behovet er en kladd' }])
})

t.test('a decision that is late, once: as its task or by itself', async (t) => {
  const late = need({ decisions: [] }, { registeredOn: day('2025-01-01') })
  const about = (given: Partial<WorkFacts>) => work(given).filter(({ subject }) => subject === 'decision')
  const [found] = about({ needs: [late] })
  t.match(found, { kinds: ['decision'], title: 'Vedtakene er forsinket', needId: 'need', dueOn: '2025-01-31' })
  t.match(found?.reasons, [/^Hjelp .*Vedtaket mangler\. Fristen gikk ut/, /^Kommunal bolig: Vedtaket mangler/])
  const asked = LEGAL_TRACKS.map(({ id }): TaskAtWork => ({ ...TASK, id, kind: `decide_${id}` }))
  t.strictSame(about({ needs: [late], tasks: asked }), [], 'what is a task stands there')
  t.match(about({ needs: [late], tasks: asked.filter(({ id }) => id !== 'municipal_home') }), [
    { title: 'Vedtaket er forsinket', reasons: [/^Kommunal bolig/] },
  ])
  t.equal(about({ needs: [late], tasks: asked.map((task) => ({ ...task, needId: 'another' })) }).length, 1)
  t.strictSame(about({ needs: [need({ decisions: [] }, { registeredOn: TODAY })] }), [], 'in time')
  t.strictSame(about({ needs: [need({ status: 'draft', decisions: [] }, { registeredOn: null })] }), [], 'nobody asked')
})

t.test('an offer by its state, with the reminder of it in the same row', async (t) => {
  t.match(work({ offers: [OFFER] }), [{ dueOn: '2026-09-05', reasons: [/løper ut etter 5\. september 2026/] }])
  t.match(work({ offers: [{ ...OFFER, state: 'superseded' }] }), [{ dueOn: TODAY, reasons: [/nest beste/] }])
  t.match(work({ offers: [{ ...OFFER, state: 'conditional', chainId: 'chain' }] }), [
    { kinds: ['offer', 'chain'], title: 'Betinget tilbud i en boligkjede', chainId: 'chain' },
  ])
  t.strictSame(work({ offers: [{ ...OFFER, state: 'accepted' }] }), [], 'an accepted one is its task’s affair')
  const reminder = { ...TASK, kind: 'offer_reply_due', offerId: 'offer', dueOn: day('2026-09-04') }
  t.match(work({ offers: [OFFER], tasks: [reminder] }), [{ subject: 'offer', taskId: 'task', dueOn: '2026-09-04' }])
  t.match(work({ tasks: [reminder] }), [{ subject: 'task', kinds: ['offer'] }], 'one whose offer is not there stands')
  t.equal(work({ offers: [OFFER], tasks: [{ ...reminder, kind: 'withdraw_other_offers' }] }).length, 2)
})

t.test('a stay beyond what was agreed, and beyond the norm', async (t) => {
  const stay = (change: Partial<StayAtWork>) => work({ stays: [{ ...STAY, ...change }] })
  t.strictSame(stay({ expectedUntil: TODAY }), [], 'the last day is in time')
  t.match(stay({ expectedUntil: day('2026-08-31') }), [
    { dueOn: '2026-08-31', reasons: [/^Bor fortsatt på H1, Haugen\. Det er avtalt til 31\. august 2026\./] },
  ])
  const fortnight = { form: 'vel_emergency' as const }
  t.strictSame(stay({ ...fortnight, from: day('2026-08-18') }), [], 'the fourteenth day is within the norm')
  t.match(stay({ ...fortnight, from: day('2026-08-17') }), [
    {
      title: 'Oppholdet har vart lenger enn normen',
      dueOn: '2026-08-31',
      reasons: [/1 dag over normen for akutt \(VEL\)/],
    },
  ])
  t.match(
    stay({ ...fortnight, from: day('2026-08-01'), expectedUntil: day('2026-09-10') }),
    [{ dueOn: '2026-09-10', reasons: [/17 dager over normen.*avtalt til 10\. september/] }],
    'agreed beyond the norm, it is due when the agreement ends',
  )
  t.match(stay({ ...fortnight, from: day('2026-08-01'), expectedUntil: day('2026-08-15') })[0]?.reasons, [
    /Bor fortsatt/,
    /over normen/,
  ])
  const told = { ...TASK, kind: 'stay_overdue', stayId: 'stay', dueOn: day('2026-08-31') }
  t.match(work({ stays: [{ ...STAY, expectedUntil: day('2026-08-31') }], tasks: [told] }), [
    { subject: 'stay', taskId: 'task' },
  ])
})

t.test('each kind of task has its place', async (t) => {
  t.equal(workKindOfTask('chain_broken'), 'chain')
  t.equal(workKindOfTask('decide_municipal_home'), 'decision')
  t.equal(workKindOfTask('appeal_answer_due'), 'decision')
  t.equal(workKindOfTask('check_3m'), 'task')
  t.equal(workKindOfTask('toString'), 'task')
})
