import type { Acting } from '../../db/actor.ts'
import { lockPlace } from '../../db/offers.ts'
import { existingReturnPlan, type ReturnPlanRow } from '../../db/returnPlans.ts'
import type { Day } from '../../domain/day.ts'
import { DomainError, invalid, notFound, stale } from '../../domain/error.ts'
import { HOME_FORMS, isOpen } from '../../domain/returnPlan/plan.ts'
import { districtName, formatDay } from '../../domain/words.ts'
import { type CommitmentRow, commitmentById, homeById } from './queries.ts'
import type { ChangedHomeCommitment, NewHomeCommitment } from './schema.ts'

/** @throws {DomainError} `not_found`, also for another district's */
export async function existingCommitment({ trx }: Pick<Acting, 'trx'>, id: string): Promise<CommitmentRow> {
  const row = await commitmentById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

/**
 * A bydel binds itself to have a home ready by a day for somebody with a plan.
 * @throws {DomainError} `not_found`, `invalid_value`, `return_plan_closed`; `commitment_exists` beside another one, `home_promised`
 *   where the home is set aside for somebody else
 */
export async function commitHome(acting: Acting, body: NewHomeCommitment): Promise<CommitmentRow> {
  const { trx, now, today } = acting
  const plan = await existingReturnPlan(trx, body.returnPlanId)
  if (!isOpen(plan)) throw new DomainError('return_plan_closed', 'Planen er over. Den trenger ingen bolig.')
  if (plan.verdict === 'undecided')
    throw invalid('/returnPlanId', 'undecided', 'Avgjør først om det er riktig å flytte hjem.')
  checkDay(body.readyOn, today)
  if (body.placeId !== null) await checkHome(acting, plan, body.placeId, body.readyOn)
  const { id } = await trx
    .insertInto('homeCommitment')
    .values({
      ...body,
      householdId: plan.householdId,
      holdingDistrict: plan.holdingDistrict,
      committedOn: today,
      createdAt: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return existingCommitment(acting, id)
}

function checkDay(readyOn: Day, today: Day): void {
  if (readyOn <= today) throw invalid('/readyOn', 'in_the_past', 'Dagen må være etter i dag.')
}

async function checkHome({ trx }: Acting, plan: ReturnPlanRow, placeId: string, readyOn: Day): Promise<void> {
  // whoever offers or reserves it locks it too, so that the later of the two sees the earlier
  await lockPlace(trx, placeId)
  const home = await homeById(trx, placeId, plan.householdId)
  if (home === undefined) throw invalid('/placeId', 'unknown', 'Velg en bolig i listen.')
  if (plan.verdict === 'right' && !HOME_FORMS.includes(home.form))
    throw invalid('/placeId', 'not_a_home', 'Velg en bolig utenfor institusjon.')
  if (plan.verdict === 'right' && home.district !== plan.homeDistrict)
    throw invalid('/placeId', 'other_district', `Velg en bolig i ${districtName(plan.homeDistrict)}.`)
  if (home.opensOn > readyOn)
    throw invalid('/placeId', 'opens_later', `Boligen åpner ${formatDay(home.opensOn)}. Den er ikke klar på dagen.`)
  if (home.closesOn !== null && home.closesOn <= readyOn)
    throw invalid('/placeId', 'closes_first', `Boligen legges ned ${formatDay(home.closesOn)}.`)
  if (home.taken) throw invalid('/placeId', 'taken', 'Noen bor i boligen i dag. Velg en annen.')
  if (home.held) throw invalid('/placeId', 'held', 'Boligen er holdt av for en annen. Velg en annen.')
}

function mustBeOpen(row: CommitmentRow): void {
  if (row.settledOn !== null) throw new DomainError('commitment_closed', 'Personen har flyttet.')
  if (row.withdrawnOn !== null) throw new DomainError('commitment_closed', 'Forpliktelsen er trukket.')
}

/**
 * Changes what is sent of a commitment and leaves the rest; what it was is kept in the log.
 * @throws {DomainError} `invalid_value`, `commitment_closed`, `home_promised`, `stale_version`
 */
export async function changeCommitment(
  acting: Acting,
  row: CommitmentRow,
  version: number,
  body: ChangedHomeCommitment,
): Promise<CommitmentRow> {
  mustBeOpen(row)
  const { readyOn = row.readyOn, placeId = row.placeId, note = row.note } = body
  if (readyOn !== row.readyOn) checkDay(readyOn, acting.today)
  const plan = await existingReturnPlan(acting.trx, row.returnPlanId)
  if (placeId !== null) await checkHome(acting, plan, placeId, readyOn)
  const { numUpdatedRows } = await acting.trx
    .updateTable('homeCommitment')
    .set({ readyOn, placeId, note })
    .where('id', '=', row.id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw stale()
  return existingCommitment(acting, row.id)
}

/** Takes a commitment back, with why. @throws {DomainError} `commitment_closed`, `stale_version` */
export async function withdrawCommitment(
  acting: Acting,
  row: CommitmentRow,
  version: number,
  note: string,
): Promise<CommitmentRow> {
  mustBeOpen(row)
  const { numUpdatedRows } = await acting.trx
    .updateTable('homeCommitment')
    .set({ withdrawnOn: acting.today, withdrawnNote: note })
    .where('id', '=', row.id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw stale()
  return existingCommitment(acting, row.id)
}
