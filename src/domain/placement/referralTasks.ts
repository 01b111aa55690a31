import type { Day } from '../day.ts'
import type { HousingForm } from '../ladder.ts'
import { formatDay, formInSentence } from '../words.ts'
import { type NamedPlace, type NewTask, named } from './tasks.ts'

/** Felles inntak has until a day to answer; nobody waits longer in silence. */
export function answerDueTask(form: HousingForm, answerDueOn: Day): NewTask {
  return {
    kind: 'referral_answer_due',
    dueOn: answerDueOn,
    reason: `Felles inntak skal svare på henvisningen til ${formInSentence(form)} innen ${formatDay(answerDueOn)}. Spør dem hvis svaret ikke er kommet.`,
  }
}

/** What the bydel does when Felles inntak has answered. */
export function answeredTask(
  form: HousingForm,
  answer:
    | {
        kind: 'place_given'
        place: NamedPlace
        moveInOn: Day
        answerBy: Day
        /** Another form than was asked for, and why. */
        other: { form: HousingForm; why: string | null } | null
        /** Who lives there moves first. */
        waits: boolean
      }
    | { kind: 'waiting' }
    | { kind: 'declined'; reasonName: string; forCapacity: boolean },
  today: Day,
): NewTask {
  const what =
    answer.kind === 'place_given'
      ? `Felles inntak gir plass på ${named(answer.place)} fra ${formatDay(answer.moveInOn)}.${otherInWords(answer.other)} ${
          answer.waits
            ? 'Tilbudet gjelder når den som bor der, har sagt ja til sin nye bolig.'
            : `Svar sammen med personen innen ${formatDay(answer.answerBy)}.`
        }`
      : answer.kind === 'waiting'
        ? `Henvisningen til ${formInSentence(form)} står på venteliste hos Felles inntak. Fortell det til personen, og avtal hva som skjer så lenge.`
        : `Felles inntak sa nei til ${formInSentence(form)}: ${answer.reasonName.toLowerCase()}.${answer.forCapacity ? ' Det er skrevet som mangel på plass.' : ''} Fortell det til personen, og se på en annen plass.`
  return { kind: 'referral_answered', dueOn: today, reason: what }
}

function otherInWords(other: { form: HousingForm; why: string | null } | null): string {
  if (other === null) return ''
  const why = other.why === null ? '' : `: ${other.why}`
  return ` Det er ${formInSentence(other.form)}${/[.!?]$/.test(why) ? why : `${why}.`}`
}
