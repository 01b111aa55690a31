import type { Referral, ReferralCounts } from '../../api/referrals.ts'
import { dayInWords, dayOf } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { inNumbers } from '../../ui/numbers.ts'

/** How the state of a referral is marked besides its word. */
export function referralColour(state: Referral['state']): 'info' | 'success' | 'warning' | 'neutral' {
  if (state === 'place_given') return 'success'
  if (state === 'overdue' || state === 'declined') return 'warning'
  return state === 'withdrawn' ? 'neutral' : 'info'
}

/** What stands about a referral now, in sentences: what it waits for, or what was answered and what follows. */
export function referralFacts(referral: Referral): string[] {
  const { state, sentAt, sentBy, answerDueOn, answer, givenPlace, withdrawn, proposedPlace } = referral
  const sent = `Sendt ${dayInWords(dayOf(sentAt))} av ${sentBy}.`
  const proposed =
    proposedPlace === null ? [] : [`Foreslått plass: ${proposedPlace.label}, ${proposedPlace.facilityName}.`]
  const note = answer?.note == null ? [] : [`Felles inntak skriver: ${answer.note}`]
  switch (state) {
    case 'sent':
    case 'overdue':
      return [`${sent} Felles inntak skal svare innen ${dayInWords(answerDueOn)}.`, ...proposed]
    case 'waiting':
      return [
        ...(answer === null ? [] : [`Satt på venteliste ${dayInWords(dayOf(answer.at))} av ${answer.by}.`]),
        ...proposed,
        ...note,
      ]
    case 'place_given':
      return [
        ...(givenPlace === null || answer === null
          ? []
          : [
              `Felles inntak ga ${givenPlace.label}, ${givenPlace.facilityName} (${givenPlace.formName}) ${dayInWords(dayOf(answer.at))}.`,
            ]),
        ...note,
      ]
    case 'declined':
      return answer === null
        ? []
        : [
            `Felles inntak sa nei ${dayInWords(dayOf(answer.at))}: ${inText(answer.reasonName ?? '')}.`,
            ...(answer.consequence === null ? [] : [answer.consequence]),
            ...(answer.criterion?.contradicted === true
              ? [`Opplysningene sier noe annet: ${answer.criterion.sentence}`]
              : []),
            ...note,
          ]
    case 'withdrawn':
      return withdrawn === null ? [] : [`Trukket ${dayInWords(dayOf(withdrawn.at))}: ${inText(withdrawn.reasonName)}.`]
  }
}

/** «12 henvisninger venter på svar. 3 er forsinket, og 2 har frist innen 4. september 2026. 5 står på venteliste.» */
export function waitingInWords({ unanswered, overdue, dueSoon, soonUntil, waiting }: ReferralCounts): string {
  const first =
    unanswered === 0
      ? 'Ingen henvisninger venter på svar.'
      : `${inNumbers(unanswered)} ${unanswered === 1 ? 'henvisning' : 'henvisninger'} venter på svar.`
  const parts = [
    ...(overdue > 0 ? [`${inNumbers(overdue)} er forsinket`] : []),
    ...(dueSoon > 0 ? [`${inNumbers(dueSoon)} har frist innen ${dayInWords(soonUntil)}`] : []),
  ]
  const pressing = parts.length === 0 ? '' : ` ${parts.join(', og ')}.`
  return `${first}${pressing}${waiting === 0 ? '' : ` ${inNumbers(waiting)} står på venteliste.`}`
}

/** «Siden 2. august 2026: 8 fikk plass og 4 fikk nei, 3 av dem fordi det mangler plass.» */
export function answeredInWords({ since, placesGiven, declined, declinedForCapacity }: ReferralCounts): string {
  const lacking = declinedForCapacity === 0 ? '' : `, ${inNumbers(declinedForCapacity)} av dem fordi det mangler plass`
  return `Siden ${dayInWords(since)}: ${inNumbers(placesGiven)} fikk plass og ${inNumbers(declined)} fikk nei${lacking}.`
}
