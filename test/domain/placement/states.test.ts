import fc from 'fast-check'
import t from 'tap'
import { OFFER_STATE_NAMES, OFFER_STATES, type OfferFacts, offerState } from '../../../src/domain/placement/offer.ts'
import { REFERRAL_STATES, referralState, whyNow } from '../../../src/domain/placement/referral.ts'
import { rightOfReturnSentence } from '../../../src/domain/placement/rightOfReturn.ts'
import {
  isReady,
  type NextHome,
  rightOfReturnUntil,
  STAY_STATES,
  stayState,
} from '../../../src/domain/placement/stay.ts'
import { givenSince } from '../../../src/domain/placement/vacancy.ts'
import type { Urgency } from '../../../src/domain/urgency.ts'
import { day } from '../baseline.ts'

const NOW = '2026-09-01T10:00:00.000Z'
const AT = '2026-08-20T10:00:00.000Z'
const SENT: OfferFacts = {
  replyBy: '2026-09-08T22:00:00.000Z',
  acceptedAt: null,
  declinedAt: null,
  withdrawnAt: null,
  notArrivedReason: null,
  expiredAt: null,
  movedInAt: null,
  conditional: false,
  firmAt: null,
  placeGone: false,
}

t.test('an offer is the first of its states that holds', async (t) => {
  const rows: [string, Partial<OfferFacts>, string][] = [
    ['waits for an answer', {}, 'sent'],
    ['waits for a move', { conditional: true }, 'conditional'],
    ['is firm once that move is', { conditional: true, firmAt: AT }, 'sent'],
    ['somebody else has the place', { placeGone: true }, 'superseded'],
    ['the place is gone whatever it waits for', { placeGone: true, conditional: true }, 'superseded'],
    ['said yes', { acceptedAt: AT }, 'accepted'],
    ['said yes, and its deadline is over', { acceptedAt: AT, replyBy: AT }, 'accepted'],
    ['said yes while it waits for a move', { acceptedAt: AT, conditional: true }, 'accepted'],
    ['the deadline is now', { replyBy: NOW }, 'expired'],
    ['the deadline is a moment away', { replyBy: '2026-09-01T10:00:00.001Z' }, 'sent'],
    ['ran out and was ended', { expiredAt: AT, replyBy: AT }, 'expired'],
    ['ran out before somebody else had it', { replyBy: AT, placeGone: true }, 'expired'],
    ['said no', { declinedAt: AT }, 'declined'],
    ['said no after a yes', { declinedAt: AT, acceptedAt: AT }, 'declined'],
    ['taken back after a yes', { withdrawnAt: AT, acceptedAt: AT }, 'withdrawn'],
    ['said yes and never came', { withdrawnAt: AT, acceptedAt: AT, notArrivedReason: 'no_contact' }, 'not_arrived'],
    ['moved in', { movedInAt: AT, acceptedAt: AT, replyBy: AT }, 'moved_in'],
  ]
  for (const [name, change, expected] of rows) t.equal(offerState({ ...SENT, ...change }, NOW), expected, name)
  t.same(Object.keys(OFFER_STATE_NAMES).sort(), [...OFFER_STATES].sort())
})

t.test('an offer that has run out never comes back by time alone', async () => {
  const instants = fc
    .integer({ min: 0, max: 20 })
    .map((days) => new Date(Date.parse(AT) + days * 86_400_000).toISOString())
  fc.assert(
    fc.property(instants, instants, fc.boolean(), (replyBy, now, placeGone) => {
      const offer = { ...SENT, replyBy, placeGone }
      const later = new Date(Date.parse(now) + 86_400_000).toISOString()
      return offerState(offer, now) !== 'expired' || offerState(offer, later) === 'expired'
    }),
  )
})

t.test('a referral', async (t) => {
  const open = { answerDueOn: day('2026-09-01'), answer: null, withdrawnAt: null }
  const states = [
    referralState({ ...open, answer: 'declined', withdrawnAt: AT }, day('2026-09-01')),
    referralState({ ...open, answer: 'declined' }, day('2026-12-01')),
    referralState({ ...open, answer: 'place_given' }, day('2026-12-01')),
    referralState({ ...open, answer: 'waiting' }, day('2026-12-01')),
    referralState(open, day('2026-09-02')),
    referralState(open, day('2026-09-01')),
  ]
  t.same(states, [...REFERRAL_STATES], 'on the day it is due it is still in time')
})

t.test('a stay past its day is overdue and lasts until somebody has left', async (t) => {
  const since = { from: day('2024-02-29'), to: null }
  const expectedUntil = day('2026-09-01')
  t.same(
    [
      stayState({ during: { ...since, to: day('2026-08-01') }, expectedUntil }, day('2026-10-25')),
      stayState({ during: since, expectedUntil }, day('2026-09-02')),
      stayState({ during: since, expectedUntil }, day('2026-09-01')),
    ],
    [...STAY_STATES],
  )
  t.equal(stayState({ during: since, expectedUntil: null }, day('2099-01-01')), 'present', 'none was agreed')
})

const NOTHING_DECIDED = { decisions: [], serviceDecisionOn: null }
const GRANTED = { decisions: [], serviceDecisionOn: day('2026-09-01') }

