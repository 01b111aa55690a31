import { LEGAL_TRACK_SCOPES, LEGAL_TRACKS, type LegalTrackId } from '../../reference/legalTracks.ts'
import type { Day } from '../day.ts'

/** A legal track as a version of the table has it. */
export interface LegalTrackVersion {
  id: LegalTrackId
  version: number
  title: string
  legalBasis: string
  content: string
  appealBody: string
  appealBodySource: string
  /** Calendar weeks. */
  deadlineWeeks: number
  deadlineSource: string
  source: string
  /** False: «ikke kontrollert», said on every screen and letter. */
  checked: boolean
  /** The day on which an administrator confirmed this version; null while nobody has. */
  checkedOn: Day | null
}

/** The tracks that a need for `forms` calls for a decision on, in the order of the table. */
export function tracksCalledFor(forms: readonly string[]): LegalTrackId[] {
  return LEGAL_TRACKS.map(({ id }) => id).filter((id) => {
    const called: readonly string[] = LEGAL_TRACK_SCOPES[id].forms
    return forms.some((form) => called.includes(form))
  })
}

/** The form a decision on the track is about: the first of the need's that the track covers, else the first of all. */
export function formOfTrack(track: LegalTrackId, forms: readonly string[]): string | undefined {
  const covered: readonly string[] = LEGAL_TRACK_SCOPES[track].forms
  return forms.find((form) => covered.includes(form)) ?? forms[0]
}

/** Whether lack of a suitable home alone may be the reason for a no. */
export function lackMayRefuse(track: LegalTrackId): boolean {
  return LEGAL_TRACK_SCOPES[track].lackMayRefuse
}
