import t from 'tap'
import { outcomesFor, TASK_OUTCOMES, taskAfter } from '../../../src/domain/placement/taskOutcome.ts'
import { TASK_KINDS, type TaskKind } from '../../../src/domain/placement/tasks.ts'
import { day } from '../baseline.ts'

const TODAY = day('2026-09-01')

t.test('how a task of each kind can end', async (t) => {
  const checks = ['not_needed', 'goes_well', 'more_help', 'home_at_risk', 'home_left', 'no_contact']
  for (const { id } of TASK_KINDS) {
    const expected = id.startsWith('check_')
      ? checks
      : id === 'review_stay'
        ? ['not_needed', 'still_right', 'ready_to_move_on']
        : ['done', 'not_needed']
    t.same(
      outcomesFor(id)
        .map((outcome) => outcome.id)
        .toSorted(),
      expected.toSorted(),
      id,
    )
  }
})

t.test('what follows, when, and what must be written', async (t) => {
  // outcome, the task it ends, a note is asked for, what follows and on which day
  const rows: [string, TaskKind, boolean, [TaskKind, string] | null][] = [
    ['done', 'settle_reason', false, null],
    ['not_needed', 'settle_reason', true, null],
    ['goes_well', 'check_1m', false, null],
    ['more_help', 'check_1m', false, ['more_help', '2026-09-08']],
    ['home_at_risk', 'check_3m', true, ['home_at_risk', '2026-09-02']],
    ['home_left', 'check_6m', false, ['need_after_departure', '2026-09-01']],
    ['no_contact', 'check_12m', false, ['check_12m', '2026-09-15']],
    ['still_right', 'review_stay', false, null],
    ['ready_to_move_on', 'review_stay', false, null],
  ]
  t.same(rows.map(([id]) => id).toSorted(), TASK_OUTCOMES.map(({ id }) => id).toSorted(), 'every outcome has its row')
  for (const [id, kind, noteRequired, next] of rows) {
    const outcome = TASK_OUTCOMES.find((one) => one.id === id)
    if (outcome === undefined) return t.fail(id)
    t.equal(outcome.noteRequired, noteRequired, `${id}: a note`)
    const following = taskAfter(outcome, kind, TODAY)
    t.same(following === undefined ? null : [following.kind, following.dueOn], next, id)
    t.equal(outcome.next === null || outcome.consequence !== null, true, `${id}: what follows is said`)
  }
})
