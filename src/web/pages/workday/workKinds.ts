import type { WorkKind } from '../../api/workday.ts'

/** What can need somebody, as it stands in an address. */
const KINDS = {
  hastesaker: 'urgent',
  utskrivningsklare: 'discharge_ready',
  tilbud: 'offer',
  kjeder: 'chain',
  opphold: 'stay',
  vedtak: 'decision',
  oppgaver: 'task',
  treff: 'match',
  mangler: 'not_ready',
} as const satisfies Record<string, WorkKind>

export type WorkSlug = keyof typeof KINDS

/** Whether it is one of them, as found in an address. */
export function isWorkSlug(value: unknown): value is WorkSlug {
  return typeof value === 'string' && Object.hasOwn(KINDS, value)
}

/** The same as the service takes it. */
export function kindOf(slug: WorkSlug): WorkKind {
  return KINDS[slug]
}

/** How a kind stands in an address. */
export function slugOf(kind: WorkKind): WorkSlug | undefined {
  return Object.keys(KINDS)
    .filter(isWorkSlug)
    .find((slug) => KINDS[slug] === kind)
}
