import { z } from 'zod'
import { PLACE_VARIANTS } from '../../domain/matching/possiblePlaces.ts'
import { day, districtCode, id, placeFeature, placeForm } from '../../http/fields.ts'

const variant = z.enum(PLACE_VARIANTS)

export const placePricesQuery = z.strictObject({
  runId: id.optional().describe('Absent: the newest completed run over the city.'),
  district: districtCode.optional().describe('Places in one district.'),
  variant: variant.optional(),
  most: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .optional()
    .describe('Only so many that release most, of a form in a district the better variant.'),
  by: z.enum(['people', 'kroner']).default('people').describe('What most is of; kroner: what the gap costs less.'),
})
export type PlacePricesQuery = z.output<typeof placePricesQuery>

const count = z.number().int()
const kroner = z.number().int().nullable()

const place = z
  .object({
    form: placeForm,
    formName: z.string(),
    variant,
    variantName: z.string().describe('In bokmål.'),
    features: z.array(placeFeature),
    basedOn: count.describe('How many places of the run it is made after; 0: it is a house that takes everybody.'),
    sentence: z.string().describe('What the place is taken to be, in bokmål.'),
  })
  .meta({ id: 'PricedPlace', description: 'What one more place of a form is taken to be.' })

const move = z
  .object({
    urgencyClass: count,
    district: z.string().nullable().describe('Which district’s need it is; only a planner is told.'),
    kind: z.enum(['gets_place', 'gets_other_place', 'goes_without']),
    to: z.object({ form: placeForm, district: z.string() }).nullable().describe('Null: waits, or stays at home.'),
  })
  .meta({ id: 'PriceMove' })

const price = z
  .object({
    form: placeForm,
    formName: z.string(),
    variant,
    variantName: z.string(),
    district: districtCode,
    districtName: z.string(),
    fits: count.describe('How many needs could have it.'),
    people: count.describe('How many more are given a place; may be negative, for somebody more urgent.'),
    byClass: z.record(z.string(), count).describe('By urgency class, 1 to 5; a vector: the earlier class decides.'),
    released: z
      .object({ bought: count, temporary: count, ready: count, discharge_ready: count })
      .describe('How many fewer are where the gap is paid for, by where they are.'),
    month: z
      .object({
        released: kroner.describe('What the gap costs less.'),
        place: kroner.describe('What the place costs, by assumption.'),
        net: kroner,
      })
      .describe('Kroner a month, by the assumptions; null is not known.'),
    moves: z.array(move).describe('Who moves along, first whoever takes the place.'),
  })
  .meta({ id: 'PlacePrice' })
export type PriceRow = z.output<typeof price>

export const placePrices = z
  .object({
    runId: id.nullable().describe('Null: no run over the city is completed yet.'),
    asOf: day.nullable(),
    priced: z.boolean().describe('False of a run that did not price places: a preview, or one of before.'),
    notice: z.string().describe('What the numbers are, and what they leave out, in bokmål.'),
    boughtPerDay: kroner.describe('What a bought place costs a day today on average; null without a registered price.'),
    assumptions: z.array(z.string()).describe('What the kroner rest on, in bokmål.'),
    places: z.array(place),
    items: z.array(price).describe('The one that releases most first, people or kroner as asked.'),
  })
  .meta({ id: 'PlacePrices' })
export type PlacePrices = z.output<typeof placePrices>
