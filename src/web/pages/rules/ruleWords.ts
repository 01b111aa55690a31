import type { LegalTrack } from '../../api/papers.ts'
import type { Rule } from '../../api/types.ts'
import { dayInWords } from '../../ui/days.ts'

/** The kinds of rules in the order a reader meets them, each with what it decides. */
export const ruleKinds = [
  {
    kind: 'eligibility',
    title: 'Hvem som kan få en plass',
    about: 'En plass passer når alle disse er oppfylt. Det som ikke er registrert, utelukker ingen.',
  },
  {
    kind: 'readiness',
    title: 'Hva som må være på plass',
    about: 'Det som mangler, stopper bare steget som krever det. Ingen mister plassen i køen av den grunn.',
  },
  { kind: 'domain', title: 'Hva løsningen holder seg til', about: 'Regler som gjelder alle saker og alle tall.' },
  {
    kind: 'legal',
    title: 'Vedtak og klage',
    about: 'Hvert spor har sin egen hjemmel, frist og klageinstans. Ett vedtak erstatter aldri et annet.',
  },
] as const satisfies readonly { kind: Rule['kind']; title: string; about: string }[]

/**
 * «Kontrollert» with its day once an administrator answers for a rule, «Ikke kontrollert» until then. What stands in the city’s
 * own documents needs nobody, and is not said to be somebody’s word.
 */
export function checkedInWords({ checked, checkedOn }: Pick<Rule, 'checked' | 'checkedOn'>): string {
  if (checkedOn !== null) return `Kontrollert ${dayInWords(checkedOn)}`
  return checked ? 'Fra byens dokumenter' : 'Ikke kontrollert'
}

/** The next rule that nobody has confirmed, in the order of the page, after the one just read; from the start again at the end. */
export function nextUnchecked(rules: readonly Rule[], id: string): Rule | undefined {
  const inOrder = ruleKinds.flatMap(({ kind }) => rules.filter((rule) => rule.kind === kind))
  const here = inOrder.findIndex((rule) => rule.id === id)
  return [...inOrder.slice(here + 1), ...inOrder.slice(0, Math.max(here, 0))].find(({ checked }) => !checked)
}

/** A legal rule's decision, deadline and body, as one sentence; undefined for other rules. */
export function appealInWords({ kind, parameters }: Pick<Rule, 'kind' | 'parameters'>): string | undefined {
  const { legalBasis, deadlineWeeks, appealBody } = parameters
  if (kind !== 'legal' || typeof legalBasis !== 'string' || typeof appealBody !== 'string') return undefined
  return `Hjemmel: ${legalBasis}. Klage til ${appealBody} innen ${String(deadlineWeeks)} uker.`
}

const TRACK = 'legal.'

/** The legal track that a rule is the table’s row of; undefined for other rules. */
export function trackOfRule(id: string): LegalTrack['id'] | undefined {
  return id.startsWith(TRACK) ? (id.slice(TRACK.length) as LegalTrack['id']) : undefined
}
