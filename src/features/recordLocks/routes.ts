import { logSecurityEvent } from '../../access/securityEvents.ts'
import type { Acting } from '../../db/actor.ts'
import { DomainError, notFound } from '../../domain/error.ts'
import { LOCK_REASONS, type LockReason, stillGoingOn } from '../../domain/recordLock.ts'
import { reading, writing } from '../../http/acting.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import { eventOf } from '../../http/security.ts'
import type { App, Deps } from '../../http/types.ts'
import { addLock, householdOfResident, liftLock, locksOf } from './queries.ts'
import { liftedLock, newLock, type RecordLocksBody, recordLocks } from './schema.ts'

const tags = ['residents']

/** Locking a person's record instead of erasing it: it is kept, and nothing of it changes. */
export function recordLockRoutes(app: App, deps: Deps): void {
  app.get(
    '/residents/:id/locks',
    {
      config: { capability: 'register_residents' },
      schema: {
        operationId: 'readRecordLocks',
        tags,
        summary: 'Whether a person’s record is locked',
        description: 'With those who locked and lifted it, and what must end before it can be locked.',
        params: idParams,
        response: { 200: recordLocks.describe('The locks.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) => reading(deps, request, (acting) => locksBody(acting, request.params.id)),
  )

  app.post(
    '/residents/:id/locks',
    {
      config: { capability: 'lock_records' },
      schema: {
        operationId: 'lockRecord',
        tags,
        summary: 'Lock a person’s record',
        description:
          'Of her whole household. Nothing is erased, and whatever belongs to it refuses changes. An open need, a home or a plan must end first.',
        params: idParams,
        body: newLock,
        response: { 201: recordLocks.describe('The locks.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const { trx } = acting
        const household = await existing(acting, request.params.id)
        const [why] = stillGoingOn(household)
        if (why !== undefined) throw new DomainError('record_in_use', why)
        const { householdId, holdingDistrict } = household
        await addLock(trx, { householdId, holdingDistrict, ...request.body })
        const record = { table: 'household', id: householdId }
        await logSecurityEvent(trx, eventOf(request, { kind: 'record_locked', record, detail: request.body.reason }))
        return { status: 201, body: await locksBody(acting, request.params.id) }
      }),
  )

  app.post(
    '/residents/:id/locks/removal',
    {
      config: { capability: 'lock_records' },
      schema: {
        operationId: 'liftRecordLock',
        tags,
        summary: 'Lift the lock of a person’s record',
        description: 'With why. Both the lock and its end stay on record.',
        params: idParams,
        body: liftedLock,
        response: { 200: recordLocks.describe('The locks.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, { accountId }) => {
        const { trx, now } = acting
        const { householdId } = await existing(acting, request.params.id)
        const lifted = await liftLock(trx, householdId, { accountId, note: request.body.note, now })
        if (lifted === 0) throw new DomainError('record_not_locked', 'Saken er ikke låst. Last siden på nytt.')
        const record = { table: 'household', id: householdId }
        await logSecurityEvent(trx, eventOf(request, { kind: 'record_unlocked', record }))
        return { status: 200, body: await locksBody(acting, request.params.id) }
      }),
  )
}

async function existing({ trx }: Acting, residentId: string) {
  const household = await householdOfResident(trx, residentId)
  if (household === undefined) throw notFound()
  return household
}

async function locksBody(acting: Acting, residentId: string): Promise<RecordLocksBody> {
  const household = await existing(acting, residentId)
  const locks = await locksOf(acting.trx, household.householdId)
  return {
    id: residentId,
    locked: locks.some(({ liftedAt }) => liftedAt === null),
    locks: locks.map(({ reason, ...lock }) => ({
      ...lock,
      reason: reason as LockReason,
      reasonName: LOCK_REASONS[reason as LockReason],
    })),
    why: stillGoingOn(household),
  }
}
