import fc from 'fast-check'
import t from 'tap'
import { addDays, type Day } from '../../../src/domain/day.ts'
import { DomainError } from '../../../src/domain/error.ts'
import { consequencesOf } from '../../../src/domain/placement/consequences.ts'
import { criterionOf, isCriterion } from '../../../src/domain/placement/criterion.ts'
import { answerDueTask, answeredTask } from '../../../src/domain/placement/referralTasks.ts'
import { checkAnswerBy, defaultAnswerBy, longestAnswerBy } from '../../../src/domain/placement/replyBy.ts'
import { skipExplained } from '../../../src/domain/placement/skip.ts'
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

t.test('a form that was not the first wish is said to be one, and a forced one says why', async (t) => {
  const forms = ['municipal', 'municipal_support'] as const
  const explained = (
    given: 'municipal' | 'municipal_support' | 'vel_care',
    skip: 'none' | 'chosen' | 'forced',
    why?: string,
  ) => skipExplained({ forms, given, skip, reason: why ?? null, returns: false })
  t.ok(explained('municipal', 'none'))
  t.notOk(explained('municipal', 'forced', 'Ingen andre'), 'what was wanted most is no skip')
  t.ok(explained('municipal_support', 'none'), 'named further down')
  t.ok(explained('municipal_support', 'chosen', 'Vil ha oppfølging'))
  t.notOk(explained('municipal_support', 'forced', '  '), 'a reason of nothing is none')
  t.notOk(explained('vel_care', 'none'), 'not named at all')
  t.ok(explained('vel_care', 'forced', 'Ingen ledige'))
  t.ok(
    skipExplained({ forms, given: 'vel_care', skip: 'none', reason: null, returns: true }),
    'to come back by right is no skip',
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
  t.match(answered({ kind: 'place_given', place: PLACE, moveInOn: day('2026-09-20'), answerBy: day('2026-09-08') }), {
    kind: 'referral_answered',
    dueOn: TODAY,
    reason: /^Felles inntak gir plass på H1, Haugen fra 20\. september 2026\..*innen 8\. september 2026\.$/,
  })
  t.match(answered({ kind: 'waiting' }).reason, /^Henvisningen til mestring \(VEL\) står på venteliste/)
  t.match(
    answered({ kind: 'declined', reasonName: 'Ikke Kriteriene' }).reason,
    /sa nei til mestring \(VEL\): ikke kriteriene\./,
  )
})
