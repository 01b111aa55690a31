import { z } from 'zod'
import { day, id, placeForm, text } from '../../http/fields.ts'
import { madeFields, standingFields } from '../../http/longJobFields.ts'

const name = (what: string) => z.string().max(80).describe(what)

/** What is tried; whether it may be, is said by the domain, with the law where one stands in the way. */
export const newTrial = z
  .strictObject({
    chainMovesMax: z.number().int().optional().describe('How many moves a chain may have.'),
    classes: z.array(z.number().int()).max(20).optional().describe('All urgency classes, the first one first.'),
    tiers: z
      .array(name('An id of a criterion.'))
      .max(40)
      .optional()
      .describe('What weighs within a class, the weightiest first; what is left out weighs nothing.'),
    wishes: z.array(name('An id of a hard rule.')).max(40).optional().describe('Hard rules that are to be wishes.'),
    requirements: z.array(name('An id of a criterion.')).max(20).optional().describe('Wishes that are to be required.'),
  })
  .meta({ id: 'NewPolicyTrial', description: 'What is left out stays as in force.' })
export type NewTrial = z.infer<typeof newTrial>

const policy = z
  .object({
    chainMovesMax: z.number().int(),
    classes: z.array(z.number().int()),
    tiers: z.array(z.string()),
    wishes: z.array(z.string()),
    requirements: z.array(z.string()),
  })
  .meta({ id: 'MatchingPolicy' })

const held = z
  .object({ kind: z.enum(['law', 'fact']), sentence: z.string(), sourceInWords: z.string() })
  .nullable()
  .describe('What holds it, with the law; null: a draft may change it.')

const policyVersion = z
  .object({
    version: z.number().int(),
    validFrom: day,
    author: z.string(),
    reason: z.string(),
    confirmedBy: z.string().nullable().describe('Who else went good for it; null for the first version.'),
    differences: z.array(z.string()).describe('What it says otherwise than the one before, in bokmål.'),
    policy,
  })
  .meta({ id: 'MatchingPolicyVersion' })

export const matchingPolicy = z
  .object({
    version: z.number().int().describe('In force: what the next run is made by.'),
    policy,
    chainMoves: z.object({ min: z.number().int(), max: z.number().int() }),
    classes: z.array(z.object({ number: z.number().int(), name: z.string(), held })),
    tiers: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        held,
        mayBeRequired: z.boolean().describe('A draft may ask that everybody’s place meets it.'),
      }),
    ),
    rules: z.array(z.object({ id: z.string(), title: z.string(), sentence: z.string(), held })).describe('Hard rules.'),
    versions: z.array(policyVersion).describe('Newest first.'),
    notice: z.string(),
  })
  .meta({ id: 'MatchingPolicyInForce' })

const counts = {
  needs: z.number().int(),
  before: z.number().int().describe('Given a place by the policy in force.'),
  after: z.number().int().describe('Given a place by the draft.'),
  gained: z.number().int(),
  lost: z.number().int(),
  moved: z.number().int().describe('Given a place by both, and another one.'),
}

const proposal = z
  .object({
    status: z.enum(['proposed', 'adopted', 'declined', 'withdrawn']),
    reason: z.string(),
    proposedBy: z.string(),
    proposedOn: day,
    mine: z.boolean().describe('I proposed it, so somebody else decides.'),
    decidedBy: z.string().nullable(),
    decidedOn: day.nullable(),
    note: z.string().nullable(),
    policyVersion: z.number().int().nullable().describe('The version that it became.'),
  })
  .meta({ id: 'PolicyProposal' })

const trialFields = {
  id,
  ...standingFields,
  ...madeFields,
  asOf: day,
  baseVersion: z.number().int().describe('What it was tried against.'),
  baseInForce: z.boolean().describe('That is still in force; else it must be tried again before it is proposed.'),
  policy,
  differences: z.array(z.string()).describe('What the draft says otherwise, in bokmål.'),
  proposal: proposal.nullable().describe('The newest.'),
}

export const trial = z.object(trialFields).meta({ id: 'PolicyTrial' })
export type Trial = z.infer<typeof trial>

const side = z
  .object({
    placed: z.number().int(),
    moves: z.number().int(),
    eligiblePairs: z.number().int(),
    values: z
      .array(z.object({ id: z.string(), title: z.string(), value: z.number() }))
      .describe('What each criterion adds up to; both sides are measured by the policy in force.'),
    milliseconds: z.number(),
  })
  .meta({ id: 'PolicyTrialSide' })

export const wholeTrial = z
  .object({
    ...trialFields,
    beforeProven: z.boolean().nullable().describe('No better set of moves keeps to the limits; null: not made yet.'),
    afterProven: z.boolean().nullable(),
    city: z
      .object({ before: side, after: side })
      .nullable()
      .describe('The whole city; null for those who read of their own district.'),
    byClass: z.array(z.object({ urgencyClass: z.number().int(), ...counts })).describe('Of what the reader may see.'),
    byDistrict: z.array(z.object({ district: z.string(), ...counts })),
  })
  .meta({ id: 'WholePolicyTrial' })
export type WholeTrial = z.infer<typeof wholeTrial>

export const reasoned = z
  .strictObject({ reason: text(1000).describe('Why the city should share out places like this.') })
  .meta({ id: 'NewPolicyProposal' })

export const decided = z
  .strictObject({ note: text(1000).describe('What it was checked against, or why it is declined.') })
  .meta({ id: 'PolicyDecision' })

const place = z
  .object({
    id,
    label: z.string(),
    form: placeForm,
    facilityName: z.string(),
    districtCode: z.string(),
  })
  .meta({ id: 'TrialPlace' })

export const trialNeed = z
  .object({
    needId: id,
    residentName: z.string(),
    urgencyClass: z.number().int(),
    outcome: z.enum(['gained', 'lost', 'moved']),
    before: place.nullable(),
    after: place.nullable(),
  })
  .meta({ id: 'TrialNeed' })
