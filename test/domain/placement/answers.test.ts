import fc from 'fast-check'
import t from 'tap'
import { addDays, type Day } from '../../../src/domain/day.ts'
import { DomainError } from '../../../src/domain/error.ts'
import type { HousingForm } from '../../../src/domain/ladder.ts'
import { consequencesOf } from '../../../src/domain/placement/consequences.ts'
import { criterionOf, isCriterion } from '../../../src/domain/placement/criterion.ts'
import { answerDueTask, answeredTask } from '../../../src/domain/placement/referralTasks.ts'
import { checkAnswerBy, defaultAnswerBy, longestAnswerBy } from '../../../src/domain/placement/replyBy.ts'
import {
  type ExplainedSkip,
  explainedSkip,
  lackSentence,
  type SkipFacts,
  wantedMore,
} from '../../../src/domain/placement/skip.ts'
import { outcomesFor, TASK_OUTCOMES, taskAfter } from '../../../src/domain/placement/taskOutcome.ts'
import { TASK_KINDS } from '../../../src/domain/placement/tasks.ts'
import { REASON_CODES, type ReasonKind, reasonCode } from '../../../src/reference/reasonCodes.ts'
import { days } from '../arbitraries.ts'
import { day, pairWith, TODAY } from '../baseline.ts'

const PLACE = { label: 'H1', facilityName: 'Haugen' }

/** Where a refused deadline is wrong; undefined when it is not refused. */
function refusal(answerBy: Day, moveInOn: Day): string | undefined {
  try {
    checkAnswerBy(answerBy, moveInOn, TODAY)
    return undefined
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.errors[0]?.code
  }
}

t.test('a deadline that nobody chose is one that anybody may choose', async () => {
  fc.assert(
    fc.property(fc.nat(400), (ahead) => {
      const moveInOn = addDays(TODAY, ahead)
      return [defaultAnswerBy(TODAY, moveInOn), longestAnswerBy(TODAY, moveInOn)].every(
        (answerBy) => refusal(answerBy, moveInOn) === undefined,
      )
    }),
  )
})

t.test('a deadline is from today to the move-in, and at most sixty days away', async (t) => {
  const far = day('2027-09-01')
  t.equal(defaultAnswerBy(TODAY, far), '2026-09-08', 'a week')
  t.equal(defaultAnswerBy(TODAY, day('2026-09-03')), '2026-09-03', 'or the move-in')
  t.equal(longestAnswerBy(TODAY, far), '2026-10-31')
  t.equal(refusal(day('2026-08-31'), far), 'in_the_past')
  t.equal(refusal(TODAY, TODAY), undefined)
  t.equal(refusal(day('2026-09-04'), day('2026-09-03')), 'after_move_in')
  t.equal(refusal(day('2026-10-31'), far), undefined)
  t.equal(refusal(day('2026-11-01'), far), 'too_far_away')
})

/** The need wants a municipal home, else one with help, and was referred to nothing; both can be had, and nobody says anything. */
const SKIP: SkipFacts = {
  forms: ['municipal', 'municipal_support'],
  given: 'municipal',
  said: 'none',
  reason: null,
  returns: false,
  asked: null,
  fitting: ['municipal', 'municipal_support'],
  moveInOn: day('2026-09-15'),
}
const VEL = ['vel_coping', 'vel_care'] as const
const lacks = (form: string) => `Ingen ledig plass i ${form} passet til innflytting 15. september 2026.`
const none = { skip: 'none', skipReason: null } as const
const forced = { said: 'forced', reason: ' Fullt ' } as const
const unsaid = undefined
const SKIPS: [why: string, facts: Partial<SkipFacts>, kept: Partial<ExplainedSkip> | undefined][] = [
  ['what was wanted most is no skip', {}, { formNeeded: 'municipal', ...none }],
  ['and is not said to be one', { said: 'forced', reason: 'Ingen andre' }, unsaid],
  [
    'named further down, and the first could be had',
    { given: 'municipal_support' },
    { formNeeded: 'municipal', ...none },
  ],
  [
    'named further down, and the first could not be had: forced, whether or not it is remembered',
    { given: 'municipal_support', fitting: [] },
    { formNeeded: 'municipal', skip: 'forced', skipReason: lacks('kommunal bolig') },
  ],
  [
    'up as well as down',
    { forms: ['municipal', 'vel_care'], given: 'vel_care', fitting: [] },
    { formNeeded: 'municipal', skip: 'forced' },
  ],
  [
    'a choice is a choice, whatever could be had',
    { given: 'municipal_support', said: 'chosen', reason: 'Vil ha hjelp', fitting: [] },
    { formNeeded: 'municipal', skip: 'chosen', skipReason: 'Vil ha hjelp' },
  ],
  ['a reason of nothing is none', { given: 'municipal_support', said: 'forced', reason: '  ' }, unsaid],
  ['not named at all', { given: 'assisted', fitting: [] }, unsaid],
  [
    'not named, and said',
    { given: 'assisted', ...forced },
    { formNeeded: 'municipal', skip: 'forced', skipReason: 'Fullt' },
  ],
  [
    'forced: needed is the one wanted most of those that lack',
    { given: 'assisted', ...forced, fitting: ['municipal'] },
    { formNeeded: 'municipal_support', skip: 'forced' },
  ],
  ['to come back by right is no skip', { given: 'vel_care', returns: true, fitting: [] }, none],
  [
    'referred to the second: the need says what was needed, and not the referral',
    { forms: VEL, given: 'vel_care', asked: 'vel_care', fitting: [] },
    { formNeeded: 'vel_coping', skip: 'forced', skipReason: lacks('mestring (VEL)') },
  ],
  [
    'referred to the first, given the second because the first is full',
    { forms: VEL, given: 'vel_care', asked: 'vel_coping', fitting: [] },
    { formNeeded: 'vel_coping', skip: 'forced' },
  ],
  [
    'given the second though the first could be had: why?',
    { forms: VEL, given: 'vel_care', asked: 'vel_coping', fitting: ['vel_coping'] },
    unsaid,
  ],
  [
    'said to be forced in answer to a referral: what it asked for is what was needed',
    {
      forms: ['municipal', 'vel_coping'],
      given: 'vel_care',
      asked: 'vel_coping',
      ...forced,
      fitting: ['municipal', 'vel_coping'],
    },
    { formNeeded: 'vel_coping', skip: 'forced' },
  ],
]

