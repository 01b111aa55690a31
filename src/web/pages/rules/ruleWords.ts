import type { Rule } from '../../api/types.ts'

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

/** «kontrollert» once somebody answers for the rule, «ikke kontrollert» until then. */
export function checkedInWords(checked: boolean): string {
  return checked ? 'Kontrollert' : 'Ikke kontrollert'
}

/** A legal rule's decision, deadline and body, as one sentence; undefined for other rules. */
export function appealInWords({ kind, parameters }: Pick<Rule, 'kind' | 'parameters'>): string | undefined {
  const { legalBasis, deadlineWeeks, appealBody } = parameters
  if (kind !== 'legal' || typeof legalBasis !== 'string' || typeof appealBody !== 'string') return undefined
  return `Hjemmel: ${legalBasis}. Klage til ${appealBody} innen ${String(deadlineWeeks)} uker.`
}
