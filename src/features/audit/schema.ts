import { z } from 'zod'
import { SECURITY_EVENTS, type SecurityEventKind } from '../../access/securityEvents.ts'
import { PURPOSES, type Purpose } from '../../access/showings.ts'
import { pageQuery } from '../../http/cursor.ts'
import { day, id, instant } from '../../http/fields.ts'
import { GAPS, type GapKind } from './gapKinds.ts'

const account = z
  .object({ id, name: z.string(), role: z.string(), roleName: z.string() })
  .meta({ id: 'AuditAccount', description: 'Who it was, and the role she had then.' })

export const showing = z
  .object({
    actor: account,
    day: day.describe('In Oslo.'),
    residentId: id.describe('Whose it is, by pseudonym.'),
    residentName: z.string().nullable().describe('Only of a person whom the reader may see.'),
    purpose: z.enum(Object.keys(PURPOSES) as [Purpose, ...Purpose[]]),
    purposeName: z.string(),
    records: z.array(z.string()).describe('What was shown, in words.'),
    times: z.number().int().describe('How often it was shown.'),
    changed: z.boolean().describe('Something was changed at it.'),
    firstAt: instant,
    lastAt: instant,
    recordedAt: instant.describe('When the last of it was written down.'),
    breakGlassIds: z
      .array(id)
      .describe('The opened glasses behind which she was seen, to be read under `/break-glass`.'),
  })
  .meta({ id: 'Showing', description: 'What one account saw of one person for one purpose on one day.' })
export type ShowingBody = z.output<typeof showing>

export const showingsQuery = pageQuery.extend({
  residentId: id.optional().describe('Of this person alone.'),
  accountId: id.optional().describe('By this account alone.'),
})

export const securityEvent = z
  .object({
    id: z.number().int(),
    at: instant.describe('When it happened, by the clock that the system reckons with.'),
    recordedAt: instant.describe('When it was written down.'),
    kind: z.string(),
    kindName: z.string(),
    actor: account.nullable().describe('Null: nobody was signed in.'),
    about: z.string().describe('What was asked for, in words.'),
    method: z.string().nullable(),
    route: z.string().nullable().describe('The pattern, never an address.'),
    record: z.string().nullable().describe('What kind of record it was about, in words.'),
    recordId: id.nullable().describe('By pseudonym.'),
    detail: z.string().nullable(),
    traceId: z.string().nullable(),
  })
  .meta({ id: 'SecurityEvent' })
export type SecurityEventBody = z.output<typeof securityEvent>

const kinds = Object.keys(SECURITY_EVENTS) as [SecurityEventKind, ...SecurityEventKind[]]
export const securityEventsQuery = pageQuery.extend({
  kind: z
    .union([z.enum(kinds), z.array(z.enum(kinds)).max(kinds.length)])
    .optional()
    .describe('Only of these kinds.'),
})

const seal = z.object({
  log: z.enum(['showing', 'security_event']),
  batch: z.number().int(),
  firstId: z.number().int(),
  lastId: z.number().int(),
  rows: z.number().int(),
  head: z.string().describe('SHA-256 of the head before it and its rows, in hexadecimal.'),
  sealedAt: instant,
})

export const auditSeals = z
  .object({
    heads: z.array(seal).describe('The newest ten of each log, newest first.'),
    checks: z
      .array(
        z.object({
          log: z.enum(['showing', 'security_event']),
          logName: z.string(),
          checkedAt: instant.nullable().describe('Null: it has not been checked yet.'),
          batches: z.number().int(),
          rows: z.number().int(),
          unsealed: z.number().int().describe('Rows that nothing vouched for yet when it was checked.'),
          faults: z.array(z.string()),
        }),
      )
      .describe('What the last check of each log came to.'),
  })
  .meta({ id: 'AuditSeals' })

export const cefQuery = z.strictObject({
  log: z.enum(['showing', 'security_event']),
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .default(0)
    .describe('The last externalId that was taken.'),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
})

export const recordChange = z
  .object({
    occurredAt: instant.describe('When it happened, by the clock that the system reckons with.'),
    recordedAt: instant.describe('When it was written down.'),
    by: z.string().nullable().describe('Null: the system itself.'),
    roleName: z.string().nullable(),
    record: z.string().describe('What was changed, in words.'),
    recordId: z.string(),
    action: z.enum(['insert', 'update', 'delete']),
    changes: z.array(
      z.object({
        field: z.string(),
        fieldName: z.string(),
        before: z.string().nullable().describe('In words; null: nothing stood there.'),
        after: z.string().nullable(),
      }),
    ),
  })
  .meta({
    id: 'RecordChange',
    description: 'Who changed what of a record. Names and numbers are not in it: they are kept encrypted.',
  })
export type RecordChangeBody = z.output<typeof recordChange>

export const dataGap = z
  .object({
    kind: z.enum(Object.keys(GAPS) as [GapKind, ...GapKind[]]),
    title: z.string(),
    why: z.string(),
    fixedAt: z.enum(['facility', 'need']).describe('Whose page it is put right on.'),
    count: z.number().int(),
    records: z
      .array(
        z.object({
          id: id.describe('Of the house or the need that it is put right at.'),
          name: z.string(),
          since: day.nullable().describe('The day that it has stood since; null: always.'),
        }),
      )
      .describe('The ten that have stood longest.'),
  })
  .meta({ id: 'DataGap', description: 'Data that is stale or missing, and where each is put right.' })
export type DataGapBody = z.output<typeof dataGap>
