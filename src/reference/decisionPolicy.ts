import type { LegalTrackId } from './legalTracks.ts'

/**
 * When a decision, and the handling of an appeal, is overdue. The law says «uten ugrunnet opphold»; the numbers are an
 * assumption until the city sets them, and every screen says so. Whole calendar days, counted from registration, from receipt
 * and from forwarding.
 */
export const DECISION_POLICY = {
  version: 1,
  title: 'Når et vedtak og en klage er over fristen',
  parameters: {
    decideWithinDays: { help_with_home: 30, municipal_home: 30, temporary_accommodation: 1, health_and_care: 30 },
    forwardAppealWithinDays: 14,
    appealAnswerWithinDays: 84,
  },
  source: 'M forvaltningsloven § 11 a; M forvaltningsloven § 33; egen dager før vedtak og klage er over fristen',
} as const satisfies {
  version: number
  title: string
  parameters: {
    decideWithinDays: Record<LegalTrackId, number>
    forwardAppealWithinDays: number
    appealAnswerWithinDays: number
  }
  source: string
}