t.test('whether somebody has a home to go to on the day she leaves', async (t) => {
  const on = day('2026-09-01')
  const stay = { kind: 'stay' as const, form: 'municipal' as const, leaseSignedOn: null, decided: NOTHING_DECIDED }
  const offer = { ...stay, kind: 'offer' as const, beginsOn: day('2026-09-15') }
  const rows: [string, NextHome, boolean][] = [
    ['lives there since that day', { ...stay, beginsOn: on }, true],
    ['moved in a day later', { ...stay, beginsOn: day('2026-09-02') }, false],
    ['signed that day', { ...offer, leaseSignedOn: on }, true],
    ['signed a day later', { ...offer, leaseSignedOn: day('2026-09-02') }, false],
    ['not signed, whatever is decided', { ...offer, decided: GRANTED }, false],
    ['decided, where the home is given by decision', { ...offer, form: 'vel_coping', decided: GRANTED }, true],
    [
      'decided a day later',
      { ...offer, form: 'vel_coping', decided: { ...GRANTED, serviceDecisionOn: day('2026-09-02') } },
      false,
    ],
    ['not decided there', { ...offer, form: 'vel_coping', leaseSignedOn: on }, false],
  ]
  for (const [name, home, expected] of rows) t.equal(isReady(home, on), expected, name)
})

t.test(
  'the right to come back is for who moved on from an institution, and its last day is the one before',
  async (t) => {
    const on = day('2026-08-25')
    t.equal(rightOfReturnUntil('vel_coping', true, on), '2026-11-23')
    t.equal(rightOfReturnUntil('vel_coping', false, on), null, 'left for another reason')
    t.equal(rightOfReturnUntil('municipal', true, on), null, 'nothing to come back to')
    const right = { facilityName: 'Heimen', until: day('2026-11-23') }
    t.equal(rightOfReturnSentence(right), 'Rett til å komme tilbake til Heimen til og med 22. november 2026.')
  },
)

t.test('what somebody else was given of a place since the day its resident was said to leave', async (t) => {
  const from = day('2026-08-20')
  const range = (start: string, end: string | null) => ({ from: day(start), to: end === null ? null : day(end) })
  const held = [{ during: range('2026-09-15', null), answerBy: null }]
  const rows: [string, Parameters<typeof givenSince>[0], string | null, string | undefined][] = [
    ['nothing', { occupied: [range('2026-01-01', '2026-08-20')], held: [] }, null, undefined],
    ['lived in since', { occupied: [range('2026-08-25', null)], held: [] }, null, 'taken'],
    ['lived in for some days', { occupied: [range('2026-08-25', '2026-08-26')], held: [] }, null, 'taken'],
    [
      'lived in after the day she did leave',
      { occupied: [range('2026-08-25', null)], held: [] },
      '2026-08-25',
      undefined,
    ],
    [
      'lived in before the day she did leave',
      { occupied: [range('2026-08-25', null)], held: [] },
      '2026-08-26',
      'taken',
    ],
    ['promised', { occupied: [], held }, null, 'held'],
    ['promised, and she did leave', { occupied: [], held }, '2026-08-30', undefined],
  ]
  for (const [name, place, to, expected] of rows)
    t.equal(givenSince(place, { from, to: to === null ? null : day(to) }, day('2026-09-01'))?.kind, expected, name)
})

t.test('why a referral needs an answer now', async (t) => {
  const today = day('2026-09-10')
  const calm: Urgency = {
    urgencyClass: 5,
    className: 'Andre',
    grounds: [],
    daysInSituation: null,
    daysSinceRegistration: 0,
    policyVersion: 1,
  }
  const pressing = {
    state: 'sent',
    sentOn: day('2026-09-01'),
    answerDueOn: day('2026-09-15'),
    answeredOn: null,
    plannedOn: null,
    urgency: calm,
    mustLeaveBy: null,
  } as const
  t.same(whyNow(pressing, today), ['Svaret skal gis om 5 dager.'])
  t.same(whyNow({ ...pressing, answerDueOn: today }, today), ['Svaret skal gis i dag.'])
  t.same(whyNow({ ...pressing, state: 'overdue', answerDueOn: day('2026-09-09') }, today), [
    'Svaret er 1 dag forsinket.',
  ])
  t.same(whyNow({ ...pressing, state: 'waiting', answeredOn: day('2026-09-04') }, today), [
    'På venteliste i 6 dager, henvist 1. september 2026.',
  ])
  t.same(
    whyNow(
      {
        ...pressing,
        urgency: { ...calm, urgencyClass: 1, className: 'Uten et sted å være' },
        mustLeaveBy: today,
        plannedOn: day('2026-10-01'),
      },
      today,
    ),
    [
      'Hasteklasse 1: uten et sted å være.',
      'Må flytte innen 10. september 2026, som er i dag.',
      'Svaret skal gis om 5 dager.',
      'Flyttingen er planlagt 1. oktober 2026 i en boligkjede.',
    ],
    'what presses most first',
  )
  t.same(
    whyNow({ ...pressing, mustLeaveBy: day('2026-09-09') }, today)[0],
    'Skulle ha flyttet innen 9. september 2026.',
  )
  for (const state of ['withdrawn', 'declined', 'place_given'] as const)
    t.same(whyNow({ ...pressing, state }, today), [])
})
