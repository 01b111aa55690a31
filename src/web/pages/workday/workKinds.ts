/** What can need somebody now, in the order in which equals are listed. */
export const WORK_KINDS = {
  hastesaker: 'Haster',
  tilbud: 'Tilbud',
  oppgaver: 'Oppgaver',
  opphold: 'Opphold over tiden',
  forslag: 'Nye forslag',
  mangler: 'Behov som ikke er klare',
} as const
export type WorkKind = keyof typeof WORK_KINDS

/** Whether it is one of them, as found in an address. */
export function isWorkKind(value: unknown): value is WorkKind {
  return typeof value === 'string' && Object.hasOwn(WORK_KINDS, value)
}
