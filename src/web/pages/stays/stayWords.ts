import type { Stay } from '../../api/types.ts'
import { dayAfter, dayInWords } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { counted } from '../../ui/numbers.ts'

/** What is agreed and known of a stay, in sentences. */
export function stayFacts(stay: Stay): string[] {
  if (stay.to !== null) return departureFacts(stay, stay.to)
  const { expectedUntil, originalExpectedUntil, daysOver, readyToMoveOnSince, handoverUntil } = stay
  const first =
    originalExpectedUntil !== null && originalExpectedUntil !== expectedUntil
      ? ` Først var det avtalt til ${dayInWords(originalExpectedUntil)}.`
      : ''
  const over = daysOver > 0 ? ` Det er ${counted(daysOver, 'dag', 'dager')} siden.` : ''
  return [
    expectedUntil === null ? 'Ingen slutt er avtalt.' : `Avtalt til ${dayInWords(expectedUntil)}.${over}${first}`,
    ...(readyToMoveOnSince === null ? [] : [`Klar for å flytte videre siden ${dayInWords(readyToMoveOnSince)}.`]),
    ...(handoverUntil === null
      ? []
      : [`Har to hjem under flyttingen. Utflytting herfra må registreres innen ${dayInWords(handoverUntil)}.`]),
  ]
}

function departureFacts({ departure, rightOfReturnUntil, place }: Stay, to: string): string[] {
  const why = departure === null ? '' : `: ${inText(departure.reasonName)}`
  return [
    `Flyttet ut ${dayInWords(to)}${why}.`,
    ...(rightOfReturnUntil === null
      ? []
      : [
          `Rett til å komme tilbake${place === null ? '' : ` til ${place.facilityName}`} til og med ${dayInWords(dayAfter(rightOfReturnUntil, -1))}.`,
        ]),
  ]
}
