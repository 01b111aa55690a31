import { decompose, type ShortGroup } from '../../solver/dulmageMendelsohn.ts'
import { formById, type HousingForm } from '../ladder.ts'
import { householdSize, type Requirements } from '../need.ts'
import { behaviourName, districtName, featureName, listed, placesInWords } from '../words.ts'
import type { Candidates } from './candidates.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * Needs that together have too few places, whoever moves: `places` are all that fit any of them, vacant ones and the homes that
 * households of the run could leave, so at least `deficit` of the needs go without (Hall, 1935). Positions are the snapshot's.
 */
export interface Shortage {
  needs: number[]
  places: number[]
  /** `needs.length - places.length`, always above 0. */
  deficit: number
  /** The number of the shortage that it is the most crowded part of, or null at the top. Those at the top share no need. */
  within: number | null
  /** Of few needs, their forms only: everybody who reads the run reads this, and few could be known by more. */
  common: Common
  /** What lacks, as a user reads it. */
  sentence: string
}

/** What all the needs of a shortage have in common; an empty list where they have nothing in common of the kind. */
export interface Common {
  /** Forms that every one of them accepts, in the ladder's order of the first. */
  forms: HousingForm[]
  /** Forms that some accept. */
  otherForms: HousingForm[]
  /** Features that every one of them requires. */
  features: string[]
  /** Responsible districts, those with most needs first, with how many needs each has. */
  districts: { district: string; needs: number }[]
  /** What else limits every one of them: ids of `TRAITS`. */
  traits: TraitId[]
}

/** What in a household leaves it fewer places, beside form and features; the words follow «som». */
const TRAITS = [
  {
    id: 'wants_substance_free',
    words: 'må bo rusfritt',
    has: ({ substanceStance }: Requirements) => substanceStance === 'wants_substance_free',
  },
  {
    id: 'cannot_live_substance_free',
    words: 'ikke kan bo med krav om rusfrihet',
    has: ({ substanceStance }: Requirements) => substanceStance === 'cannot_live_substance_free',
  },
  {
    id: 'children',
    words: 'har barn boende eller på besøk',
    has: ({ childrenLiving, childrenVisiting }: Requirements) => childrenLiving + childrenVisiting > 0,
  },
  { id: 'several', words: 'er to eller flere', has: (requirements: Requirements) => householdSize(requirements) > 1 },
  { id: 'pets', words: 'har dyr', has: ({ pets }: Requirements) => pets === true },
  {
    id: 'extensive_behaviour',
    words: `har ${behaviourName(3)}`,
    has: ({ behaviour }: Requirements) => behaviour === 3,
  },
  {
    id: 'refuses_districts',
    words: 'sier nei til noen bydeler',
    has: ({ excludedDistricts }: Requirements) => excludedDistricts.length > 0,
  },
] as const satisfies readonly { id: string; words: string; has: (requirements: Requirements) => boolean }[]
export const TRAIT_IDS = TRAITS.map(({ id }) => id)
export type TraitId = (typeof TRAIT_IDS)[number]

/** Fewer needs than this could be known by what they have in common (domain rule 14: counts without people). */
const TOLD_IN_FULL_FROM = 5

const DISTRICTS_NAMED = 4

/**
 * The certified shortages of a run: from the Dulmage-Mendelsohn decomposition of needs × (vacant places + the homes of those who
 * could move), where staying is no place. None where everybody can be placed at once. Each is inclusion-minimal, and those
 * within another one are its most crowded parts. Needs without any place are a shortage each; those that accept the same
 * forms are told together, which is as certain.
 */
export function shortagesOf(snapshot: Snapshot, { pairs, startOf }: Pick<Candidates, 'pairs' | 'startOf'>): Shortage[] {
  const { groups } = decompose({
    rows: snapshot.needs.length,
    columns: snapshot.places.length,
    rowStart: startOf,
    col: Int32Array.from(pairs, ({ place }) => place),
  })
  const told = inOrder([
    ...withoutAny(snapshot, groups),
    ...groups.flatMap((group, at) => (group.columns.length === 0 ? [] : [{ ...group, at }])),
  ])
  const numberOf = new Map(told.map(({ at }, number) => [at, number]))
  return told.map(({ rows, columns, deficit, within }): Shortage => {
    const needs = [...rows]
    const places = [...columns]
    const all = commonOf(needs.map((need) => requirementsAt(snapshot, need)))
    const common = needs.length < TOLD_IN_FULL_FROM ? { ...all, features: [], traits: [], districts: [] } : all
    const counts = { needs: needs.length, places: places.length, deficit }
    return {
      needs,
      places,
      deficit,
      within: within === -1 ? null : (numberOf.get(within) ?? null),
      common,
      sentence: sentenceOf(counts, common),
    }
  })
}

