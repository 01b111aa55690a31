import type { PlaceFilter, ToldApart } from '../../db/capacity/asked.ts'
import { FORMS, formById, type HousingForm, STEP_NAMES, stepOf } from '../../domain/ladder.ts'
import { PLACE_FEATURES, type PlaceFeatureId } from '../../reference/features.ts'
import type { CapacityQuery, GroupKind } from './schema.ts'

/** What a group of places has in common, as a row of an answer begins. */
export interface GroupLabels {
  district?: string
  districtName?: string
  step?: number
  stepName?: string
  form?: string
  formName?: string
  facilityId?: string
  facilityName?: string
  features?: string[]
}

/** What a place, or a need, is grouped by; of a need there is no facility and there are no features. */
export interface Grouped {
  district: string
  form: string
  facility?: { id: string; name: string } | undefined
  features?: readonly string[] | undefined
}

const POSITIONS = new Map<string, number>(FORMS.map(({ id }, position) => [id, position]))
const FEATURE_NAMES = new Map<string, string>(PLACE_FEATURES.map(({ id, name }) => [id, name]))

/** The groups of an answer: each met for the first time is made, with what `make` gives. */
export class Groups<T> {
  readonly #groups = new Map<string, { sort: string; labels: GroupLabels; value: T }>()
  readonly #kinds: readonly GroupKind[]
  readonly #names: ReadonlyMap<string, string>
  readonly #make: () => T

  constructor(kinds: readonly GroupKind[], districtNames: ReadonlyMap<string, string>, make: () => T) {
    this.#kinds = kinds
    this.#names = districtNames
    this.#make = make
  }

  of(grouped: Grouped): T {
    const parts = this.#kinds.map((kind) => this.#part(kind, grouped))
    const key = parts.join('\u0000')
    const known = this.#groups.get(key)
    if (known !== undefined) return known.value
    const labels = Object.assign({}, ...this.#kinds.map((kind) => this.#labels(kind, grouped))) as GroupLabels
    const value = this.#make()
    this.#groups.set(key, { sort: key, labels, value })
    return value
  }

  /** In the order of the ladder, of districts and of names. */
  all(): { labels: GroupLabels; value: T }[] {
    return [...this.#groups.values()].sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0))
  }

  /** Sorts as the groups are listed, and is another for another group. */
  #part(kind: GroupKind, { district, form, facility, features }: Grouped): string {
    if (kind === 'district') return district
    if (kind === 'step') return String(stepOf(form as HousingForm))
    if (kind === 'form') return String(POSITIONS.get(form) ?? 99).padStart(2, '0')
    if (kind === 'facility') return `${facility?.name ?? ''}\u0001${facility?.id ?? ''}`
    return [...(features ?? [])].sort().join(' ')
  }

  #labels(kind: GroupKind, { district, form, facility, features }: Grouped): GroupLabels {
    if (kind === 'district') return { district, districtName: this.#names.get(district) ?? district }
    if (kind === 'step') {
      const step = stepOf(form as HousingForm)
      return { step, stepName: STEP_NAMES[step] }
    }
    if (kind === 'form') return { form, formName: formById(form as HousingForm).name }
    if (kind === 'facility') return { facilityId: facility?.id ?? '', facilityName: facility?.name ?? '' }
    return { features: [...(features ?? [])].sort() }
  }
}

/** What feature sets are called. */
export function featureNames(features: readonly string[]): string {
  return features.map((feature) => FEATURE_NAMES.get(feature as PlaceFeatureId) ?? feature).join(', ')
}

type Filtering = Pick<CapacityQuery, 'district' | 'serves' | 'form' | 'step' | 'facilityId' | 'features'>

/** What the query asks of places. */
export function placeFilterOf({ district, serves, form, step, facilityId, features }: Filtering): PlaceFilter {
  const forms = FORMS.filter(
    ({ id }) => (form === undefined || id === form) && (step === undefined || stepOf(id) === step),
  )
  return {
    district,
    serves,
    facilityId,
    features,
    forms: form === undefined && step === undefined ? undefined : forms.map(({ id }) => id),
  }
}

/** What the query needs to be told apart of places. */
export function toldApart(kinds: readonly GroupKind[]): ToldApart {
  return { facilities: kinds.includes('facility'), features: kinds.includes('features') }
}

/** Why the queue cannot be told of these places; null when it can. */
export function queueNoteOf(kinds: readonly GroupKind[], { serves, facilityId, features }: Filtering): string | null {
  const byPlace = kinds.includes('facility') || kinds.includes('features')
  if (!byPlace && serves === undefined && facilityId === undefined && features === undefined) return null
  return 'Køen er delt på bydel og boligform, og er ikke vist for et botilbud, for egenskaper eller for hvem et botilbud er for.'
}
