import { z } from 'zod'
import { CLOSING_STATES } from '../../domain/closing.ts'
import { pageQuery } from '../../http/cursor.ts'
import { day, districtCode, id, placeForm, text } from '../../http/fields.ts'
import { CHANGE_CERTAINTIES, VERDICTS } from '../../reference/returnPlans.ts'

const kind = z.enum(['opening', 'closing'])
const certainty = z.enum(CHANGE_CERTAINTIES.map((entry) => entry.id))
const state = z.enum(CLOSING_STATES.map((entry) => entry.id))
const count = z.number().int()

export const capacityChangeQuery = pageQuery.extend({
  institutions: z
    .enum(['true', 'false'])
    .default('true')
    .describe('`true`: places of VEL’s institutions; `false`: all others.'),
  when: z
    .enum(['coming', 'past', 'all'])
    .default('coming')
    .describe('From today to the day, with closed places where somebody lives; from 2021 to today; both.'),
  kind: kind.optional(),
  form: placeForm.optional(),
  district: districtCode
    .optional()
    .describe('For closings: the bydel of whoever lives there; for openings: of the house.'),
  state: state.optional().describe('Closings of VEL’s only, that come or where somebody lives all the same.'),
})

const occupant = z
  .object({
    residentId: id,
    residentName: z.string().nullable(),
    district: z.string(),
    planId: id.nullable(),
    verdict: z.enum(VERDICTS.map((entry) => entry.id)).nullable(),
    targetOn: day.nullable(),
    targetForm: placeForm.nullable(),
    supportTeamName: z.string().nullable(),
    supportFrom: day.nullable(),
    commitment: z
      .object({
        id,
        version: count,
        committedOn: day,
        readyOn: day,
        home: z
          .object({
            placeId: id,
            label: z.string(),
            facilityName: z.string(),
            opensOn: day,
            closesOn: day.nullable(),
          })
          .nullable(),
      })
      .nullable(),
  })
  .nullable()
  .describe('Who lives there, to her own bydel and VEL’s planner; null for others, and where nobody lives.')

export const capacityChange = z
  .object({
    placeId: id,
    label: z.string(),
    form: placeForm,
    facilityId: id,
    facilityName: z.string(),
    districtCode: z.string().describe('Where the house lies.'),
    kind,
    day,
    certainty: certainty.nullable().describe('Null: nobody has said.'),
    certaintyName: z.string(),
    certaintyVersion: count.describe('For If-Match when it is said; 0 before anybody has.'),
    note: z.string().nullable(),
    occupied: z.boolean(),
    occupant,
    state: state
      .nullable()
      .describe(
        'How a closing is accounted for that comes, or where somebody lives all the same; null where the reader may not see who lives there.',
      ),
    stateName: z.string().nullable(),
    red: z.boolean().describe('The institution closes before the person’s home opens.'),
    why: z.array(z.string()),
  })
  .meta({ id: 'CapacityChange' })
export type CapacityChangeBody = z.infer<typeof capacityChange>

export const certaintyBody = z
  .strictObject({ kind, certainty, note: text(1000).nullable().default(null) })
  .meta({ id: 'SaidCertainty' })
export type CertaintyBody = z.output<typeof certaintyBody>

const people = {
  people: count.describe('Households on places that close, or have closed.'),
  red: count.describe('The place closes before the home or the follow-up is ready.'),
  noPlan: count,
  undecided: count,
  staysWithoutPlace: count,
  noCommitment: count,
  noHome: count,
  noSupport: count.describe('A home, and nobody named to follow up.'),
  accounted: count,
}

const accountRow = {
  planned2021: count.nullable().describe('In VEL’s plan; null: not legible or not published.'),
  planned2030: count.nullable(),
  plannedChange: count.nullable(),
  openAtStart: count.describe('In the register on 1 January 2021.'),
  closed: count.describe('Closed since, and not open today.'),
  opened: count.describe('Opened since, and open today.'),
  openToday: count,
  closing: count.describe('Open today, closed by the day.'),
  closingPossible: count.describe('Of these: only possible.'),
  closingUnsaid: count.describe('Of these: nobody has said how certain it is.'),
  opening: count.describe('Not open today, open by the day.'),
  openingPossible: count.describe('Of these: only possible.'),
  openingUnsaid: count.describe('Of these: nobody has said how certain it is.'),
  openOnTheDay: count,
  change: count.describe('On the day less at the start.'),
  unaccounted: count
    .nullable()
    .describe(
      'What the plan has and no named place tells of: planned on the day less open on the day. Null: the plan is unknown.',
    ),
  empty: count.describe('Places that close where nobody lives today.'),
  ...people,
}

export const closingAccount = z
  .object({
    asOf: day,
    from: day,
    until: day,
    source: z.string(),
    notes: z.array(z.string()),
    items: z.array(z.object({ form: placeForm, formName: z.string(), ...accountRow })),
    total: z.object(accountRow),
  })
  .meta({ id: 'ClosingAccount' })
export type ClosingAccount = z.infer<typeof closingAccount>

export const commitmentStanding = z
  .object({
    asOf: day,
    until: day,
    items: z.array(
      z.object({
        district: z.string(),
        districtName: z.string(),
        firstClosesOn: day.nullable(),
        committed: count.describe('With a dated commitment of the bydel.'),
        ...people,
      }),
    ),
    total: z.object({ firstClosesOn: day.nullable(), committed: count, ...people }),
  })
  .meta({ id: 'ClosingsByDistrict' })
export type CommitmentStanding = z.infer<typeof commitmentStanding>
