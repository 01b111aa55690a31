import { z } from 'zod'
import { pageOf } from '../../http/cursor.ts'
import { day, dayRange, id, text } from '../../http/fields.ts'
import { LEGAL_TRACKS } from '../../reference/legalTracks.ts'

const track = z.enum(LEGAL_TRACKS.map(({ id: trackId }) => trackId))
const outcome = z.enum(['granted', 'refused'])
const language = z.enum(['nb', 'nn']).describe('What the decision itself is written in.')
const appealOutcome = z.enum(['upheld', 'changed', 'repealed', 'dismissed'])
const lackOfSuitableHome = z
  .boolean()
  .describe('A no for lack of a suitable home: kept as shortfall, never as «not entitled». Municipal homes only.')

export const newDecision = z
  .strictObject({
    track,
    outcome,
    lackOfSuitableHome: lackOfSuitableHome.default(false),
    language: language.optional().describe('Absent: nynorsk for who reads nynorsk, else bokmål.'),
    offerId: id
      .nullable()
      .optional()
      .describe(
        'The offer whose place the decision gives; absent: the one that was said yes to, for a yes about such a home.',
      ),
  })
  .meta({ id: 'NewDecision' })

export const changedDecision = z
  .strictObject({
    outcome,
    lackOfSuitableHome,
    language,
    mainContent: text(4000),
    reasons: text(4000).nullable(),
    offerId: id.nullable(),
  })
  .partial()
  .meta({ id: 'ChangedDecision' })

export const issue = z
  .strictObject({ issuedOn: day.optional().describe('The day of the letter, today when absent; never in the future.') })
  .meta({ id: 'DecisionIssue' })

export const newAppeal = z
  .strictObject({ receivedOn: day, grounds: text(4000).nullable().default(null) })
  .meta({ id: 'NewAppeal' })
export const forwarding = z.strictObject({ forwardedOn: day }).meta({ id: 'AppealForwarding' })
export const appealDecided = z.strictObject({ outcome: appealOutcome, decidedOn: day }).meta({
  id: 'AppealOutcome',
  description: 'Upheld is the appeal body’s alone; the district itself may change, repeal or dismiss.',
})

const appeal = z
  .object({
    id,
    version: z.number().int(),
    receivedOn: day,
    inTime: z
      .boolean()
      .describe('Received within the window; a late one is marked and never turned away by the system.'),
    grounds: z.string().nullable(),
    forwardedOn: day.nullable(),
    outcome: appealOutcome.nullable(),
    decidedOn: day.nullable(),
    dueOn: day.nullable().describe('The last day for what is next: forwarding, then the answer; null when decided.'),
    overdue: z.boolean(),
  })
  .meta({ id: 'Appeal' })

export const decision = z
  .object({
    id,
    version: z.number().int(),
    needId: id,
    offerId: id.nullable(),
    track: z.object({
      id: track,
      version: z.number().int(),
      title: z.string(),
      legalBasis: z.string(),
      deadlineWeeks: z.number().int(),
      checked: z.boolean(),
      checkedOn: day.nullable(),
    }),
    outcome,
    lackOfSuitableHome,
    language,
    mainContent: z.string(),
    reasons: z.string().nullable(),
    readability: z.object({
      lix: z.number().nullable().describe('Of main content and reasons: below 30 very easy, above 50 heavy.'),
      easy: z.boolean(),
    }),
    state: z.enum(['draft', 'issued', 'final', 'appealed', 'appeal_forwarded', 'appeal_decided']),
    draftedBy: z.string(),
    issuedOn: day.nullable(),
    issuedBy: z.string().nullable(),
    appealBody: z.string(),
    appealWindow: dayRange.nullable().describe('Days on which an appeal is in time, half-open; null for a draft.'),
    appeals: z.array(appeal).describe('Oldest first.'),
  })
  .meta({ id: 'Decision' })

const trackStanding = z
  .object({
    track,
    title: z.string(),
    standing: z.enum(['missing', 'drafted', 'granted', 'refused']),
    dueOn: day.nullable(),
    alarm: z.enum(['overdue', 'beside_refusal']).nullable(),
    recordedOn: day
      .nullable()
      .describe('The day of a decision on services that the need tells of; null when it is written here.'),
    sentence: z.string().describe('How it stands, in bokmål.'),
    draftId: id.nullable().describe('The draft that waits to be issued, if there is one.'),
  })
  .meta({ id: 'TrackStanding' })

export const needDecisions = z
  .object({
    items: z.array(decision).describe('Oldest first.'),
    tracks: z.array(trackStanding).describe('Every track that the need calls for, or that was decided on.'),
  })
  .meta({ id: 'NeedDecisions' })

const decisionAlarm = z
  .object({ needId: id, residentName: z.string(), standing: trackStanding })
  .meta({ id: 'DecisionAlarm' })

export const decisionAlarms = pageOf(decisionAlarm)
  .extend({
    counts: z
      .object({
        decisions: z.number().int().describe('That are late.'),
        people: z.number().int().describe('Needs that lack them.'),
        drafts: z.number().int().describe('Of the decisions, those with a draft.'),
      })
      .describe('Of the whole list, not the page.'),
  })
  .meta({ id: 'DecisionAlarms' })
