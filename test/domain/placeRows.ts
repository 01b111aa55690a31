import type { DayRange } from '../../src/domain/day.ts'
import type { Requirements } from '../../src/domain/need.ts'
import { day, type Row } from './baseline.ts'

const range = (from: string, to: string | null): DayRange => ({ from: day(from), to: to === null ? null : day(to) })
const closed = (from: string, to: string | null, admits = false) => ({
  during: range(from, to),
  reason: 'repair',
  admits,
})
/** A need that can move in on five days of September. */
const week: Partial<Requirements> = { window: range('2026-09-01', '2026-09-06') }
const FROM_TODAY = 'innflytting fra 1. september 2026'
const THAT_WEEK = 'innflytting fra 1. september 2026 til 6. september 2026'
const YEAR_LEFT = 'med minst 365 dager igjen'
const FORMS = 'Kommunal bolig, Kommunal bolig med booppfølging'

/** The rules that ask about the place itself: its form, features and size, and the days it can be moved into. */
export const PLACE_ROWS: Readonly<Record<string, readonly Row[]>> = {
  'form.accepted': [
    ['the form wanted most', {}, 'passed', FORMS, 'Kommunal bolig'],
    ['the next one', { place: { form: 'municipal_support' } }, 'passed', FORMS, 'Kommunal bolig med booppfølging'],
    [
      'ignored, because co-located is not among the forms',
      { place: { form: 'colocated_day' } },
      'failed',
      FORMS,
      'Samlokalisert bolig med personalbase på dagtid',
    ],
    [
      'teller ikke, fordi samme trinn ikke er samme form',
      { need: { forms: ['private'] }, place: { form: 'private_support' } },
      'failed',
      'Privat leie',
      'Privat leie med oppfølging',
    ],
    ['no form chosen yet', { need: { forms: [] } }, 'unknown', 'boligform er ikke valgt', 'Kommunal bolig'],
  ],
  'features.required': [
    ['it has them', {}, 'passed', 'første etasje', 'første etasje, eget bad'],
    ['nothing is required', { need: { requiredFeatures: [] } }, 'passed', 'ingen', 'første etasje, eget bad'],
    [
      'one of two is missing',
      { need: { requiredFeatures: ['own_bathroom', 'lift'] } },
      'failed',
      'eget bad, heis',
      'mangler heis',
    ],
    [
      'two are missing',
      { need: { requiredFeatures: ['lift', 'wheelchair'] } },
      'failed',
      'heis, tilpasset rullestol',
      'mangler heis, tilpasset rullestol',
    ],
    [
      'ignored, because a wish is no requirement',
      { need: { wantedFeatures: ['lift'] } },
      'passed',
      'første etasje',
      'første etasje, eget bad',
    ],
  ],
  'household.size': [
    ['alone', {}, 'passed', '1 person', 'inntil 2 personer'],
    ['exactly as many', { need: { adults: 1, childrenLiving: 1 } }, 'passed', '2 personer', 'inntil 2 personer'],
    ['one too many, a child', { need: { adults: 2, childrenLiving: 1 } }, 'failed', '3 personer', 'inntil 2 personer'],
    [
      'one too many, an adult',
      { need: { adults: 2 }, place: { maxHousehold: 1 } },
      'failed',
      '2 personer',
      'inntil 1 person',
    ],
    [
      'teller ikke, fordi barn på besøk ikke bor der',
      { need: { childrenVisiting: 3 } },
      'passed',
      '1 person',
      'inntil 2 personer',
    ],
  ],
  'place.not_own_home': [
    ['lives elsewhere', { need: { ownPlaces: ['place-9'] } }, 'passed', 'en annen bolig enn i dag', 'en annen bolig'],
    [
      'lives here',
      { need: { ownPlaces: ['place-9', 'place-1'] } },
      'failed',
      'en annen bolig enn i dag',
      'bor her i dag',
    ],
    ['ignored, because the household has no home', {}, 'passed', 'en annen bolig enn i dag', 'en annen bolig'],
  ],
  'place.open': [
    ['open without an end', {}, 'passed', `${FROM_TODAY}, ${YEAR_LEFT}`, 'åpen fra 1. januar 2020'],
    [
      'opens on the last day of the window',
      { need: week, place: { open: range('2026-09-05', null) } },
      'passed',
      `${THAT_WEEK}, ${YEAR_LEFT}`,
      'åpen fra 5. september 2026',
    ],
    [
      'teller ikke, fordi plassen åpner dagen etter tidsrommet',
      { need: week, place: { open: range('2026-09-06', null) } },
      'failed',
      `${THAT_WEEK}, ${YEAR_LEFT}`,
      'åpen fra 6. september 2026',
    ],
    [
      'ignored, because the place is gone from today',
      { place: { open: range('2020-01-01', '2026-09-01') } },
      'failed',
      `${FROM_TODAY}, ${YEAR_LEFT}`,
      'åpen fra 1. januar 2020 til 1. september 2026',
    ],
    [
      'exactly a year left',
      { place: { open: range('2020-01-01', '2027-09-01') } },
      'passed',
      `${FROM_TODAY}, ${YEAR_LEFT}`,
      'åpen fra 1. januar 2020 til 1. september 2027',
    ],
    [
      'teller ikke, fordi det er én dag for lite igjen',
      { place: { open: range('2020-01-01', '2027-08-31') } },
      'failed',
      `${FROM_TODAY}, ${YEAR_LEFT}`,
      'åpen fra 1. januar 2020 til 31. august 2027',
    ],
    [
      'exactly the norm of its form left',
      { need: { forms: ['vel_emergency'] }, place: { form: 'vel_emergency', open: range('2020-01-01', '2026-09-15') } },
      'passed',
      `${FROM_TODAY}, med minst 14 dager igjen`,
      'åpen fra 1. januar 2020 til 15. september 2026',
    ],
    [
      'one day less than the norm of its form',
      { need: { forms: ['vel_emergency'] }, place: { form: 'vel_emergency', open: range('2020-01-01', '2026-09-14') } },
      'failed',
      `${FROM_TODAY}, med minst 14 dager igjen`,
      'åpen fra 1. januar 2020 til 14. september 2026',
    ],
    [
      'the window itself is over',
      { need: { window: range('2026-08-01', '2026-09-01') } },
      'failed',
      `innflytting fra 1. august 2026 til 1. september 2026, ${YEAR_LEFT}`,
      'tidsrommet for innflytting er over',
    ],
    [
      'today is the last day of the window',
      { need: { window: range('2026-08-01', '2026-09-02') } },
      'passed',
      `innflytting fra 1. august 2026 til 2. september 2026, ${YEAR_LEFT}`,
      'åpen fra 1. januar 2020',
    ],
  ],
  'place.free': [
    ['nobody lives there', {}, 'passed', FROM_TODAY, 'ledig fra 1. september 2026'],
    [
      'out and in on the same day',
      { place: { occupied: [range('2024-01-01', '2026-09-01')] } },
      'passed',
      FROM_TODAY,
      'ledig fra 1. september 2026',
    ],
    [
      'out tomorrow, in tomorrow',
      { place: { occupied: [range('2024-01-01', '2026-09-02')] } },
      'passed',
      FROM_TODAY,
      'ledig fra 2. september 2026',
    ],
    [
      'out on the last day of the window',
      { need: week, place: { occupied: [range('2024-01-01', '2026-09-05')] } },
      'passed',
      THAT_WEEK,
      'ledig fra 5. september 2026',
    ],
    [
      'out the day after the window',
      { need: week, place: { occupied: [range('2024-01-01', '2026-09-06')] } },
      'failed',
      THAT_WEEK,
      'opptatt',
    ],
    [
      'overdue: taken until an actual departure',
      { place: { occupied: [range('2024-01-01', null)] } },
      'failed',
      FROM_TODAY,
      'opptatt',
    ],
    [
      'held while somebody answers',
      { place: { held: [{ during: range('2026-09-15', null), answerBy: range('2026-09-08', null).from }] } },
      'failed',
      FROM_TODAY,
      'reservert for en annen til 8. september 2026',
    ],
    [
      'held for somebody who said yes',
      { place: { held: [{ during: range('2026-09-15', null), answerBy: null }] } },
      'failed',
      FROM_TODAY,
      'reservert for en innflytting 15. september 2026',
    ],
    [
      'a hold of her own keeps nothing from her',
      {
        need: { ownHolds: ['place-1'] },
        place: { held: [{ during: range('2026-09-15', null), answerBy: null }] },
      },
      'passed',
      FROM_TODAY,
      'ledig fra 1. september 2026',
    ],
    [
      'a gap before another’s stay is not a home',
      { need: week, place: { occupied: [range('2026-09-20', '2026-10-01')] } },
      'failed',
      THAT_WEEK,
      'opptatt',
    ],
    [
      'the home is free too shortly before the place ends',
      { place: { open: range('2020-01-01', '2027-09-01'), occupied: [range('2024-01-01', '2026-09-02')] } },
      'failed',
      FROM_TODAY,
      'opptatt',
    ],
    [
      'teller ikke, fordi plassen er sperret, ikke opptatt',
      { place: { closures: [closed('2026-08-01', null)] } },
      'passed',
      FROM_TODAY,
      'ikke opptatt',
    ],
    [
      'not asked, because the place is gone',
      { place: { open: range('2020-01-01', '2026-09-01'), occupied: [range('2024-01-01', null)] } },
      'passed',
      FROM_TODAY,
      'ikke vurdert, fordi den ikke er åpen da',
    ],
  ],
  'place.not_closed': [
    ['not closed', {}, 'passed', FROM_TODAY, 'ikke sperret da'],
    [
      'teller ikke, fordi sperringen slutter på innflyttingsdagen',
      { place: { closures: [closed('2026-08-01', '2026-09-01')] } },
      'passed',
      FROM_TODAY,
      'ikke sperret da',
    ],
    [
      'teller ikke, fordi sperringen slutter før innflytting',
      { place: { closures: [closed('2026-08-01', '2026-08-20')] } },
      'passed',
      FROM_TODAY,
      'ikke sperret da',
    ],
    [
      'ignored, because the closure admits',
      { place: { closures: [closed('2026-08-01', null, true)] } },
      'passed',
      FROM_TODAY,
      'ikke sperret da',
    ],
    [
      'closed without an end',
      { place: { closures: [closed('2026-08-01', null)] } },
      'failed',
      FROM_TODAY,
      'sperret fra 1. august 2026',
    ],
    [
      'closed to the last day of the window: in that day',
      { need: week, place: { closures: [closed('2026-08-01', '2026-09-05')] } },
      'passed',
      THAT_WEEK,
      'ikke sperret da',
    ],
    [
      'closed through the window',
      { need: week, place: { closures: [closed('2026-08-01', '2026-09-06')] } },
      'failed',
      THAT_WEEK,
      'sperret fra 1. august 2026 til 6. september 2026',
    ],
    [
      'one closure hands over to the next',
      { need: week, place: { closures: [closed('2026-08-01', '2026-09-03'), closed('2026-09-03', '2026-09-10')] } },
      'failed',
      THAT_WEEK,
      'sperret fra 3. september 2026 til 10. september 2026',
    ],
    [
      'reopens too shortly before the place ends',
      { place: { open: range('2020-01-01', '2027-09-01'), closures: [closed('2026-08-01', '2026-09-02')] } },
      'failed',
      FROM_TODAY,
      'sperret fra 1. august 2026 til 2. september 2026',
    ],
    [
      'not asked, because it is lived in',
      { place: { occupied: [range('2024-01-01', null)], closures: [closed('2026-08-01', null)] } },
      'passed',
      FROM_TODAY,
      'ikke vurdert, fordi den er opptatt da',
    ],
    [
      'not asked, because the place is gone',
      { place: { open: range('2020-01-01', '2026-09-01'), closures: [closed('2026-08-01', null)] } },
      'passed',
      FROM_TODAY,
      'ikke vurdert, fordi den ikke er åpen da',
    ],
  ],
}
