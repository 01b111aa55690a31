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
    | { kind: 'place_given'; place: NamedPlace; moveInOn: Day; answerBy: Day }
    | { kind: 'waiting' }
    | { kind: 'declined'; reasonName: string },
  today: Day,
): NewTask {
  const what =
    answer.kind === 'place_given'
      ? `Felles inntak gir plass på ${named(answer.place)} fra ${formatDay(answer.moveInOn)}. Svar sammen med personen innen ${formatDay(answer.answerBy)}.`
      : answer.kind === 'waiting'
        ? `Henvisningen til ${formInSentence(form)} står på venteliste hos Felles inntak. Fortell det til personen, og avtal hva som skjer så lenge.`
        : `Felles inntak sa nei til ${formInSentence(form)}: ${answer.reasonName.toLowerCase()}. Fortell det til personen, og se på en annen plass.`
  return { kind: 'referral_answered', dueOn: today, reason: what }
}
