import { addDays, type Day } from '../day.ts'
import type { NewTask, TaskKind } from './tasks.ts'

/** What somebody found out or did, when she ends a task. */
export type TaskOutcome = {
  readonly id: string
  readonly name: string
  /** `every`: for what is simply done; `check`: how it goes after a move; `review`: whether a stay is still right. */
  readonly about: 'every' | 'check' | 'review'
  /** What follows, as the user reads it; null: nothing. */
  readonly consequence: string | null
  /** It is not clear from the outcome alone, so it is written. */
  readonly noteRequired: boolean
  /** A task that follows so many days later; `again`: the same one. */
  readonly next: { readonly kind: TaskKind | 'again'; readonly afterDays: number; readonly reason: string } | null
}

const plain = { consequence: null, noteRequired: false, next: null } as const

/** Every way to end a task, by what the task is about (000 4.6; F 2015: three in ten lost the home again). */
export const TASK_OUTCOMES = [
  { ...plain, id: 'done', name: 'Gjort', about: 'every' },
  { ...plain, id: 'not_needed', name: 'Trengs ikke lenger', about: 'every', noteRequired: true },
  { ...plain, id: 'goes_well', name: 'Det går bra', about: 'check' },
  {
    id: 'more_help',
    name: 'Trenger mer hjelp',
    about: 'check',
    consequence: 'Du får en oppgave om en uke om å se at hjelpen er på plass.',
    noteRequired: false,
    next: {
      kind: 'more_help',
      afterDays: 7,
      reason: 'Personen trenger mer hjelp for å bli boende. Se at hjelpen er på plass.',
    },
  },
  {
    id: 'home_at_risk',
    name: 'Kan miste hjemmet',
    about: 'check',
    consequence: 'Du får en oppgave i morgen om å hindre at personen mister hjemmet.',
    noteRequired: true,
    next: {
      kind: 'home_at_risk',
      afterDays: 1,
      reason: 'Personen kan miste hjemmet. Snakk med utleier og de som følger opp, og finn ut hva som må til.',
    },
  },
  {
    id: 'home_left',
    name: 'Bor ikke der lenger',
    about: 'check',
    consequence: 'Du får en oppgave i dag om å registrere utflyttingen og se på behovet.',
    noteRequired: false,
    next: {
      kind: 'need_after_departure',
      afterDays: 0,
      reason: 'Personen bor ikke der lenger. Registrer utflyttingen, og finn ut om det trengs en ny bolig.',
    },
  },
  {
    id: 'no_contact',
    name: 'Fikk ikke kontakt',
    about: 'check',
    consequence: 'Du får oppgaven igjen om to uker.',
    noteRequired: false,
    next: { kind: 'again', afterDays: 14, reason: 'Fikk ikke kontakt sist. Prøv igjen.' },
  },
  { ...plain, id: 'still_right', name: 'Fortsatt riktig bolig', about: 'review' },
  {
    ...plain,
    id: 'ready_to_move_on',
    name: 'Klar for å flytte videre',
    about: 'review',
    consequence: 'Det står på oppholdet at personen er klar for å flytte videre fra i dag.',
  },
] as const satisfies readonly TaskOutcome[]

export type TaskOutcomeId = (typeof TASK_OUTCOMES)[number]['id']

/** How a task of this kind can end; none where what it asks for ends it. */
export function outcomesFor(kind: string): readonly (TaskOutcome & { id: TaskOutcomeId })[] {
  if (kind.endsWith('_break_glass')) return []
  const about = kind.startsWith('check_') ? 'check' : kind === 'review_stay' ? 'review' : 'every'
  return TASK_OUTCOMES.filter((outcome) => outcome.about === about || outcome.id === 'not_needed')
}

/** The task that follows from an outcome, if any. */
export function taskAfter(outcome: TaskOutcome, kind: TaskKind, today: Day): NewTask | undefined {
  if (outcome.next === null) return undefined
  const { kind: following, afterDays, reason } = outcome.next
  return { kind: following === 'again' ? kind : following, dueOn: addDays(today, afterDays), reason }
}
