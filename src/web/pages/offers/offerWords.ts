import type { Offer } from '../../api/types.ts'
import { dayInWords, dayOf } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'

/** How the state of an offer is marked besides its word. */
export function offerColour(state: Offer['state']): 'info' | 'success' | 'warning' | 'neutral' {
  if (state === 'accepted' || state === 'moved_in') return 'success'
  if (state === 'superseded' || state === 'expired' || state === 'not_arrived') return 'warning'
  return state === 'sent' ? 'info' : 'neutral'
}

/** «H0203, Furuset bosenter». */
export function placeOf({ place }: Pick<Offer, 'place'>): string {
  return `${place.label}, ${place.facilityName}`
}

/** What stands about an offer now, in sentences: what it waits for, or how it ended and what follows. */
export function offerFacts(offer: Offer): string[] {
  const { state, answerBy, moveInOn, reserved, declined, notArrived, withdrawn, lease, movedInAt, answerByBefore } =
    offer
  const planned = `Planlagt innflytting ${dayInWords(moveInOn)}.`
  switch (state) {
    case 'sent':
      return [
        `Svarfrist ${dayInWords(answerBy)}${answerByBefore.length > 0 ? `, forlenget fra ${dayInWords(answerByBefore.at(-1) ?? answerBy)}` : ''}.`,
        planned,
        reserved ? 'Plassen er holdt av.' : 'Sendt uten reservasjon: den første som takker ja, får plassen.',
      ]
    case 'conditional':
      return [
        `Betinget: gjelder når flyttingen før i kjeden er svart ja til. Løper ut ${dayInWords(answerBy)} om det ikke skjer.`,
        planned,
      ]
    case 'superseded':
      return ['En annen har takket ja til plassen. Trekk tilbudet, og tilby en annen.']
    case 'accepted':
      return [
        planned,
        lease === null
          ? 'Plassen er holdt til innflyttingen.'
          : `Leiekontrakten er signert ${dayInWords(lease.signedOn)}.`,
      ]
    case 'moved_in':
      return [planned, ...(movedInAt === null ? [] : [`Innflyttingen er registrert ${dayInWords(dayOf(movedInAt))}.`])]
    case 'declined':
      return declined === null
        ? []
        : [
            `${declined.party === 'resident' ? 'Personen' : 'Den som gir plassen,'} sa nei ${dayInWords(dayOf(declined.at))}: ${inText(declined.reasonName)}.`,
            declined.consequence,
            ...(declined.criterion?.contradicted === true
              ? [`Opplysningene sier noe annet: ${declined.criterion.sentence}`]
              : []),
            ...(declined.note === null ? [] : [declined.note]),
          ]
    case 'not_arrived':
      return notArrived === null
        ? []
        : [
            `Kom ikke til innflyttingen ${dayInWords(moveInOn)}: ${inText(notArrived.reasonName)}.`,
            notArrived.consequence,
            ...(notArrived.note === null ? [] : [notArrived.note]),
          ]
    case 'withdrawn':
      return withdrawn === null ? [] : [`Trukket ${dayInWords(dayOf(withdrawn.at))}: ${inText(withdrawn.reasonName)}.`]
    case 'expired':
      return [`Fristen ${dayInWords(answerBy)} gikk ut uten svar.`]
  }
}
