import type { Decision, LegalTrack, LetterKind, TrackStanding } from '../../api/papers.ts'
import { dayAfter, dayInWords } from '../../ui/days.ts'

type Outcome = Pick<Decision, 'outcome' | 'lackOfSuitableHome'>

/** What one may answer on a track. Lack of homes is a reason for a no to a municipal home alone. */
export function answersOn({ id, lackMayRefuse }: LegalTrack): { value: string; label: string; outcome: Outcome }[] {
  const asked = {
    help_with_home: 'hjelp',
    municipal_home: 'kommunal bolig',
    temporary_accommodation: 'midlertidig botilbud',
    health_and_care: 'tjenestene',
  }[id]
  return [
    { value: 'granted', label: `Ja til ${asked}`, outcome: { outcome: 'granted', lackOfSuitableHome: false } },
    { value: 'refused', label: `Nei til ${asked}`, outcome: { outcome: 'refused', lackOfSuitableHome: false } },
    ...(lackMayRefuse
      ? [
          {
            value: 'lack',
            label: 'Nei nå, fordi vi mangler en egnet bolig',
            outcome: { outcome: 'refused' as const, lackOfSuitableHome: true },
          },
        ]
      : []),
  ]
}

/** The value of `answersOn` that a decision has. */
export function answerOf({ outcome, lackOfSuitableHome }: Outcome): string {
  return lackOfSuitableHome ? 'lack' : outcome
}

export const stateNames: Record<Decision['state'], string> = {
  draft: 'Utkast',
  issued: 'Fattet, kan klages på',
  final: 'Fattet, klagefristen er ute',
  appealed: 'Klage mottatt',
  appeal_forwarded: 'Klage sendt videre',
  appeal_decided: 'Klage avgjort',
}

export const appealOutcomes = [
  { value: 'upheld', label: 'Stadfestet av klageinstansen' },
  { value: 'changed', label: 'Endret' },
  { value: 'repealed', label: 'Opphevet' },
  { value: 'dismissed', label: 'Avvist' },
] as const

/** Text and colour of the mark that says how a track stands; the words carry it, the colour helps. */
export function standingMark({ standing, alarm }: Pick<TrackStanding, 'standing' | 'alarm'>): {
  text: string
  color: 'success' | 'neutral' | 'warning' | 'info'
} {
  if (standing === 'granted') return { text: 'Ja', color: 'success' }
  if (standing === 'refused') return { text: 'Nei', color: 'neutral' }
  if (alarm !== null) return { text: standing === 'drafted' ? 'Utkast, over fristen' : 'Mangler', color: 'warning' }
  return standing === 'drafted' ? { text: 'Utkast', color: 'info' } : { text: 'Ikke fattet', color: 'info' }
}

export const letterStateNames = {
  draft: 'Utkast',
  current: 'Gjelder',
  over: 'Gjelder ikke lenger',
} as const

export const letterTitles: Record<LetterKind, string> = {
  offer: 'Brev om tilbud',
  decision: 'Brev om vedtak',
  referral: 'Brev om henvisning',
}

/** «Klagefristen er 22. september 2026. Klagen sendes videre til Statsforvalteren.» */
export function appealInWords({ appealWindow, appealBody, track }: Decision): string {
  if (appealWindow === null || appealWindow.to === null)
    return `Klagefristen blir ${track.deadlineWeeks} uker. Klageinstans er ${appealBody}.`
  return `Siste dag for å klage er ${dayInWords(dayAfter(appealWindow.to, -1))}. Klageinstans er ${appealBody}.`
}