t.test('the form needed, the form given, and why they differ', async (t) => {
  for (const [why, facts, kept] of SKIPS) {
    const found = explainedSkip({ ...SKIP, ...facts })
    if (kept === undefined) t.equal(found, undefined, why)
    else t.match(found, kept, why)
  }
  t.equal(
    lackSentence(['municipal', 'private', 'vel_care'], day('2026-09-15')),
    lacks('kommunal bolig, privat leie eller omsorg (VEL)'),
  )
})

t.test('lack of capacity is never kept as nothing, and what is kept differs only with a reason', async () => {
  const formArbitrary = fc.constantFrom<HousingForm>('municipal', 'assisted', 'vel_coping', 'vel_care', 'private')
  fc.assert(
    fc.property(
      fc.uniqueArray(formArbitrary, { minLength: 1, maxLength: 4 }),
      formArbitrary,
      fc.constantFrom('none', 'chosen', 'forced'),
      fc.option(fc.constantFrom('', ' ', 'Fullt')),
      fc.option(formArbitrary),
      fc.subarray<HousingForm>(['municipal', 'assisted', 'vel_coping', 'vel_care', 'private']),
      (forms, given, said, reason, asked, fitting) => {
        const kept = explainedSkip({ ...SKIP, forms, given, said, reason, asked, fitting })
        const better = wantedMore(forms, given)
        const nothing = better.length > 0 && !better.some((form) => fitting.includes(form))
        if (kept === undefined) return given !== forms[0] || said !== 'none'
        if ((kept.skip === 'none') !== (kept.skipReason === null) || kept.skipReason?.trim() === '') return false
        if (!forms.includes(kept.formNeeded) && kept.formNeeded !== asked) return false
        if (given === forms[0]) return kept.skip === 'none'
        return !nothing || said === 'chosen' || kept.skip === 'forced'
      },
    ),
  )
})

function code(kind: ReasonKind, id: string) {
  const found = reasonCode(kind, id)
  if (found === undefined) throw new RangeError(`no reason ${kind} ${id}`)
  return found
}

t.test('no consequence of any reason moves a need in the queue, and only lack of capacity is evidence', async () => {
  for (const reason of REASON_CODES)
    for (const place of [PLACE, undefined]) {
      const found = consequencesOf(reason, place, TODAY)
      const evidence = found.filter(({ kind }) => kind === 'shortfall')
      t.ok(evidence.length === 0 || reason.countsAsShortfall, `${reason.kind} ${reason.id}`)
      t.ok(
        found.every((one) => one.kind !== 'task' || (one.task.dueOn >= TODAY && one.task.reason !== '')),
        `${reason.kind} ${reason.id}: due from today on`,
      )
    }
})

