import { PLACEMENT_POLICY } from '../../reference/policies.ts'
import type { ReasonCode } from '../../reference/reasonCodes.ts'
import { addDays, addMonths, type Day, daysBetween } from '../day.ts'
import type { HousingForm } from '../ladder.ts'
import { formatDay } from '../words.ts'
import { isAcute, type NamedPlace, type NewTask, named, TASK_KINDS } from './tasks.ts'

/**
 * What a move-in leaves to do: looking in after some months, the handover where another home is still hers, the decision that
 * was not waited for, and the next home before a stay ends.
 * @param otherHomes how many homes the household has besides this one
 */
export function moveInTasks(
  move: {
    place: NamedPlace
    form: HousingForm
    on: Day
    expectedUntil: Day | null
    otherHomes: number
    decided: boolean
  },
  rules: { checksAfterMonths: readonly number[]; handoverDaysMax: number },
): NewTask[] {
  const { place, form, on, expectedUntil, otherHomes, decided } = move
  const checks = rules.checksAfterMonths.flatMap((months): NewTask[] => {
    const kind = TASK_KINDS.find(({ id }) => id === `check_${months}m`)
    if (kind === undefined) return []
    return [
      {
        kind: kind.id,
        dueOn: addMonths(on, months),
        reason: `Flyttet inn på ${named(place)} ${formatDay(on)}. Spør hvordan det går, og om hjelpen er på plass.`,
      },
    ]
  })
  const handover = addDays(on, rules.handoverDaysMax)
  return [
    ...checks,
    ...(otherHomes > 0
      ? [
          {
            kind: 'end_previous_stay' as const,
            dueOn: handover,
            reason: `Husstanden har to hjem mens den flytter. Registrer utflytting fra det gamle innen ${formatDay(handover)}.`,
          },
        ]
      : []),
    ...(decided || !isAcute(form)
      ? []
      : [
          {
            kind: 'decision_due' as const,
            dueOn: addDays(on, PLACEMENT_POLICY.parameters.decisionAfterMoveInDays),
            reason: `Personen flyttet inn på ${named(place)} før vedtaket var fattet, fordi det hastet. Fatt vedtaket nå.`,
          },
        ]),
    ...(expectedUntil === null ? [] : [stayEndsTask(place, expectedUntil)]),
  ]
}

/** Time to look for the next home before a stay is expected to end. */
export function stayEndsTask(place: NamedPlace, expectedUntil: Day): NewTask {
  return {
    kind: 'stay_ends',
    dueOn: addDays(expectedUntil, -PLACEMENT_POLICY.parameters.stayEndsDaysBefore),
    reason: `Oppholdet på ${named(place)} er avtalt til ${formatDay(expectedUntil)}. Finn neste bolig, eller avtal at det varer lenger.`,
  }
}

/** Somebody still lives where she was expected to have left: either a departure is missing or an agreement. */
export function stayOverdueTask(place: NamedPlace, expectedUntil: Day): NewTask {
  return {
    kind: 'stay_overdue',
    dueOn: expectedUntil,
    reason: `Oppholdet på ${named(place)} var avtalt til ${formatDay(expectedUntil)}, og ingen utflytting er registrert. Registrer den, eller avtal at oppholdet varer lenger. Plassen regnes som opptatt.`,
  }
}

/** The review that the norm of the form asks for. */
export function reviewStayTask(place: NamedPlace, dueOn: Day): NewTask {
  return {
    kind: 'review_stay',
    dueOn,
    reason: `Oppholdet på ${named(place)} skal vurderes på nytt innen ${formatDay(dueOn)}, etter normen for boligformen. Er det fortsatt riktig bolig?`,
  }
}

/** Somebody who moved on from an institution may come back for some days yet: asked while there is time. */
export function returnRightEndsTask(place: NamedPlace, until: Day): NewTask {
  return {
    kind: 'return_right_ends',
    dueOn: addDays(until, -1),
    reason: `Retten til å komme tilbake til ${place.facilityName ?? place.label} gjelder til ${formatDay(until)}. Spør hvordan det går i den nye boligen, og om personen vil tilbake.`,
  }
}

/** A departure that never was: somebody who has a need lives where she did, and that may matter to it. */
export function departureCorrectedTask(place: NamedPlace, today: Day): NewTask {
  return {
    kind: 'need_after_departure',
    dueOn: today,
    reason: `Utflyttingen fra ${named(place)} var registrert feil. Personen bor der fortsatt. Se på behovet på nytt.`,
  }
}

/** After these nobody looks for another home. */
const NO_HOME_WANTED: readonly string[] = ['deceased', 'left_city']

/**
 * What a departure leaves to do. Somebody who moved on is at home elsewhere, unless her next home begins later; after every other
 * departure her open need is looked at again, and where she has none somebody asks whether she needs a home.
 * @param next the day her next home begins, null when she has none that waits
 * @param openNeed she has a need that is a draft or registered
 * @param otherHomes how many homes the household still has
 */
export function departureTasks(
  move: { place: NamedPlace; on: Day; next: Day | null; openNeed: boolean; otherHomes: number },
  reason: ReasonCode,
  today: Day,
): NewTask[] {
  const { place, on, next, openNeed, otherHomes } = move
  const left = `Flyttet ut fra ${named(place)} ${formatDay(on)}: ${reason.name.toLowerCase()}.`
  const task = (sentence: string): NewTask[] => [
    { kind: 'need_after_departure', dueOn: today, reason: `${left} ${sentence}` },
  ]
  if (reason.consequence.effect === 'requires_next_home') {
    if (otherHomes > 0 || next === null || next <= on) return []
    return task(
      `Den neste boligen begynner først ${formatDay(next)}, ${daysBetween(on, next)} dager etter. Sørg for et sted å bo så lenge.`,
    )
  }
  if (NO_HOME_WANTED.includes(reason.id)) return openNeed ? task('Behovet er fortsatt åpent. Avslutt det.') : []
  if (openNeed) return task('Se på behovet på nytt: Hvor er personen nå, og haster det mer?')
  return otherHomes > 0 ? [] : task('Personen har ikke noe åpent behov. Finn ut om det trengs en ny bolig.')
}
