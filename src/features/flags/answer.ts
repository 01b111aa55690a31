import type { Acting, Actor } from '../../db/actor.ts'
import { DomainError, notFound, stale } from '../../domain/error.ts'
import { type FlagState, flagState } from '../../domain/flags.ts'
import { type FlagRow, flagRows } from './queries.ts'

/** @throws {DomainError} `not_found` */
export async function existingFlag({ trx }: Pick<Acting, 'trx'>, id: string): Promise<FlagRow> {
  const row = await flagRows(trx).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

/** A district's manager answers her district's flags, a planner those of the whole city (row security says the same). */
export function mayAnswer(
  actor: Pick<Actor, 'role' | 'districts'> | null,
  { district }: Pick<FlagRow, 'district'>,
): boolean {
  if (actor?.role === 'planner') return district === null
  return actor?.role === 'district_manager' && district !== null && actor.districts.includes(district)
}

const FROM: Record<Answering['kind'], readonly FlagState[]> = {
  acknowledged: ['open'],
  assigned: ['open', 'acknowledged', 'assigned'],
  resolved: ['open', 'acknowledged', 'assigned'],
}

/** What is said of a flag. */
export type Answering =
  | { kind: 'acknowledged'; comment: string | undefined }
  | { kind: 'assigned'; comment: string | undefined; to: string }
  | { kind: 'resolved'; comment: string }

/**
 * Answers a flag, with what it measured then in its history.
 * @throws {DomainError} `not_found`, `not_allowed`, `stale_version`, `flag_not_open` when its state has passed that answer
 */
export async function answerFlag(
  acting: Acting,
  actor: Actor,
  id: string,
  version: number,
  answer: Answering,
): Promise<FlagRow> {
  const { trx, now } = acting
  const row = await existingFlag(acting, id)
  if (!mayAnswer(actor, row))
    throw new DomainError(
      'not_allowed',
      'Bydelens avdelingsleder svarer på bydelens varsler, og planleggeren på byens.',
    )
  // who asks at the same time waits here, and meets the version that the first one left
  const locked = await flagRows(trx).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  if (locked.version !== version) throw stale()
  const state = flagState(locked)
  if (!FROM[answer.kind].includes(state))
    throw new DomainError(
      'flag_not_open',
      state === 'closed' ? 'Varselet har lukket seg selv.' : 'Varselet er allerede besvart.',
    )
  await trx
    .updateTable('flag')
    .set(
      answer.kind === 'acknowledged'
        ? { acknowledgedAt: now }
        : answer.kind === 'assigned'
          ? { acknowledgedAt: locked.acknowledgedAt ?? now, assignedAt: now, assignedTo: answer.to }
          : { acknowledgedAt: locked.acknowledgedAt ?? now, resolvedAt: now },
    )
    .where('id', '=', id)
    .execute()
  await trx
    .insertInto('flagEvent')
    .values({
      flagId: id,
      kind: answer.kind,
      measured: locked.measured,
      at: now,
      accountId: actor.accountId,
      comment: answer.comment ?? null,
    })
    .execute()
  return existingFlag(acting, id)
}
