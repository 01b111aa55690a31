import { z } from 'zod'
import { CHAIN_STATES, STEP_BREAKS, STEP_STATES } from '../../domain/placement/chain.ts'
import { pageQuery } from '../../http/cursor.ts'
import { day, id, instant, placeForm } from '../../http/fields.ts'

export const newChain = z
  .strictObject({
    runId: id,
    chain: z.number().int().min(0).describe('Its number in the run.'),
  })
  .meta({ id: 'NewMovingChain' })
export type NewChainBody = z.output<typeof newChain>

export const leaving = z
  .strictObject({ position: z.number().int().min(0).max(20).describe('The step whose person is taken out.') })
  .meta({ id: 'ChainLeaving' })

export const chainQuery = pageQuery.extend({
  state: z
    .enum(['open', 'ended'])
    .optional()
    .describe(
      '`open`: a move is still to come, or one of my own people is to be helped on after a break. Absent: all of them.',
    ),
  needId: id.optional().describe('Those that this one of my own people is in.'),
})
export type ChainQuery = z.output<typeof chainQuery>

const place = z
  .object({
    id,
    label: z.string(),
    form: placeForm,
    facilityName: z.string(),
    districtCode: z.string(),
    vacancyConfirmedAt: instant.nullable().describe('When the facility last confirmed its vacancy; null: never.'),
  })
  .meta({ id: 'ChainPlace' })

const step = z.object({
  position: z.number().int(),
  place,
  from: place.nullable().describe('The home that is left, and that the next one waits for.'),
  plannedOn: day,
  answerBy: day.nullable().describe('The last day to answer its offer; null while none is sent.'),
  urgencyClass: z.number().int(),
  state: z.enum(STEP_STATES),
  stateName: z.string(),
  brokenBy: z.enum(STEP_BREAKS).nullable(),
  brokenAt: instant.nullable(),
  why: z.string().nullable().describe('Why it fell, in words; the same for everybody in the chain.'),
  needId: id.nullable().describe('Only of the reader’s own people.'),
  residentName: z.string().nullable(),
  offerId: id.nullable().describe('Only of the reader’s own people.'),
})

export const movingChain = z
  .object({
    id,
    state: z.enum(CHAIN_STATES),
    stateName: z.string(),
    runId: id.nullable(),
    runChain: z.number().int().nullable(),
    districts: z.array(z.string()).describe('Bydeler with somebody in it, of people who are not protected.'),
    againRunId: id.nullable().describe('The run that proposes again what was left when it broke.'),
    steps: z.array(step),
  })
  .meta({ id: 'MovingChain' })
export type MovingChain = z.infer<typeof movingChain>

const again = z
  .object({
    place: place.nullable().describe('Null: it gives this person nothing.'),
    movesOn: day.nullable(),
    chain: z.number().int().nullable().describe('The number of its chain in that run.'),
    sentence: z.string().nullable().describe('Why nothing, in words.'),
  })
  .meta({ id: 'ProposedAgain' })
export type ProposedAgain = z.infer<typeof again>

export const followedChain = movingChain
  .extend({
    againEnded: z.boolean().describe('The run that proposes again has ended.'),
    steps: z.array(
      step.extend({
        again: again.nullable().describe('Of the reader’s own people whose move fell: what is proposed instead.'),
      }),
    ),
  })
  .meta({ id: 'FollowedChain' })
export type FollowedChain = z.infer<typeof followedChain>
