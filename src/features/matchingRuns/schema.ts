import { z } from 'zod'
import { pageQuery } from '../../http/cursor.ts'
import { day, districtCode, id, instant, placeForm } from '../../http/fields.ts'
import { standingFields } from '../../http/longJobFields.ts'
import { distinct } from '../../http/requirements.ts'
import { RUN_LIMITS } from '../../reference/runLimits.ts'

export const newRun = z
  .strictObject({ districts: distinct(districtCode, 30).optional().describe('Absent: the whole of what I may see.') })
  .meta({ id: 'NewMatchingRun' })

const tierValue = z.object({ id: z.string(), value: z.number() })

const achievement = z
  .object({
    id: z.enum(['best', 'first_come', 'hardest_place_first', 'without_chains']),
    title: z.string(),
    proven: z
      .boolean()
      .nullable()
      .describe('It is certain that this way can do no better; null for a way that does not look for its best.'),
    placed: z.number().int(),
    byClass: z.record(z.string(), z.number().int()),
    intoFreedHomes: z.number().int(),
    daysInSituation: z.number(),
  })
  .meta({ id: 'Achievement' })

const summary = z
  .object({
    needs: z.number().int(),
    places: z.number().int().describe('Vacant places and homes of households that seek another one.'),
    homes: z.number().int(),
    eligiblePairs: z.number().int(),
    placed: z.number().int(),
    moves: z.number().int().describe('Of those placed, how many move into a home that somebody leaves.'),
    byClass: z.array(z.object({ urgencyClass: z.number().int(), needs: z.number().int(), placed: z.number().int() })),
    byDistrict: z.array(z.object({ district: z.string(), needs: z.number().int(), placed: z.number().int() })),
    causes: z.array(z.object({ kind: z.string(), needs: z.number().int() })),
    values: z.array(tierValue).describe('What each tier of the objective adds up to.'),
    unboundedValues: z
      .array(tierValue)
      .describe(
        'The best values without the limits that only many moves together can break: the chains’ length and days, who may live together, and what houses, teams and quotas take.',
      ),
    boundValues: z
      .array(tierValue)
      .describe(
        'A certified bound: no set of moves within the limits has better values, the first tier that differs deciding. Equal to `values` when `proven`.',
      ),
    forbiddenMoves: z
      .number()
      .int()
      .describe('Moves of the best set without those limits that had to be left out to keep them.'),
    limits: z
      .array(
        z.object({
          id: z.enum(RUN_LIMITS.map(({ id: limit }) => limit)),
          name: z.string(),
          sentence: z.string(),
          moves: z.number().int().describe('Of those moves, how many it kept away.'),
        }),
      )
      .optional()
      .describe('Which limits kept moves away; absent in a run from before it was kept.'),
    putOff: z
      .number()
      .int()
      .optional()
      .describe(
        'Moves that are put off to a later month, since a house or a team takes no more before; absent as above.',
      ),
    proven: z.boolean().describe('It is certain that no better set of moves keeps to the limits.'),
    comparison: z.array(achievement),
    milliseconds: z
      .object({
        eligibility: z.number(),
        solve: z.number(),
        explain: z.number(),
        compare: z.number(),
        price: z.number().optional().describe('Absent of an older run, and 0 where nothing was priced.'),
      })
      .describe('How long each part of the computing took.'),
  })
  .meta({ id: 'MatchingSummary' })
export type Summary = z.infer<typeof summary>

export const matchingRun = z
  .object({
    id,
    kind: z.enum(['city', 'preview']).describe('A preview is about the reader’s own people only.'),
    districts: z.array(z.string()),
    ...standingFields,
    asOf: day,
    requestedAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    objectiveVersion: z.number().int().nullable(),
    urgencyVersion: z.number().int().nullable(),
    mine: z.boolean().describe('I asked for it, so I may cancel it.'),
    summary: summary.nullable(),
  })
  .meta({ id: 'MatchingRun' })

const place = z
  .object({
    id,
    label: z.string(),
    form: placeForm,
    facilityName: z.string(),
    districtCode: z.string(),
    vacancyConfirmedAt: instant.nullable().describe('When the facility last confirmed its vacancy; null: never.'),
  })
  .meta({ id: 'RunPlace' })

const who = { needId: id, residentName: z.string(), urgencyClass: z.number().int() }

export const proposal = z
  .object({
    ...who,
    place,
    movesOn: day,
    chain: z.number().int().nullable(),
    position: z.number().int().nullable(),
    chainMoves: z.number().int().nullable().describe('Moves in that chain; null when the reader may not see it.'),
    contributions: z.array(z.object({ tier: z.string(), title: z.string(), gain: z.number() })),
    conditions: z.array(z.string()).describe('Rules that could not be answered: to be cleared up before the move.'),
    alternatives: z.array(
      z.object({
        place,
        availableFrom: day,
        state: z.enum(['free', 'given', 'home']),
        givenToClass: z.number().int().nullable(),
        lacks: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'RunProposal' })

export const unmet = z
  .object({
    ...who,
    stays: z.boolean(),
    sentence: z.string(),
    cause: z.looseObject({
      kind: z.enum([
        'no_eligible_place',
        'outcompeted',
        'homes_not_freed',
        'chain_bound',
        'kept_apart',
        'house_pace',
        'team_full',
        'quota_used',
      ]),
    }),
  })
  .meta({ id: 'RunUnmet' })

export const chainsQuery = pageQuery.extend({
  needId: id.optional().describe('The chain that this one of my own people is in.'),
})

export const chain = z
  .object({
    chain: z.number().int(),
    kind: z.enum(['chain', 'cycle']),
    moves: z.array(
      z.object({
        place,
        from: place.nullable(),
        on: day,
        urgencyClass: z.number().int(),
        district: z
          .string()
          .nullable()
          .describe('Of the reader’s own people; a planner is told everybody’s, and nobody’s name.'),
        needId: id.nullable().describe('Only of the reader’s own people.'),
        residentName: z.string().nullable(),
      }),
    ),
    frees: place.nullable(),
    movingChainId: id.nullable().describe('The chain in life that was made of it.'),
  })
  .meta({ id: 'RunChain' })
