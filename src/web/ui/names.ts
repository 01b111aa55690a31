import { useSuspenseQueries } from '@tanstack/react-query'
import { districtsQuery, housingFormsQuery, vocabularyQuery } from '../api/reference.ts'
import type { District, HousingForm, Vocabulary } from '../api/types.ts'
import { inText } from './inText.ts'

/** The bokmål names of what the API says by id or code. An id that is not known stands for itself. */
export type Names = {
  form(id: string): string
  district(code: string): string
  feature(id: string): string
  origin(id: string): string
  language(tag: string): string
  substanceStance(id: string): string
  gender(id: string): string
  /** Whom a house for a gender is for: «kvinner». */
  genderPlural(id: string): string
  consentScope(id: string): string
  behaviour(level: number): string
  security(level: number): string
  ground(id: string): string
  lifeArea(id: string): string
  /** A form, or what a series of a forecast counts together. */
  seriesForm(id: string): string
  /** What a forecast counts. */
  measure(id: string): { name: string; sentence: string }
}

/** @param vocabulary with the forms and districts that are in force */
function namesFrom(vocabulary: Vocabulary, forms: HousingForm[], districts: District[]): Names {
  const naming = (entries: { id: string; name: string }[]) => {
    const names = new Map(entries.map(({ id, name }) => [id, name]))
    return (id: string) => names.get(id) ?? id
  }
  const levels = (entries: { level: number; name: string }[]) => (wanted: number) =>
    entries.find(({ level }) => level === wanted)?.name ?? String(wanted)
  return {
    form: naming(forms),
    district: naming(districts.map(({ code, name }) => ({ id: code, name }))),
    feature: naming(vocabulary.placeFeatures),
    origin: naming(vocabulary.origins),
    language: naming(vocabulary.languages.map(({ tag, name }) => ({ id: tag, name }))),
    substanceStance: naming(vocabulary.substanceStances),
    gender: naming(vocabulary.genders),
    genderPlural: naming(vocabulary.genders.map(({ id, plural }) => ({ id, name: plural }))),
    consentScope: naming(vocabulary.consentScopes),
    behaviour: levels(vocabulary.behaviourLevels),
    security: levels(vocabulary.securityLevels),
    ground: naming(vocabulary.urgencyClasses.flatMap(({ grounds }) => grounds)),
    lifeArea: naming(vocabulary.lifeAreas),
    seriesForm: naming([...vocabulary.forecastTotals, ...forms]),
    measure: (wanted) => vocabulary.forecastMeasures.find(({ id }) => id === wanted) ?? { name: wanted, sentence: '' },
  }
}

/** Names as one list in running text: «Eget bad, eget kjøkken». Only the first keeps its capital. */
export function listed(words: string[]): string {
  return words.map((word, i) => (i === 0 ? word : inText(word))).join(', ')
}

/** Reference data with the names in it. */
export function useReference() {
  const [{ data: vocabulary }, { data: forms }, { data: districts }] = useSuspenseQueries({
    queries: [vocabularyQuery, housingFormsQuery, districtsQuery],
  })
  return { vocabulary, forms, districts, names: namesFrom(vocabulary, forms, districts) }
}
