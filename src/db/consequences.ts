import type { Kysely } from 'kysely'
import { DomainError } from '../domain/error.ts'
import type { HousingForm } from '../domain/ladder.ts'
import type { Consequence, ShortfallKind } from '../domain/placement/consequences.ts'
import { preconditionById } from '../domain/placement/preconditions.ts'
import { needsNoHome } from '../domain/placement/withdrawal.ts'
import type { Acting } from './actor.ts'
import { lockChainsOf, settle } from './chains.ts'
import { leftFor, lockNeed, lockPlace, openOffer, withdrawOffer } from './offers.ts'
import { addTasks, type TaskSubject } from './tasks.ts'
import type { DB } from './types.generated.ts'

/** Whose case a consequence falls on. */
export interface Affected {
  needId: string
  holdingDistrict: string
  formNeeded: HousingForm
  formGiven: HousingForm | null
  offerId?: string
  referralId?: string
}

/** Carries out what follows from a reason, all of it in the transaction that records the reason. */
export async function carryOut(
  acting: Acting,
  affected: Affected,
  consequences: readonly Consequence[],
  note: string | null,
): Promise<void> {
  const { needId, holdingDistrict, offerId, referralId } = affected
  const subject: TaskSubject = {
    holdingDistrict,
    needId,
    ...(offerId === undefined ? {} : { offerId }),
    ...(referralId === undefined ? {} : { referralId }),
  }
  for (const consequence of consequences) {
    switch (consequence.kind) {
      case 'park':
        await acting.trx
          .updateTable('need')
          .set({ parkedUntil: consequence.until, parkedReason: consequence.reason })
          .where('id', '=', needId)
          .execute()
        break
      case 'end_need':
        await endNeed(acting, needId, consequence, note)
        break
      case 'shortfall':
        await keepEvidence(acting, affected, consequence.evidence, note)
        break
      case 'task':
        await addTasks(acting.trx, subject, [consequence.task])
    }
  }
}

/** Keeps evidence of shortfall once: recorded again about the same thing, it is the same evidence. */
export async function keepEvidence(
  { trx, now }: Acting,
  { needId, holdingDistrict, formNeeded, formGiven, offerId, referralId }: Affected,
  kind: ShortfallKind,
  reason: string | null,
): Promise<void> {
  await trx
    .insertInto('shortfallRecord')
    .values({
      needId,
      holdingDistrict,
      recordedAt: now,
      kind,
      formNeeded,
      formGiven,
      reason,
      offerId: offerId ?? null,
      referralId: referralId ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What hangs on a need and is withdrawn with it: open offers with their holds, and open referrals. */
export async function openBelow(db: Kysely<DB>, needId: string) {
  const offers = await db
    .selectFrom('offer')
    .select(['id', 'placeId', 'holdId', 'acceptedAt', 'leaseSignedOn', 'leaseDuring', 'chainId'])
    .where('needId', '=', needId)
    .where(openOffer)
    .orderBy('placeId')
    .execute()
  const referrals = await db
    .selectFrom('referral')
    .select(['id', 'form'])
    .where('needId', '=', needId)
    .where('withdrawnAt', 'is', null)
    .where((eb) => eb.or([eb('answer', 'is', null), eb('answer', '=', 'waiting')]))
    .orderBy('id')
    .execute()
  return { offers, referrals }
}

/** Of these offers the ones that the household gave up its home for, having no other. */
export async function offersLeftFor(
  db: Kysely<DB>,
  offers: readonly { id: string; acceptedAt: string | null }[],
): Promise<string[]> {
  const left: string[] = []
  for (const { id, acceptedAt } of offers) if (acceptedAt !== null && (await leftFor(db, id))) left.push(id)
  return left
}

function blockedBy(id: 'nothing_signed' | 'nobody_left_for_offer', offerId: string): DomainError {
  return new DomainError('withdrawal_blocked', preconditionById(id).sentence, [], { kind: 'offer', id: offerId })
}

/**
 * Ends a need and what hangs on it: referrals, offers and their holds, and tasks about it. The reason says whether the need is
 * met or withdrawn.
 * @throws {DomainError} `withdrawal_blocked`, naming the offer whose lease is signed, which is withdrawn itself first, or
 * that the household left its home for, which nothing may take from it;
 * `need_not_open` where somebody else has ended it meanwhile
 */
async function endNeed(
  acting: Acting,
  needId: string,
  { reason, status: means }: { reason: string; status: 'closed' | 'withdrawn' },
  note: string | null,
): Promise<void> {
  const { trx, now } = acting
  const chains = await lockChainsOf(acting, needId)
  const before = (await openBelow(trx, needId)).offers
  for (const { placeId } of before) await lockPlace(trx, placeId)
  // whoever is about to offer to it waits, or has offered by now and is met below
  const stood = await lockNeed(trx, needId)
  if (stood !== 'draft' && stood !== 'registered') throw new DomainError('need_not_open', 'Behovet er avsluttet.')
  // what was never registered was never met
  const status = stood === 'draft' ? 'withdrawn' : means
  const { offers, referrals } = await openBelow(trx, needId)
  const left = await offersLeftFor(trx, offers)
  const signed = offers.find(({ id, leaseSignedOn }) => leaseSignedOn !== null && !left.includes(id))
  if (signed !== undefined) throw blockedBy('nothing_signed', signed.id)
  const [only] = needsNoHome(reason) ? [] : left
  if (only !== undefined) throw blockedBy('nobody_left_for_offer', only)
  for (const offer of offers) await withdrawOffer(acting, offer, 'need_ended')
  for (const { id } of referrals) {
    await trx
      .updateTable('referral')
      .set({ withdrawnAt: now, withdrawnReason: 'need_ended' })
      .where('id', '=', id)
      .execute()
  }
  await trx
    .updateTable('task')
    .set({ droppedAt: now })
    .where('needId', '=', needId)
    .where('stayId', 'is', null)
    .where('decisionId', 'is', null)
    // a need that is met is still to be decided on; one that is withdrawn cannot be
    .$if(status === 'closed', (query) => query.where('kind', 'not like', 'decide\\_%'))
    .where('doneAt', 'is', null)
    .where('droppedAt', 'is', null)
    .execute()
  await trx
    .updateTable('need')
    .set({
      status,
      endedAt: now,
      endedReason: reason,
      endedNote: note,
      parkedUntil: null,
      parkedReason: null,
    })
    .where('id', '=', needId)
    .execute()
  for (const id of chains) await settle(acting, id)
}