t.test('each kind of consequence', async (t) => {
  const kinds = (kind: ReasonKind, id: string, place: typeof PLACE | null = PLACE) =>
    consequencesOf(code(kind, id), place ?? undefined, TODAY).map((one) =>
      one.kind === 'task' ? `${one.task.kind} ${one.task.dueOn}` : one.kind === 'park' ? `park ${one.until}` : one.kind,
    )
  t.strictSame(kinds('decline_resident', 'area'), [`find_next_place ${TODAY}`])
  t.strictSame(kinds('decline_resident', 'no_contact'), ['park 2026-09-15', 'rest_over 2026-09-15'])
  t.strictSame(kinds('decline_provider', 'criteria'), [`review_criteria ${TODAY}`, `find_next_place ${TODAY}`])
  t.strictSame(kinds('offer_withdrawal', 'outprioritised'), ['shortfall', `find_next_place ${TODAY}`])
  t.strictSame(kinds('offer_withdrawal', 'outprioritised', null), ['shortfall'], 'no place was named')
  t.strictSame(kinds('decline_resident', 'found_own'), ['end_need'])
  t.strictSame(kinds('withdrawal', 'unknown_pending'), ['settle_reason 2026-09-08'])
})

t.test('a house may name its own criteria and nothing that others decide', async (t) => {
  t.ok(isCriterion('age.band') && isCriterion('behaviour.accepted') && isCriterion('pets.accepted'))
  t.notOk(isCriterion('place.admits'), 'that it admits nobody is no criterion')
  t.notOk(isCriterion('place.not_closed') || isCriterion('place.free') || isCriterion('form.accepted'))
  t.ok(isCriterion('household.size'))
  t.notOk(isCriterion('no.such'))
  t.match(criterionOf(pairWith({ house: { petsAllowed: false }, need: { pets: true } }), 'pets.accepted'), {
    outcome: 'failed',
    contradicted: false,
  })
  t.match(criterionOf(pairWith({}), 'pets.accepted'), { outcome: 'passed', contradicted: true })
  t.equal(criterionOf(pairWith({}), 'no.such'), null)
})

t.test('a task ends in a way that belongs to it, and trouble never ends with it', async (t) => {
  const ids = (kind: string) => outcomesFor(kind).map(({ id }) => id)
  t.strictSame(ids('find_next_place'), ['done', 'not_needed'])
  t.strictSame(ids('review_stay'), ['not_needed', 'still_right', 'ready_to_move_on'])
  t.strictSame(ids('check_3m'), ['not_needed', 'goes_well', 'more_help', 'home_at_risk', 'home_left', 'no_contact'])
  const next = (id: string) => {
    const outcome = TASK_OUTCOMES.find((one) => one.id === id)
    if (outcome === undefined) throw new RangeError(id)
    return taskAfter(outcome, 'check_3m', TODAY)
  }
  t.equal(next('goes_well'), undefined)
  t.match(next('more_help'), { kind: 'more_help', dueOn: '2026-09-08' })
  t.match(next('home_at_risk'), { kind: 'home_at_risk', dueOn: '2026-09-02' })
  t.match(next('home_left'), { kind: 'need_after_departure', dueOn: TODAY })
  t.match(next('no_contact'), { kind: 'check_3m', dueOn: '2026-09-15' }, 'the same again')
  for (const { id } of TASK_KINDS) t.ok(ids(id).includes('not_needed'), id)
})

t.test('what Felles inntak is asked and answers', async () => {
  fc.assert(fc.property(days, (dueOn) => answerDueTask('vel_coping', dueOn).dueOn === dueOn))
  const answered = (answer: Parameters<typeof answeredTask>[1]) => answeredTask('vel_coping', answer, TODAY)
  const given = {
    kind: 'place_given',
    place: PLACE,
    moveInOn: day('2026-09-20'),
    answerBy: day('2026-09-08'),
    other: null,
    waits: false,
  } as const
  t.match(answered(given), {
    kind: 'referral_answered',
    dueOn: TODAY,
    reason: /^Felles inntak gir plass på H1, Haugen fra 20\. september 2026\..*innen 8\. september 2026\.$/,
  })
  t.match(answered({ kind: 'waiting' }).reason, /^Henvisningen til mestring \(VEL\) står på venteliste/)
  t.match(
    answered({ kind: 'declined', reasonName: 'Ikke Kriteriene', forCapacity: false }).reason,
    /sa nei til mestring \(VEL\): ikke kriteriene\. Fortell/,
  )
  t.match(
    answered({ kind: 'declined', reasonName: 'Fullt', forCapacity: true }).reason,
    /Det er skrevet som mangel på plass\./,
  )
  const other = (why: string | null) => answered({ ...given, other: { form: 'vel_care', why } }).reason
  t.match(other(null), / 2026\. Det er omsorg \(VEL\)\. Svar /)
  t.match(other('Fullt'), /Det er omsorg \(VEL\): Fullt\. Svar /)
  t.match(other('Fullt.'), /Det er omsorg \(VEL\): Fullt\. Svar /)
  t.match(answered({ ...given, waits: true }).reason, /Tilbudet gjelder når den som bor der/)
})
