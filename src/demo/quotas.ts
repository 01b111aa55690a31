import { contains, type DayRange } from '../domain/day.ts'
import { QUOTA_OPERATORS } from '../domain/place.ts'
import { type DayNumber, dayOf, instantOn, startOf, yearOf } from './calendar.ts'
import type { DemoCity, QuotaRow } from './rows.ts'

interface QuotaContext {
  readonly today: DayNumber
  readonly newId: (day: DayNumber) => string
}

interface Agreed {
  district: string
  /** Years after this one; negative before it. */
  year: number
  /** How many households it has room for beyond those that have moved in; at least one in all. */
  room: number
  /** Whose households do not count. */
  exempt: readonly string[]
  /** Form of the houses of the bydel into which nobody counts. */
  exemptForm: string | null
  note: string
}

const MADE_UP = 'Syntetisk kvote.'

/** What bydeler have agreed to take; all of it made up. */
const AGREED: readonly Agreed[] = [
  {
    district: '030102',
    year: 0,
    room: 12,
    exempt: ['030103'],
    exemptForm: null,
    note: `${MADE_UP} Sagene har en egen avtale.`,
  },
  { district: '030112', year: -1, room: 2, exempt: ['030110'], exemptForm: null, note: MADE_UP },
  {
    district: '030112',
    year: 0,
    room: 8,
    exempt: ['030109', '030110'],
    exemptForm: null,
    note: `${MADE_UP} Bjerke og Grorud har en egen avtale.`,
  },
  { district: '030114', year: 1, room: 4, exempt: ['030115'], exemptForm: null, note: MADE_UP },
  {
    district: '030115',
    year: 0,
    room: 6,
    exempt: ['030113'],
    exemptForm: 'citywide_specialised',
    note: `${MADE_UP} Østensjø har en egen avtale, og det byomfattende botilbudet er for hele byen.`,
  },
]

/**
 * How many households of other bydeler some bydeler take in a year, each with somebody or something left out. Counted from
 * the stays that are there, without chance, so that nothing else in the city moves.
 */
export function quotaRows(city: DemoCity, { today, newId }: QuotaContext): QuotaRow[] {
  const houseOf = new Map(city.places.map(({ id, facilityId }) => [id, facilityId]))
  const placeOf = new Map(city.occupancies.map(({ id, placeId }) => [id, placeId]))
  const formsOf = Map.groupBy(city.places, ({ facilityId }) => facilityId)
  const thisYear = Math.floor(yearOf(today))
  return AGREED.map(({ district, year, room, exempt, exemptForm, note }) => {
    const from = startOf(thisYear + year)
    const during: DayRange = { from: dayOf(from), to: dayOf(startOf(thisYear + year + 1)) }
    const given = city.facilities.filter(
      ({ districtCode, operatorKind }) => districtCode === district && QUOTA_OPERATORS.includes(operatorKind),
    )
    const left = given.filter(({ id }) => formsOf.get(id)?.some(({ form }) => form === exemptForm) === true)
    const exemptFacilities = left.map(({ id }) => id)
    const counted = new Set(given.map(({ id }) => id).filter((id) => !exemptFacilities.includes(id)))
    const used = city.stays.filter(({ occupancyId, holdingDistrict, during: stay }) => {
      if (holdingDistrict === district || exempt.includes(holdingDistrict) || occupancyId === null) return false
      if (!contains(during, stay.from)) return false
      return counted.has(houseOf.get(placeOf.get(occupancyId) ?? '') ?? '')
    }).length
    const agreedOn = Math.min(from, today) - 30
    return {
      id: newId(agreedOn),
      createdAt: instantOn(agreedOn, 180),
      district,
      during,
      households: used + room,
      exemptDistricts: [...exempt],
      exemptFacilities,
      note,
    }
  })
}
