import type { NeedEvent, Withdrawability } from '../../api/types.ts'
import type { Option } from '../../form/Choices.tsx'
import { dayInWords, dayOf } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'

export type Reason = Withdrawability['reasons'][number]
type Hanging = Withdrawability['withdrawnWith'][number]

/** A reason to choose, with what it does. */
export function reasonOption({ id, name, consequence }: Reason): Option<string> {
  return { value: id, label: name, description: consequence }
}

/** What a reason does, each as a sentence: to the need, to what is counted, and where it is told. */
export function whatHappens({ consequence, status, countsAsShortfall }: Reason): string[] {
  const state =
    status === null
      ? 'Behovet avsluttes ikke. Det står i køen der det står nå.'
      : status === 'closed'
        ? 'Behovet får status «Dekket» og står ikke i køen lenger.'
        : 'Behovet får status «Trukket» og står ikke i køen lenger.'
  const counted = countsAsShortfall
    ? 'Det teller i tallene for mangel på plass.'
    : 'Det teller ikke i tallene for mangel på plass.'
  return [consequence, state, counted, 'Hvem som registrerte det, når og hvorfor, står på behovet.']
}

/** Something that ends with the need, as a sentence. */
export function endsWith({ kind, id, name, hold }: Hanging): { key: string; sentence: string } {
  if (kind === 'referral') return { key: id, sentence: `Henvisningen til ${inText(name)} trekkes.` }
  const freed =
    hold === null
      ? ''
      : hold.expiresAt === null
        ? ' Plassen var reservert til innflyttingen og blir ledig.'
        : ` Reservasjonen til ${dayInWords(dayOf(hold.expiresAt))} er over, og plassen blir ledig.`
  return { key: id, sentence: `Tilbudet om ${name} trekkes.${freed}` }
}

/** «1. september 2026 av Berit Konsulent: har flyttet fra byen.» */
export function eventInWords({ kind, kindName, recordedAt, recordedBy, reasonName }: NeedEvent): string {
  const who = recordedBy === null ? '' : ` av ${recordedBy}`
  const why = reasonName === null ? '' : `: ${inText(reasonName)}`
  const what = kind === 'reopened' ? 'Rettet' : kindName
  const said = kind === 'reopened' ? '. Behovet var avsluttet ved en feil og står åpent igjen' : why
  return `${what} ${dayInWords(dayOf(recordedAt))}${who}${said}.`
}
