import { z } from 'zod'
import { LOCK_REASONS, type LockReason } from '../../domain/recordLock.ts'
import { id, instant, text } from '../../http/fields.ts'

const reason = z.enum(Object.keys(LOCK_REASONS) as [LockReason, ...LockReason[]])

export const newLock = z
  .strictObject({ reason, note: text(2000).nullable().default(null) })
  .meta({ id: 'NewRecordLock' })

export const liftedLock = z.strictObject({ note: text(2000) }).meta({ id: 'LiftedRecordLock' })

const lock = z.object({
  id,
  reason,
  reasonName: z.string(),
  note: z.string().nullable(),
  lockedAt: instant,
  lockedBy: z.string(),
  liftedAt: instant.nullable(),
  liftedBy: z.string().nullable(),
  liftedNote: z.string().nullable(),
})

export const recordLocks = z
  .object({
    id: id.describe('Of the person.'),
    locked: z.boolean(),
    locks: z.array(lock).describe('Those that were lifted too, the newest first.'),
    why: z.array(z.string()).describe('What must end before the record can be locked, as sentences.'),
  })
  .meta({
    id: 'RecordLocks',
    description: 'Whether the record of a person’s household is locked: kept, and not changed.',
  })
export type RecordLocksBody = z.output<typeof recordLocks>
