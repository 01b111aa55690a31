import type { Day } from './day.ts'
import { formatDay } from './words.ts'

/** What is known of somebody's way out of a place that closes. */
export interface ClosingCase {
  closesOn: Day
  /** Null: nobody has begun a plan. */
  verdict: 'right' | 'rightly_stays' | 'undecided' | null
  /** A team is named that will follow her up. */
  supportNamed: boolean
  supportFrom: Day | null
  /** The day her bydel has bound itself to; null: it has not. */
  readyOn: Day | null
  homeNamed: boolean
  homeOpensOn: Day | null
  homeClosesOn: Day | null
}

/** How a place that closes is accounted for, the worst first. */
export const CLOSING_STATES = [
  {
    id: 'closes_first',
    name: 'Legges ned før boligen er klar',
    sentence: 'Boligen eller oppfølgingen er ikke klar den dagen plassen legges ned.',
    red: true,
  },
  {
    id: 'no_plan',
    name: 'Uten plan',
    sentence: 'Noen bor der, og ingen har begynt på en plan.',
    red: false,
  },
  {
    id: 'undecided',
    name: 'Ikke avgjort',
    sentence: 'Planen sier ikke ennå om det er riktig å flytte hjem.',
    red: false,
  },
  {
    id: 'stays_without_place',
    name: 'Skal bli, uten ny plass',
    sentence: 'Det er riktig å bli på institusjon, men plassen legges ned og ingen annen er funnet.',
    red: false,
  },
  {
    id: 'no_commitment',
    name: 'Uten forpliktelse',
    sentence: 'Det er riktig å flytte hjem, men bydelen har ikke sagt når boligen er klar.',
    red: false,
  },
  {
    id: 'no_home',
    name: 'Uten bolig',
    sentence: 'Bydelen har sagt når, men ikke hvor.',
    red: false,
  },
  {
    id: 'no_support',
    name: 'Uten oppfølging',
    sentence: 'Boligen er funnet, men planen sier ikke hvem som følger opp, og fra når.',
    red: false,
  },
  {
    id: 'accounted',
    name: 'Gjort rede for',
    sentence: 'Bolig og oppfølging er klare når plassen legges ned.',
    red: false,
  },
  { id: 'empty', name: 'Ingen bor der', sentence: 'Plassen er ledig i dag.', red: false },
] as const
export type ClosingState = (typeof CLOSING_STATES)[number]['id']

/** Why the institution closes, or has closed, before the person's home opens, in words; empty when it does not. */
export function closesBefore(found: ClosingCase, today: Day): string[] {
  const { closesOn, verdict, readyOn, homeOpensOn, homeClosesOn, supportFrom } = found
  if (closesOn <= today) return [`Plassen ble lagt ned ${formatDay(closesOn)}, og noen bor der fortsatt.`]
  return [
    ...(readyOn !== null && readyOn > closesOn
      ? [`Bydelen har sagt at boligen er klar ${formatDay(readyOn)}. Plassen legges ned ${formatDay(closesOn)}.`]
      : []),
    ...(homeOpensOn !== null && homeOpensOn > closesOn
      ? [`Boligen åpner ${formatDay(homeOpensOn)}. Plassen legges ned ${formatDay(closesOn)}.`]
      : []),
    ...(homeClosesOn !== null && homeClosesOn <= closesOn
      ? [`Boligen legges ned ${formatDay(homeClosesOn)}, før plassen på institusjonen.`]
      : []),
    ...(verdict !== 'rightly_stays' && supportFrom !== null && supportFrom >= closesOn
      ? [`Oppfølgingen begynner ${formatDay(supportFrom)}. Plassen legges ned ${formatDay(closesOn)}.`]
      : []),
  ]
}

/**
 * How a place that closes is accounted for on `today`; `null` for one where nobody lives. Somebody who lives on a place that has
 * closed is not gone: it closed before her home was ready. Total.
 */
export function closingState(found: ClosingCase | null, today: Day): ClosingState {
  if (found === null) return 'empty'
  const { verdict, readyOn, homeNamed, supportNamed, supportFrom } = found
  if (closesBefore(found, today).length > 0) return 'closes_first'
  if (verdict === null) return 'no_plan'
  if (verdict === 'undecided') return 'undecided'
  if (readyOn === null) return verdict === 'rightly_stays' ? 'stays_without_place' : 'no_commitment'
  if (!homeNamed) return 'no_home'
  return verdict === 'right' && (!supportNamed || supportFrom === null) ? 'no_support' : 'accounted'
}

/** What happens to a place between two days: it is counted at the first, at the last, at both or at neither. */
export function changeBetween(
  open: { opensOn: Day; closesOn: Day | null },
  first: Day,
  last: Day,
): 'opening' | 'closing' | null {
  const at = (day: Day) => open.opensOn <= day && (open.closesOn === null || open.closesOn > day)
  if (at(first) === at(last)) return null
  return at(last) ? 'opening' : 'closing'
}
