import { z } from 'zod'
import { CHAIN_STATES, STEP_BREAKS, STEP_STATES } from '../../domain/placement/chain.ts'
import { day, id, placeForm } from '../../http/fields.ts'

export const newChain = z
  .strictObject({
    runId: id,
    chain: z.number().int().min(0).describe('Its number in the run.'),
  })
  .meta({ id: 'NewMovingChain' })
export type NewChainBody = z.output<typeof newChain>

const place = z
  .object({ id, label: z.string(), form: placeForm, facilityName: z.string(), districtCode: z.string() })
  .meta({ id: 'ChainPlace' })

const step = z.object({
  position: z.number().int(),
  place,
  from: place.nullable().describe('The home that is left, and that the next one waits for.'),
  plannedOn: day,
  urgencyClass: z.number().int(),
  state: z.enum(STEP_STATES),
  stateName: z.string(),
  brokenBy: z.enum(STEP_BREAKS).nullable(),
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
    againRunId: id.nullable().describe('The run that proposes again what was left when it broke.'),
    steps: z.array(step),
  })
  .meta({ id: 'MovingChain' })
export type MovingChain = z.infer<typeof movingChain>
