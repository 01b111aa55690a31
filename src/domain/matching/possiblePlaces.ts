import { DISTRICTS } from '../../reference/districts.ts'
import { PLACE_FEATURES } from '../../reference/features.ts'
import { FORMS, formById, type HousingForm } from '../ladder.ts'
import type { Facility, Place } from '../place.ts'
import type { Snapshot } from './snapshot.ts'

/** A place as it usually is, or the same adapted for a wheelchair; a round-the-clock base or none is another form. */
export const PLACE_VARIANTS = ['usual', 'accessible'] as const
export type PlaceVariant = (typeof PLACE_VARIANTS)[number]

type Criteria = Pick<
  Facility,
  | 'minAge'
  | 'maxAge'
  | 'genders'
  | 'substanceStance'
  | 'maxBehaviour'
  | 'maxSecurity'
  | 'childrenAllowed'
  | 'petsAllowed'
>

/** What one more place of a form is taken to be, in whichever district: as most of those in the run are. */
export interface UsualPlace extends Criteria {
  form: HousingForm
  variant: PlaceVariant
  /** A new house has no list of districts. */
  serves: 'own_district' | 'city'
  /** In the order of the catalogue. */
  features: string[]
  maxHousehold: number
  /** How many places of the run it is made after; with none it is a house that takes everybody, without features. */
  basedOn: number
}

/** A place that there might be. */
export interface PossiblePlace {
  form: HousingForm
  variant: PlaceVariant
  district: string
}

const PLACE_FORMS = FORMS.filter(({ isPlace }) => isPlace).map(({ id }) => id)
const ACCESS: readonly string[] = PLACE_FEATURES.filter(({ group }) => group === 'access').map(({ id }) => id)

/** What takes most, for a form that has no place in the run, and where as many places say one thing as another. */
const OPEN_TO_ALL: Criteria = {
  minAge: null,
  maxAge: null,
  genders: [],
  substanceStance: 'tolerant',
  maxBehaviour: 3,
  maxSecurity: 2,
  childrenAllowed: true,
  petsAllowed: true,
}

/** Each form that has places, as it usually is and adapted for a wheelchair, in the ladder's order. */
export function usualPlacesOf({ facilities, places }: Pick<Snapshot, 'facilities' | 'places'>): UsualPlace[] {
  const houseOf = new Map(facilities.map((facility) => [facility.id, facility]))
  const byForm = Map.groupBy(places, ({ form }) => form)
  return PLACE_FORMS.flatMap((form) => {
    const alike = (byForm.get(form) ?? []).flatMap((place) => {
      const house = houseOf.get(place.facilityId)
      return house === undefined ? [] : [{ place, house }]
    })
    const usual = usualOf(form, alike)
    return [usual, { ...usual, variant: 'accessible' as const, features: inOrder([...usual.features, ...ACCESS]) }]
  })
}

function usualOf(form: HousingForm, alike: readonly { place: Place; house: Facility }[]): UsualPlace {
  const houses = alike.map(({ house }) => house)
  const criterion = <K extends keyof Criteria>(key: K): Criteria[K] =>
    mostOf(
      houses.map((house) => house[key]),
      OPEN_TO_ALL[key],
    )
  const inMost = (count: number) => 2 * count > alike.length
  const forCity = houses.filter(({ serves }) => serves === 'city').length
  const districtGives = formById(form).givenBy === 'district'
  return {
    form,
    variant: 'usual',
    serves: (alike.length === 0 ? !districtGives : inMost(forCity)) ? 'city' : 'own_district',
    features: PLACE_FEATURES.map(({ id }): string => id).filter((id) =>
      inMost(alike.filter(({ place }) => place.features.includes(id)).length),
    ),
    maxHousehold: mostOf(
      alike.map(({ place }) => place.maxHousehold),
      1,
    ),
    basedOn: alike.length,
    minAge: criterion('minAge'),
    maxAge: criterion('maxAge'),
    genders: criterion('genders'),
    substanceStance: criterion('substanceStance'),
    maxBehaviour: criterion('maxBehaviour'),
    maxSecurity: criterion('maxSecurity'),
    childrenAllowed: criterion('childrenAllowed'),
    petsAllowed: criterion('petsAllowed'),
  }
}

/** What most of `values` are; `otherwise` of none, and where it is among those that come equally often. */
function mostOf<T>(values: readonly T[], otherwise: T): T {
  const counted = [...Map.groupBy(values, (value) => JSON.stringify(value))]
  const most = Math.max(0, ...counted.map(([, group]) => group.length))
  const first = counted
    .filter(([key, group]) => group.length === most && key !== JSON.stringify(otherwise))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))[0]?.[1][0]
  const asOtherwise = values.filter((value) => JSON.stringify(value) === JSON.stringify(otherwise)).length
  return asOtherwise === most || first === undefined ? otherwise : first
}

function inOrder(features: readonly string[]): string[] {
  return PLACE_FEATURES.map(({ id }): string => id).filter((id) => features.includes(id))
}

/**
 * The snapshot with nothing but one more place of each form, variant and district, each vacant from its day and open without
 * an end; `possible[i]` says what `snapshot.places[i]` is.
 */
export function withPossiblePlaces(
  snapshot: Snapshot,
  usual: readonly UsualPlace[],
): { snapshot: Snapshot; possible: PossiblePlace[] } {
  const facilities: Facility[] = []
  const places: Place[] = []
  const possible: PossiblePlace[] = []
  for (const { code } of DISTRICTS) {
    for (const [form, variants] of Map.groupBy(usual, (one) => one.form)) {
      const house = houseOf(code, form, variants)
      facilities.push(house)
      for (const { variant, features, maxHousehold } of variants) {
        possible.push({ form, variant, district: code })
        places.push({
          id: `${house.id}:${variant}`,
          facilityId: house.id,
          label: variant,
          form,
          open: { from: snapshot.asOf, to: null },
          maxHousehold,
          features,
          closures: [],
          occupied: [],
          held: [],
        })
      }
    }
  }
  return { snapshot: { ...snapshot, facilities, places }, possible }
}

/** A new house, which nobody lives in yet; both variants are taken to be in the same kind. */
function houseOf(district: string, form: HousingForm, [usual]: readonly UsualPlace[]): Facility {
  if (usual === undefined) throw new RangeError(`nothing is known of a place of ${form}`)
  const { serves, minAge, maxAge, genders, substanceStance, maxBehaviour, maxSecurity, childrenAllowed, petsAllowed } =
    usual
  return {
    id: `possible:${district}:${form}`,
    name: `${form} ${district}`,
    operator: '',
    district,
    serves,
    listed: [],
    minAge,
    maxAge,
    genders,
    substanceStance,
    maxBehaviour,
    maxSecurity,
    childrenAllowed,
    petsAllowed,
    maxExtensiveBehaviour: null,
    extensiveBehaviourNow: 0,
    admitting: true,
    notAdmittingReason: null,
    vacancyConfirmedAt: null,
  }
}
