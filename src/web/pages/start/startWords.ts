import type { PlaceCount, Rule } from '../../api/types.ts'
import { counted, inNumbers } from '../../ui/numbers.ts'
import { placesInWords } from '../matches/counts.ts'

type Counts = Omit<PlaceCount, 'form'>

/** Several forms added up. */
export function allForms(counts: readonly Counts[]): Counts {
  const sum = { open: 0, taken: 0, closed: 0, notAdmitting: 0, held: 0, free: 0 }
  for (const count of counts) {
    sum.open += count.open
    sum.taken += count.taken
    sum.closed += count.closed
    sum.notAdmitting += count.notAdmitting
    sum.held += count.held
    sum.free += count.free
  }
  return sum
}

/** «12 ledige av 480 plasser. 460 er opptatt, 6 er sperret, og 2 er i hus som ikke tar imot.» */
export function countsInWords({ open, taken, closed, notAdmitting, held, free }: Counts): string {
  if (open === 0) return 'Ingen plasser er åpne i dag.'
  const first = `${free === 0 ? 'Ingen ledige' : `${inNumbers(free)} ${free === 1 ? 'ledig' : 'ledige'}`} av ${placesInWords(open)}.`
  const parts = [`${inNumbers(taken)} er opptatt`]
  if (held > 0) parts.push(`${inNumbers(held)} er holdt av`)
  if (closed > 0) parts.push(`${inNumbers(closed)} er sperret`)
  if (notAdmitting > 0) parts.push(`${inNumbers(notAdmitting)} er i hus som ikke tar imot`)
  const last = parts.length > 1 ? ` og ${parts.pop()}` : ''
  return `${first} ${parts.join(', ')}${last}.`
}

/** How many houses have an old confirmation; `more` when the list was cut. */
export function unconfirmedInWords(houses: number, more: boolean, days: number): string {
  const since = days === 1 ? 'det siste døgnet' : `de siste ${days} dagene`
  if (houses === 0) return `Alle botilbud har bekreftet ledigheten ${since}.`
  const how = more ? `Minst ${inNumbers(houses)}` : inNumbers(houses)
  return `${how} botilbud har ikke bekreftet ledigheten ${since}. Andre kan ikke stole på tallene der.`
}

/** «43 regler gjelder. 4 av dem er ikke kontrollert.» */
export function rulesInWords(rules: readonly Pick<Rule, 'checked'>[]): string {
  const unchecked = rules.filter(({ checked }) => !checked).length
  const all = counted(rules.length, 'regel gjelder', 'regler gjelder')
  return `${all}. ${unchecked === 0 ? 'Alle er kontrollert.' : `${inNumbers(unchecked)} av dem er ikke kontrollert.`}`
}

/** How many wait in each urgency class, the most urgent first. */
export function waitingByClass(
  waiting: readonly { urgencyClass: number; urgencyName: string }[],
): { urgencyClass: number; name: string; waiting: number }[] {
  const classes = new Map<number, { urgencyClass: number; name: string; waiting: number }>()
  for (const { urgencyClass, urgencyName } of waiting) {
    const found = classes.get(urgencyClass)
    if (found === undefined) classes.set(urgencyClass, { urgencyClass, name: urgencyName, waiting: 1 })
    else found.waiting += 1
  }
  return [...classes.values()].sort((a, b) => a.urgencyClass - b.urgencyClass)
}
