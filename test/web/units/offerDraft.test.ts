import t from 'tap'
import { readProblem } from '../../../src/web/api/problem.ts'
import type { Explanation } from '../../../src/web/api/types.ts'
import {
  blankDraft,
  moveInOf,
  offerBody,
  overridable,
  proposedAnswerBy,
  skipQuestion,
  stopsOffer,
} from '../../../src/web/pages/offers/draft.ts'
import { ALNA } from '../../support/fixtures.ts'
import { aNeed } from './records.ts'

const today = '2026-09-01'
const rule = (ruleId: string, outcome: 'passed' | 'failed', relaxable: 'person' | 'facility') => ({
  ruleId,
  title: ruleId,
  source: '',
  outcome,
  needed: '',
  offered: '',
  sentence: 'Den er for liten.',
  relaxable,
})
const anExplanation = (changes: Partial<Explanation> = {}): Explanation => ({
  needId: 'n',
  placeId: 'p',
  eligible: true,
  place: {
    label: 'H1',
    form: 'municipal',
    facilityId: 'f',
    facilityName: 'Haugen',
    districtCode: ALNA,
    features: [],
    vacancyConfirmedAt: null,
  },
  availableFrom: '2026-09-10',
  fit: null,
  rules: [],
  missingSteps: [],
  ...changes,
})

t.test('what is proposed for an offer, and what is written over it', async (t) => {
  const there = anExplanation()
  t.equal(moveInOf(blankDraft, there, today), '2026-09-10', 'not before the place is free')
  t.equal(moveInOf(blankDraft, { ...there, availableFrom: today }, today), '2026-09-08', 'with a week to answer')
  const acute = { ...there.place, form: 'temporary' as const }
  t.equal(
    moveInOf(blankDraft, { place: acute, availableFrom: today }, today),
    today,
    'or at once where nobody can wait',
  )
  t.equal(moveInOf({ moveInOn: '2026-10-01' }, there, today), '2026-10-01')
  t.equal(moveInOf({ moveInOn: '2026-09-05' }, there, today), '2026-09-10', 'a day kept from an earlier place')
  t.equal(moveInOf({ moveInOn: '31.2.' }, there, today), '31.2.', 'what is no day is for the service to refuse')
  t.equal(proposedAnswerBy('2026-09-10', today), '2026-09-08')
  t.equal(proposedAnswerBy('2026-09-03', today), '2026-09-03')
  t.equal(skipQuestion(['assisted', 'municipal'], 'assisted'), 'none')
  t.equal(skipQuestion(['assisted', 'municipal'], 'municipal'), 'may')
  t.equal(skipQuestion(['assisted'], 'municipal'), 'must')
})

t.test('what can be set aside, and what cannot', async (t) => {
  const missingSteps = [
    { id: 'private_rental_considered', title: 'Privat leie', stops: 'offer' },
    { id: 'assessment_current', title: 'Kartlegging', stops: 'referral' },
    { id: 'service_decision', title: 'Vedtak', stops: 'move_in' },
  ]
  const rules = [
    rule('features.required', 'failed', 'person'),
    rule('age', 'failed', 'facility'),
    rule('district', 'passed', 'person'),
    rule('form.accepted', 'failed', 'person'),
  ]
  const there = anExplanation({ missingSteps, rules })
  t.strictSame(
    overridable(there).map(({ id }) => id),
    ['private_rental_considered', 'features.required'],
  )
  t.strictSame(
    stopsOffer(there),
    [{ id: 'assessment_current', title: 'Kartlegging', stops: 'referral' }].map(({ id, title, stops }) => ({
      id,
      title,
      stops,
    })),
  )
  const need = aNeed({ forms: ['assisted'] })
  const overrides = { 'features.required': ' Hun vil ', private_rental_considered: ' ', gone: 'fra en annen plass' }
  const body = offerBody(need, there, { ...blankDraft, skip: 'forced', skipReason: ' Ingen ledige ', overrides }, today)
  t.match(body, {
    moveInOn: '2026-09-10',
    answerBy: '2026-09-08',
    reserve: true,
    skip: 'forced',
    skipReason: 'Ingen ledige',
  })
  t.strictSame(
    body.overrides,
    [{ id: 'features.required', reason: 'Hun vil' }],
    'only what is asked here and has a reason',
  )
  t.match(
    offerBody(aNeed({ forms: ['municipal'] }), there, { ...blankDraft, skip: 'forced', skipReason: 'x' }, today),
    { skip: 'none', skipReason: null },
    'the form most wanted is no skip',
  )
})

t.test('a lost place says what it is and what is next, and nothing of either is taken for granted', async (t) => {
  const next = {
    placeId: 'p',
    label: 'H2',
    form: 'municipal',
    facilityName: 'Haugen',
    districtCode: ALNA,
    availableFrom: today,
    vacancyConfirmedAt: null,
    lacks: [],
  }
  const body = {
    title: 'Plassen er reservert',
    state: { kind: 'held', until: null, sentence: 'Reservert.' },
    nextBest: [next, { placeId: 1 }, null],
  }
  t.match(readProblem(409, body), { state: { sentence: 'Reservert.' }, nextBest: [next] })
  t.equal(readProblem(409, body).nextBest.length, 1)
  t.match(readProblem(409, { title: 'Nei', state: 'held', nextBest: {} }), { state: null, nextBest: [] })
})
