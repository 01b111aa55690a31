import { STALE_AFTER_DAYS } from '../../domain/freshness.ts'
import { ASSESSMENT_POLICY } from '../../reference/policies.ts'

/** A draft that nobody has touched for so many days has been left. */
export const DRAFT_LEFT_AFTER_DAYS = 14

/** What can be stale or missing, why it matters, and whose page it is put right on. */
export const GAPS = {
  vacancy_unconfirmed: {
    title: 'Botilbud som ikke har bekreftet ledigheten',
    why: `Ingen har bekreftet de siste ${STALE_AFTER_DAYS} dagene hva som er ledig. Åpne botilbudet og bekreft.`,
    fixedAt: 'facility',
  },
  stay_overdue: {
    title: 'Botilbud der noen bor over avtalt tid',
    why: 'De bor der fortsatt etter det vi vet. Åpne botilbudet, og forleng oppholdet eller registrer utflyttingen.',
    fixedAt: 'facility',
  },
  responsible_district_unresolved: {
    title: 'Behov uten avklart ansvarlig bydel',
    why: 'Fristene løper mens det er uavklart hvem som har ansvaret. Åpne behovet og velg bydel.',
    fixedAt: 'need',
  },
  assessment_old: {
    title: 'Behov uten oppdatert kartlegging',
    why: `Kartleggingen mangler eller er eldre enn ${ASSESSMENT_POLICY.parameters.validDays} dager. Åpne behovet og legg inn en ny.`,
    fixedAt: 'need',
  },
  identity_missing: {
    title: 'Personer uten fødselsdato',
    why: 'Uten fødselsdato vet vi ikke hvilke aldersgrenser som gjelder. Åpne behovet og fyll den ut.',
    fixedAt: 'need',
  },
  need_draft_left: {
    title: 'Kladder som er blitt liggende',
    why: `Kladden er eldre enn ${DRAFT_LEFT_AFTER_DAYS} dager og står ikke i køen. Registrer den eller avslutt den.`,
    fixedAt: 'need',
  },
} as const satisfies Record<string, { title: string; why: string; fixedAt: 'facility' | 'need' }>
export type GapKind = keyof typeof GAPS
