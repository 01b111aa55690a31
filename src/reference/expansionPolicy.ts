import { ruleById } from './rules.ts'

/**
 * What an expansion may consist of, what it costs when nobody says otherwise, and how much may be asked for. No source gives
 * what a place costs to establish: the amounts are chosen and shown as such.
 */
export const EXPANSION_POLICY = {
  version: 1,
  title: 'Utbygging',
  notice:
    'Svaret er et regnestykke, ikke et vedtak. Det viser den minste utbyggingen som holder i framskrivingen, med kostnader som er antatt.',
  parameters: {
    /** What a bydel can build or buy, and kroner to establish one place. */
    forms: [
      { form: 'transitional', costPerPlace: 3_000_000 },
      { form: 'colocated_24h', costPerPlace: 4_500_000 },
      { form: 'colocated_day', costPerPlace: 3_800_000 },
      { form: 'assisted', costPerPlace: 4_200_000 },
      { form: 'municipal_support', costPerPlace: 3_500_000 },
      { form: 'municipal', costPerPlace: 3_500_000 },
    ],
    costSentence: 'Kostnaden for å etablere en plass er antatt. Ingen kilde gir den.',
    costMost: 100_000_000,
    budgetMost: 100_000_000_000,
    /** What is built in a year opens on this day of it. */
    opensOn: '07-01',
    /** «Innen 2030», the day of rule 11. */
    by: ruleById('return_plan').parameters.settledBy,
    /** Households of a bydel that may be without a vacant place, in nine of ten runs. */
    level: 100,
    levelMost: 1_000,
    perDistrictYear: 60,
    limitMost: 500,
    limitsMost: 200,
    runs: 100,
    runsMin: 50,
    runsMax: 500,
    seed: 2030,
    yearsMax: 10,
    unfinishedMax: 3,
    inputKeptDays: 90,
    /** Of what is learnt or chosen: shorter and longer, fewer and more, cheaper and dearer. */
    stays: [0.85, 1.15],
    losses: [0.7, 1.3],
    costs: [0.75, 1.25],
    solveSeconds: 20,
    roundsMax: 8,
  },
  source: '003 3.1.3; 000 4.6; egen antakelse om kostnader og grenser',
} as const
