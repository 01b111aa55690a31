import { z } from 'zod'
import { GOALS } from '../../domain/expansion/ask.ts'
import { BINDING } from '../../domain/expansion/binding.ts'
import { ASSUMED } from '../../domain/expansion/hangsOn.ts'
import { day, id, placeForm } from '../../http/fields.ts'
import { madeFields, policyFields, standingFields } from '../../http/longJobFields.ts'
import { EXPANSION_POLICY } from '../../reference/expansionPolicy.ts'

const { parameters } = EXPANSION_POLICY

const level = z.number().describe('Households of a district that may be without a vacant place, in nine of ten runs.')
const perDistrictYear = z.number().describe('The most new places in one district in one year.')
const limit = z
  .strictObject({
    district: z.string().max(20).optional(),
    form: z.string().max(60).optional(),
    year: z.number().int().optional(),
    most: z.number().describe('The most new places of what the others name; what is left out is any.'),
  })
  .meta({ id: 'ExpansionLimit' })
const runs = z
  .number()
  .int()
  .min(parameters.runsMin, `Velg minst ${parameters.runsMin} kjøringer.`)
  .max(parameters.runsMax, `Velg høyst ${parameters.runsMax} kjøringer.`)

/** The question; what is wrong with a value is said in words by the domain. */
export const newExpansionPlan = z
  .strictObject({
    by: day.optional().describe(`The day that counts; ${parameters.by} when left out.`),
    level: level.optional(),
    forms: z
      .array(
        z.strictObject({
          form: z.string().max(60),
          costPerPlace: z
            .number()
            .optional()
            .describe('Kroner to establish a place; the assumed amount when left out.'),
        }),
      )
      .max(20)
      .optional()
      .describe('What can be built, and what the shortfall is counted of; all that a bydel builds when left out.'),
    perDistrictYear: perDistrictYear.optional(),
    limits: z.array(limit).max(parameters.limitsMost, `Sett høyst ${parameters.limitsMost} grenser.`).optional(),
    budget: z.number().nullable().optional().describe('Kroner for all of it; null or left out: no bound.'),
    goal: z.enum(GOALS).optional().describe('What is to be smallest first; fewest places when left out.'),
    runs: runs
      .optional()
      .describe(`How many times the city is lived through each time; ${parameters.runs} when left out.`),
    seed: z.number().int().min(0).max(2_147_483_647).optional().describe('The same seed gives the same chance.'),
  })
  .meta({ id: 'NewExpansionPlan' })
export type NewExpansionPlan = z.infer<typeof newExpansionPlan>

const places = z.number().int()
const kroner = z.number().describe('Kroner.')
const p90 = (what: string) => z.number().describe(`P90 of the district’s shortfall on the day, in households: ${what}.`)

const answer = z
  .object({
    met: z.boolean().describe('Every district is at or under the level in the plan’s own simulation.'),
    places,
    cost: kroner,
    openings: z
      .array(
        z.object({
          district: z.string(),
          districtName: z.string(),
          form: placeForm,
          formName: z.string(),
          year: z.number().int(),
          opensOn: day,
          places,
          cost: kroner,
        }),
      )
      .describe('Where and when something is built.'),
    districts: z.array(
      z.object({
        district: z.string(),
        districtName: z.string(),
        before: p90('with nothing built'),
        after: p90('with the plan'),
        again: p90('with the plan under other chance than it was made with'),
        met: z.boolean(),
        places,
        cost: kroner,
        binding: z
          .object({ id: z.enum(BINDING), sentence: z.string() })
          .nullable()
          .describe('Which limit keeps it above the level, in bokmål; null where it is met.'),
      }),
    ),
    check: z.object({
      rounds: z
        .array(z.object({ places, cost: kroner, above: z.number().int(), excess: z.number() }))
        .describe('What was simulated, in order: districts above the level, and households above it.'),
      settled: z.boolean().describe('Nothing else would have been tried; else the rounds were over first.'),
      againSeed: z.number().int(),
      againAbove: z.number().int().describe('Districts above the level under other chance.'),
      sentences: z.array(z.string()).describe('What the check showed, in bokmål.'),
    }),
    gap: z.number().describe('How far the programs’ answers may be from their best, as a share; 0: proven.'),
    hangsOn: z
      .array(
        z.object({
          assumed: z.enum(ASSUMED),
          name: z.string(),
          side: z.enum(['low', 'high']),
          sentence: z.string(),
          places,
          placesMore: z.number().int().describe('Than the answer.'),
          cost: kroner,
          costMore: z.number(),
          above: z.number().int().describe('Districts above the level.'),
          settled: z
            .boolean()
            .nullable()
            .describe('Nothing else would have been tried; false: its few rounds were over first; null: not recorded.'),
        }),
      )
      .describe('The question asked again with one assumption moved.'),
    effects: z
      .array(z.object({ form: placeForm, formName: z.string(), year: z.number().int(), households: z.number() }))
      .describe('Households that one place takes from the shortfall on the day, on average where it was tried.'),
  })
  .meta({ id: 'ExpansionAnswer' })

export const expansionPlan = z
  .object({
    id,
    ...standingFields,
    asOf: day,
    by: day,
    level,
    forms: z.array(z.object({ form: placeForm, formName: z.string(), costPerPlace: kroner })),
    perDistrictYear,
    limits: z.array(limit),
    budget: z.number().nullable(),
    goal: z.enum(GOALS),
    runs: z.number().int(),
    seed: z.number().int(),
    ...madeFields,
    ...policyFields,
    assumptions: z.array(z.string()).describe('What it takes for granted, in bokmål; empty until it is completed.'),
    answer: answer.nullable(),
  })
  .meta({ id: 'ExpansionPlan' })
export type ExpansionPlan = z.infer<typeof expansionPlan>

export const expansionDefaults = z
  .object({
    by: day,
    level,
    perDistrictYear,
    runs: z.number().int(),
    seed: z.number().int(),
    opensOn: z.string().describe('The day of a year on which what is built in it opens, `MM-DD`.'),
    forms: z.array(z.object({ form: placeForm, formName: z.string(), costPerPlace: kroner })),
    costSentence: z.string().describe('Where the costs are from, in bokmål.'),
    notice: z.string(),
    source: z.string(),
  })
  .meta({ id: 'ExpansionDefaults' })
