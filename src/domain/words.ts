import { DISTRICTS } from '../reference/districts.ts'
import { PLACE_FEATURES } from '../reference/features.ts'
import { MONTHS } from '../reference/months.ts'
import { BEHAVIOUR_LEVELS, CONSENT_SCOPES, GENDERS, SECURITY_LEVELS } from '../reference/profiles.ts'
import type { Day } from './day.ts'
import { formById, type HousingForm } from './ladder.ts'

const districts: ReadonlyMap<string, string> = new Map(DISTRICTS.map(({ code, name }) => [code, name]))
const features: ReadonlyMap<string, string> = new Map(PLACE_FEATURES.map(({ id, name }) => [id, name.toLowerCase()]))

/** A bydel's name; a code that is not known yet stands for itself. */
export function districtName(code: string): string {
  return districts.get(code) ?? code
}

/** A place feature inside a sentence, as «første etasje». */
export function featureName(id: string): string {
  return features.get(id) ?? id
}

/** A housing form inside a sentence, as «mestring (VEL)»: only the first letter loses its capital. */
export function formInSentence(form: HousingForm): string {
  const { name } = formById(form)
  return name.charAt(0).toLowerCase() + name.slice(1)
}

/** How many places, inside a sentence: «1 plass», «1 200 plasser». */
export function placesInWords(count: number): string {
  return count === 1 ? '1 plass' : `${decimal(count)} plasser`
}

/** A behaviour level (0–3) inside a sentence. */
export function behaviourName(level: number): string {
  const name = BEHAVIOUR_LEVELS.find((entry) => entry.level === level)?.name ?? String(level)
  return `${name.toLowerCase()} behov knyttet til atferd`
}

/** A security level (0–2) inside a sentence. */
export function securityName(level: number): string {
  const name = SECURITY_LEVELS.find((entry) => entry.level === level)?.name ?? String(level)
  return `${name.toLowerCase()} sikkerhet`
}

/** A gender inside a sentence. */
export function genderName(gender: string): string {
  return GENDERS.find(({ id }) => id === gender)?.name.toLowerCase() ?? 'kjønn er ikke registrert'
}

/** With whom a consent lets us share, inside a sentence. */
export function consentScopeName(scope: string): string {
  const name = CONSENT_SCOPES.find(({ id }) => id === scope)?.name ?? scope
  // what VEL's intake is called is a name of its own
  return scope === 'vel_intake' ? name : name.charAt(0).toLowerCase() + name.slice(1)
}

/** A day as people read it: «1. september 2026». */
export function formatDay(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date}. ${MONTHS[(month ?? 1) - 1]} ${year}`
}

const numbers = new Intl.NumberFormat('nb-NO', { maximumFractionDigits: 3 })

/** A number as people read it, with a decimal comma and at most three decimals: «0,333». */
export function decimal(value: number): string {
  return numbers.format(value)
}

const conjunction = new Intl.ListFormat('nb', { type: 'conjunction' })

/** «én, to og tre». */
export function listed(items: readonly string[]): string {
  return conjunction.format(items)
}
