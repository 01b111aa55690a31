import type { z } from 'zod'
import type { Acting, Actor } from '../../db/actor.ts'
import { carryOut, offersLeftFor, openBelow } from '../../db/consequences.ts'
import type { NeedRow } from '../../db/needs.ts'
import { formNeededOf } from '../../db/proposedPlace.ts'
import { dropNeedTasks } from '../../db/tasks.ts'
import { DomainError, invalid, stale } from '../../domain/error.ts'
import { formById, type HousingForm } from '../../domain/ladder.ts'
import { consequencesOf, statusAfter } from '../../domain/placement/consequences.ts'
import { blockerSentence, blockersOf } from '../../domain/placement/decide.ts'
import { transitionById } from '../../domain/placement/transitions.ts'
import { withdrawalChoices } from '../../domain/placement/withdrawal.ts'
import { chosenReason, REASON_CODES } from '../../reference/reasonCodes.ts'
import { holdsOf, placesNamed, tellOf } from './queries.ts'
import { existing, open, updated } from './register.ts'
import type { Withdrawal, withdrawability } from './schema.ts'

type Withdrawability = z.infer<typeof withdrawability>

/** What a person may say; what the system finds, it records itself. */
const REASONS = REASON_CODES.filter(({ kind, offeredToPeople }) => kind === 'withdrawal' && offeredToPeople)

/**
 * Carries out what a reason for withdrawal means. One that ends the need takes what hangs on it along: referrals, offers and their
 * holds. Lack of capacity ends nothing: it is kept as evidence, and the need stands where it stood.
 * @throws {DomainError} `not_found`, `need_not_open`, `need_not_complete`, `stale_version`, `invalid_value`, `withdrawal_blocked`
 */
export async function withdrawNeed(
  acting: Acting,
  actor: Actor,
  id: string,
  version: number,
  { reason: reasonId, note }: Withdrawal,
): Promise<NeedRow> {
  const row = open(await existing(acting, id))
  const reason = chosenReason('withdrawal', reasonId)
  if (reason === undefined) throw invalid('/reason', 'unknown_reason', 'Velg en av grunnene i listen.')
  if (row.version !== version) throw stale()
  if (reason.countsAsShortfall && row.forms.length === 0)
    throw new DomainError('need_not_complete', 'Si først hvilken boligform som trengs, så mangelen kan telles.')
  const consequences = consequencesOf(reason, undefined, acting.today)
  // one that stands is touched all the same, so that whoever has it open sees that something was recorded
  if (statusAfter(reason) === null) {
    await updated(acting, id, version, { status: row.status })
    await tellOf(acting, actor, row, { kind: 'reason_recorded', reason: reason.id, note })
  }
  // whoever asked why has been answered
  if (reason.consequence.effect !== 'must_be_settled') await dropNeedTasks(acting.trx, id, ['settle_reason'])
  const affected = {
    needId: id,
    holdingDistrict: row.holdingDistrict,
    formNeeded: row.forms.length === 0 ? ('no_home' as const) : formNeededOf(row),
    formGiven: null,
  }
  await carryOut(acting, affected, consequences, note)
  return existing(acting, id)
}

/** Whether a need can be withdrawn, what stands in the way, and what would be withdrawn with it. */
export async function withdrawabilityOf(acting: Acting, row: NeedRow): Promise<Withdrawability> {
  const { offers, referrals } = await openBelow(acting.trx, row.id)
  const names = await placesNamed(
    acting.trx,
    offers.map(({ placeId }) => placeId),
  )
  const holds = await holdsOf(
    acting.trx,
    offers.flatMap(({ holdId }) => (holdId === null ? [] : [holdId])),
  )
  const left = await offersLeftFor(acting.trx, offers)
  const signed = offers
    .filter(({ id, leaseSignedOn }) => leaseSignedOn !== null && !left.includes(id))
    .map(({ id }) => id)
  const isOpen = row.status === 'draft' || row.status === 'registered'
  const choices = isOpen ? withdrawalChoices(REASONS, { signed, left, formsStated: row.forms.length > 0 }) : []
  const blockers = blockersOf(transitionById('need.withdraw'), {
    state: row.status as 'draft' | 'registered' | 'withdrawn' | 'closed',
    readiness: [],
    failing: [
      ...(signed.length > 0 ? (['nothing_signed'] as const) : []),
      ...(left.length > 0 ? (['nobody_left_for_offer'] as const) : []),
    ],
    overridden: [],
  })
  return {
    needId: row.id,
    allowed: blockers.length === 0,
    possibleOn: blockers.length === 0 ? acting.today : null,
    blockers: blockers.flatMap((blocker): Withdrawability['blockers'] =>
      blocker.kind === 'state'
        ? [{ kind: 'need', id: row.id, sentence: blockerSentence(blocker) }]
        : (blocker.id === 'nothing_signed' ? signed : left).map((id) => ({
            kind: 'offer',
            id,
            sentence: blockerSentence(blocker),
          })),
    ),
    reasons: choices.map(
      ({ reason: { id, name, consequence, countsAsShortfall, source }, status, blockers: inTheWay }) => ({
        id,
        name,
        consequence: consequence.text,
        source,
        status: row.status === 'draft' && status !== null ? ('withdrawn' as const) : status,
        countsAsShortfall,
        allowed: inTheWay.length === 0,
        blockers: inTheWay,
      }),
    ),
    withdrawnWith: [
      ...offers.map(({ id, placeId, holdId, leaseSignedOn }) => ({
        kind: 'offer' as const,
        id,
        name: names(placeId),
        hold: holdId === null ? null : holds(holdId),
        blocks: leaseSignedOn !== null || left.includes(id),
      })),
      ...referrals.map(({ id, form }) => ({
        kind: 'referral' as const,
        id,
        name: formById(form as HousingForm).name,
        hold: null,
        blocks: false,
      })),
    ],
  }
}
