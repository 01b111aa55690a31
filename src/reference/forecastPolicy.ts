import { ruleById } from './rules.ts'

/** How a forecast is made when nobody says otherwise, and how much may be asked for. */
export const FORECAST_POLICY = {
  version: 2,
  title: 'Framskriving',
  notice:
    'En framskriving er ikke et løfte. Den viser hva som skjer hvis inntak, opphold og flytting fortsetter som før, med det som er planlagt, og hvor usikkert det er.',
  parameters: {
    /** «Innen 2030», the day of rule 11. */
    until: ruleById('return_plan').parameters.settledBy,
    runs: 1000,
    runsMin: 100,
    runsMax: 5000,
    seed: 2030,
    /** No forecast reaches further: rates of ten years say little of more. */
    yearsMax: 10,
    /** Forecasts of one user that wait or are being made. */
    unfinishedMax: 5,
    changesMax: 50,
    /** A forecast can be computed again for so long. */
    inputKeptDays: 90,
  },
  source: '003 3.1.3; 000 4.6; egen grense for antall og lengde',
} as const

/** How much one may ask of scenarios; bounds of this program, which change no number. */
export const SCENARIO_LIMITS = {
  /** Scenarios of one author that are not put away. */
  scenariosMax: 100,
  /** Beside the base. */
  comparedMax: 4,
  comparisonRunsMax: 2000,
  /** Comparisons of one user that wait or are being made: each is as many forecasts as it has members. */
  unfinishedMax: 3,
} as const
