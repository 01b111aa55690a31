import type { SaidCertainty } from '../../api/closings.ts'
import type { PossibleHome, ReturnPlan } from '../../api/returns.ts'
import { confirmedInWords, dayInWords } from '../../ui/days.ts'

export const VERDICT_NAMES: Record<ReturnPlan['verdict'], string> = {
  right: 'Ja, det er riktig å flytte hjem',
  rightly_stays: 'Nei, personen skal bli der personen bor',
  undecided: 'Ikke avgjort ennå',
}

export const OWN_PART_NAMES: Record<NonNullable<ReturnPlan['ownPart']>, string> = {
  offered: 'Er spurt, har ikke svart',
  answered: 'Har svart',
  not_wanted: 'Ønsket ikke å være med',
}

export const STANDING_NAMES: Record<NonNullable<ReturnPlan['standing']>, string> = {
  on_track: 'I rute',
  late: 'Forsinket',
  without_plan: 'Uten plan',
  undecided: 'Ikke avgjort',
  rightly_stays: 'Skal bli',
  moved_unwritten: 'Har flyttet, ikke skrevet ned',
  moved_home: 'Flyttet hjem',
  moved_elsewhere: 'Flyttet et annet sted',
  moved_back: 'Flyttet tilbake',
}

/** How certain a planned change is, the surest first. */
export const CERTAINTY_NAMES: Record<SaidCertainty['certainty'], string> = {
  decided: 'Vedtatt',
  planned: 'Planlagt',
  possible: 'Mulig',
}

/** The colour of a standing's tag; what it says is in its words. */
export function standingColour(standing: ReturnPlan['standing']): 'success' | 'warning' | 'neutral' | 'info' {
  if (standing === 'late' || standing === 'moved_back' || standing === 'moved_unwritten') return 'warning'
  if (standing === 'on_track' || standing === 'moved_home') return 'success'
  return standing === 'undecided' ? 'info' : 'neutral'
}

/** Whether a home is there today, or the day it opens. */
export function opensInWords(opensOn: string, today: string): string {
  return opensOn <= today ? 'åpen i dag' : `åpner ${dayInWords(opensOn)}`
}

/** A home that a plan could end in: «ledig i dag, bekreftet for 3 dager siden»; one that opens later stands empty until then. */
export function homeInWords(
  { opensOn, vacancyConfirmedAt }: Pick<PossibleHome, 'opensOn' | 'vacancyConfirmedAt'>,
  today: string,
): string {
  return opensOn > today ? opensInWords(opensOn, today) : `ledig i dag, ${confirmedInWords(vacancyConfirmedAt, today)}`
}

export const withoutName = 'Fortrolig adresse'
