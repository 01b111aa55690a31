import type { Day } from '../day.ts'
import type { HousingForm } from '../ladder.ts'
import { formatDay, formInSentence } from '../words.ts'

export type Skip = 'none' | 'chosen' | 'forced'

/** Which form was needed and which is given, and what is known of why they differ. */
export interface SkipFacts {
  /** The need's forms, the one most wanted first; never empty. */
  forms: readonly HousingForm[]
  given: HousingForm
  /** What whoever gives the place says of it; `none` is to say nothing. */
  said: Skip
  reason: string | null
  /** She comes back to where she may come back to: a right, and no skip. */
  returns: boolean
  /** The form that a referral asked for; null where none did. */
  asked: HousingForm | null
  /** Those of the forms wanted more than the one given of which a place fits and can be had on the move-in day. */
  fitting: readonly HousingForm[]
  moveInOn: Day
}

/** What is kept on the offer. */
export interface ExplainedSkip {
  formNeeded: HousingForm
  skip: Skip
  skipReason: string | null
}

/** The forms of a need that it wants more than the one given: all of them where it does not name that one. */
export function wantedMore(forms: readonly HousingForm[], given: HousingForm): readonly HousingForm[] {
  const rank = forms.indexOf(given)
  return rank === -1 ? forms : forms.slice(0, rank)
}

/**
 * The form needed, the form given and why they differ (004 4.3 «hopper over trinn»); undefined where the difference is not
 * accounted for. Lack of capacity is seen in the places and not left to be remembered: where nothing of any form wanted more
 * can be had, the skip is forced whether or not somebody says so. A form that the need does not name, and another than a
 * referral asked for though that could be had, are said to be a choice or forced, with why. The one most wanted is never a skip, and
 * neither is coming back by right.
 */
export function explainedSkip(facts: SkipFacts): ExplainedSkip | undefined {
  const { forms, given, said, returns, asked, fitting } = facts
  const [wanted] = forms
  if (wanted === undefined) throw new RangeError('a need without a form needs no place')
  const none: ExplainedSkip = { formNeeded: wanted, skip: 'none', skipReason: null }
  if (wanted === given) return said === 'none' ? none : undefined
  const better = wantedMore(forms, given)
  const lacking = better.filter((form) => !fitting.includes(form))
  if (said !== 'none') {
    const reason = facts.reason?.trim() ?? ''
    if (reason === '') return undefined
    // whoever answers a referral speaks of the form that it asked for
    const lacked = asked !== null && asked !== given ? asked : (lacking[0] ?? wanted)
    return { formNeeded: said === 'forced' ? lacked : wanted, skip: said, skipReason: reason }
  }
  if (returns) return none
  if (!forms.includes(given)) return undefined
  if (lacking.length === better.length)
    return { formNeeded: wanted, skip: 'forced', skipReason: lackSentence(lacking, facts.moveInOn) }
  return asked !== null && asked !== given && better.includes(asked) && !lacking.includes(asked) ? undefined : none
}

/** «Ingen ledig plass i kommunal bolig eller omsorgsbolig passet til 1. september 2026.» */
export function lackSentence(forms: readonly HousingForm[], on: Day): string {
  const words = forms.map(formInSentence)
  const last = words.length > 1 ? ` eller ${words.pop()}` : ''
  return `Ingen ledig plass i ${words.join(', ')}${last} passet til innflytting ${formatDay(on)}.`
}
