import type { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import { addPaperTask, dropPaperTasks } from '../../db/paperTasks.ts'
import type { Day } from '../../domain/day.ts'
import { invalid, notFound, stale } from '../../domain/error.ts'
import { appealTask, decisionAfterAppeal } from '../../domain/papers/tasks.ts'
import { permit } from '../../domain/placement/decide.ts'
import { type AppealRow, appealById, type DecisionRow } from './queries.ts'
import type { appealDecided, newAppeal } from './schema.ts'
import { existingDecision } from './write.ts'

/** Only open appeals have tasks; what is done next replaces what was to be done. */
async function retask(acting: Acting, decision: DecisionRow, appeal: AppealRow): Promise<void> {
  const { trx, now } = acting
  await dropPaperTasks(trx, decision.needId, ['forward_appeal', 'appeal_answer_due'], now, decision.id)
  const task = appealTask(appeal, decision.appealBody)
  if (task !== undefined) await addPaperTask(trx, { ...decision, decisionId: decision.id }, task)
}

/**
 * Records an appeal against an issued decision; a late one too, which is then marked.
 * @throws {DomainError} `not_found`, `decision_not_issued`, `appeal_open`, `invalid_value`
 */
export async function receiveAppeal(
  acting: Acting,
  decisionId: string,
  { receivedOn, grounds }: z.output<typeof newAppeal>,
): Promise<DecisionRow> {
  const { trx, today, now } = acting
  const decision = await existingDecision(acting, decisionId)
  const open = decision.appeals.find(({ decidedOn }) => decidedOn === null)
  permit('appeal.receive', {
    state: 'none',
    readiness: [],
    failing: [
      ...(decision.issuedOn === null ? (['decision_is_issued'] as const) : []),
      ...(open === undefined ? [] : (['no_open_appeal'] as const)),
    ],
    overridden: [],
    blocking: open === undefined ? undefined : { kind: 'appeal', id: open.id },
  })
  if (receivedOn > today) throw invalid('/receivedOn', 'in_the_future', 'Datoen kan ikke være i fremtiden.')
  if (decision.issuedOn !== null && receivedOn < decision.issuedOn)
    throw invalid('/receivedOn', 'before_decision', 'Klagen kan ikke være kommet før vedtaket.')
  await trx
    .insertInto('appeal')
    .values({ decisionId, holdingDistrict: decision.holdingDistrict, receivedOn, grounds, createdAt: now })
    .execute()
  return settled(acting, decisionId)
}

async function settled(acting: Acting, decisionId: string): Promise<DecisionRow> {
  const decision = await existingDecision(acting, decisionId)
  const last = decision.appeals.at(-1)
  if (last !== undefined) await retask(acting, decision, last)
  return decision
}

const stateOf = ({ forwardedOn, decidedOn }: AppealRow) =>
  decidedOn !== null ? 'decided' : forwardedOn === null ? 'received' : 'forwarded'

/** The appeal, where `step` may be taken with it. */
async function appealFor(
  acting: Acting,
  step: 'appeal.forward' | 'appeal.decide',
  id: string,
): Promise<{ decision: DecisionRow; appeal: AppealRow }> {
  const found = await appealById(acting.trx, id)
  if (found === undefined) throw notFound()
  const decision = await existingDecision(acting, found.decisionId)
  const appeal = decision.appeals.find((row) => row.id === id)
  if (appeal === undefined) throw notFound()
  permit(step, { state: stateOf(appeal), readiness: [], failing: [], overridden: [] })
  return { decision, appeal }
}

function within(pointer: string, day: Day, from: Day, today: Day, before: string): void {
  if (day > today) throw invalid(pointer, 'in_the_future', 'Datoen kan ikke være i fremtiden.')
  if (day < from) throw invalid(pointer, 'out_of_order', before)
}

/**
 * The district keeps its decision and sends the appeal on to the appeal body.
 * @throws {DomainError} `not_found`, `appeal_closed`, `stale_version`, `invalid_value`
 */
export async function forwardAppeal(
  acting: Acting,
  id: string,
  version: number,
  forwardedOn: Day,
): Promise<DecisionRow> {
  const { decision, appeal } = await appealFor(acting, 'appeal.forward', id)
  within('/forwardedOn', forwardedOn, appeal.receivedOn, acting.today, 'Klagen kan ikke sendes før den kom.')
  await update(acting, id, version, { forwardedOn })
  return settled(acting, decision.id)
}

/**
 * What came of the appeal. An appeal that leads to another decision makes the task of writing it.
 * @throws {DomainError} `not_found`, `appeal_closed`, `stale_version`, `invalid_value`
 */
export async function decideAppeal(
  acting: Acting,
  id: string,
  version: number,
  { outcome, decidedOn }: z.output<typeof appealDecided>,
): Promise<DecisionRow> {
  const { decision, appeal } = await appealFor(acting, 'appeal.decide', id)
  within(
    '/decidedOn',
    decidedOn,
    appeal.forwardedOn ?? appeal.receivedOn,
    acting.today,
    'Klagen kan ikke avgjøres før den kom, eller før den ble sendt videre.',
  )
  if (outcome === 'upheld' && appeal.forwardedOn === null) {
    throw invalid('/outcome', 'not_forwarded', 'Bare klageinstansen kan stadfeste vedtaket. Send klagen videre først.')
  }
  await update(acting, id, version, { outcome, decidedOn })
  if (outcome === 'changed' || outcome === 'repealed') {
    await addPaperTask(acting.trx, decision, decisionAfterAppeal(decision.track, decidedOn))
  }
  return settled(acting, decision.id)
}

async function update(
  { trx }: Acting,
  id: string,
  version: number,
  values: { forwardedOn: Day } | { outcome: string; decidedOn: Day },
): Promise<void> {
  const result = await trx
    .updateTable('appeal')
    .set(values)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (result.numUpdatedRows === 0n) throw stale()
}