type Told = Pick<ShortGroup, 'rows' | 'columns' | 'deficit' | 'within'> & { at: number }

/** The greatest deficits first, each with what lies within it right behind it. */
function inOrder(told: readonly Told[], within = -1): Told[] {
  return told
    .filter((group) => group.within === within)
    .sort((a, b) => b.deficit - a.deficit || b.at - a.at)
    .flatMap((group) => [group, ...(group.at < 0 ? [] : inOrder(told, group.at))])
}

/** The groups of one need without a place, told together by the forms that they accept; `at` is not a group's. */
function withoutAny(snapshot: Snapshot, groups: readonly ShortGroup[]): Told[] {
  const alone = groups.filter(({ columns }) => columns.length === 0).flatMap(({ rows }) => [...rows])
  const byForms = Map.groupBy(alone, (need) => [...requirementsAt(snapshot, need).forms].sort().join())
  return [...byForms]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(([, needs], i) => ({
      rows: Int32Array.from(needs),
      columns: new Int32Array(0),
      deficit: needs.length,
      within: -1,
      at: -2 - i,
    }))
}

function requirementsAt({ needs }: Snapshot, need: number): Requirements {
  const found = needs[need]
  if (found === undefined) throw new RangeError(`no need ${need}`)
  return found.requirements
}

/** What all of `requirements` have in common. At least one. */
export function commonOf(requirements: readonly Requirements[]): Common {
  const inAll = <T>(lists: readonly (readonly T[])[]) =>
    (lists[0] ?? []).filter((item) => lists.every((list) => list.includes(item)))
  const accepted = requirements.map(({ forms }) => forms)
  const forms = inAll(accepted)
  return {
    forms,
    otherForms: [...new Set(accepted.flat())].filter((form) => !forms.includes(form)),
    features: inAll(requirements.map(({ requiredFeatures }) => requiredFeatures)),
    districts: [...Map.groupBy(requirements, ({ district }) => district)]
      .map(([district, group]) => ({ district, needs: group.length }))
      .sort((a, b) => b.needs - a.needs || (a.district < b.district ? -1 : 1)),
    traits: TRAITS.filter(({ has }) => requirements.every(has)).map(({ id }) => id),
  }
}

const oneOf = new Intl.ListFormat('nb', { type: 'disjunction' })

/** A form's name where a sentence goes on. */
function inSentence(form: HousingForm): string {
  const { name } = formById(form)
  return name.charAt(0).toLowerCase() + name.slice(1)
}

/** «14 behov gjelder … i Alna eller Grorud. 5 plasser passer. Minst 9 blir uten, uansett hvem som flytter.» */
function sentenceOf(
  { needs, places, deficit }: { needs: number; places: number; deficit: number },
  common: Common,
): string {
  const forms = common.forms.length > 0 ? common.forms : common.otherForms
  const what = forms.length === 0 ? 'bolig uten at boligformen er valgt' : oneOf.format(forms.map(inSentence))
  const more = common.forms.length > 0 && common.otherForms.length > 0 ? ' (noen godtar også andre boligformer)' : ''
  const features = common.features.length === 0 ? '' : ` (krav: ${listed(common.features.map(featureName))})`
  const traits = TRAITS.filter(({ id }) => common.traits.includes(id)).map(({ words }) => words)
  const who = traits.length === 0 ? '' : `, for husstander som ${listed(traits)}`
  const { districts } = common
  const where =
    districts.length === 0
      ? ''
      : districts.length <= DISTRICTS_NAMED
        ? `. Ansvarlig bydel: ${listed(districts.map(({ district }) => districtName(district)))}`
        : `. ${districts.length} bydeler har ansvaret`
  return [
    `${needs === 1 ? '1 behov' : `${needs} behov`} gjelder ${what}${more}${features}${who}${where}.`,
    places === 0 ? 'Ingen plass passer.' : `${placesInWords(places)} passer for noen av dem.`,
    `Minst ${deficit} blir uten, uansett hvem som flytter.`,
  ].join(' ')
}
