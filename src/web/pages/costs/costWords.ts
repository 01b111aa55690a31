import type { CostRow, Costs } from '../../api/costs.ts'
import { kroner } from '../../ui/kroner.ts'
import { counted, inNumbers } from '../../ui/numbers.ts'

const MILLION = 1_000_000
const inMillions = new Intl.NumberFormat('nb-NO', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** An amount where the last kroner say nothing: «12,4 millioner kr»; below a million in whole kroner. */
export function roughly(amount: number): string {
  return Math.abs(amount) < MILLION ? kroner(amount) : `${inMillions.format(amount / MILLION)} millioner kr`
}

export const percent = (share: number | null) => (share === null ? 'ukjent' : `${inNumbers(share)} prosent`)

const households = (count: number) => counted(count, 'husstand', 'husstander')

/** The year of bought places in a paragraph: how many, so far, what is to come, and what it is of the budget. */
export function boughtInWords({ bought }: Pick<CostRow, 'bought'>, year: number): string {
  const { now, spent, committed, running, budget, shareOfBudget, unpricedNow } = bought
  const against =
    budget === null
      ? 'Det er ikke satt noe budsjett.'
      : `Til sammen er det ${percent(shareOfBudget)} av budsjettet på ${roughly(budget)}.`
  const unpriced =
    unpricedNow === 0
      ? ''
      : ` ${households(unpricedNow)} bor på en kjøpt plass uten registrert pris og er ikke med i beløpene.`
  return `${households(now)} bor på en kjøpt plass i dag. Så langt i ${year} er det brukt ${roughly(spent)}. Ut året er ${roughly(committed)} bestilt til en dato, og ${roughly(running)} løper til noen avslutter det. ${against}${unpriced}`
}

/** How much of the year few cases tie up. */
export function exposureInWords(
  { bought }: Pick<CostRow, 'bought'>,
  { largestCount }: Pick<Costs, 'largestCount'>,
): string {
  const { households: all, largestCases, largestShare, largestShareOfBudget } = bought
  if (largestShare === null) return 'Ingen kjøpte plasser med pris i år.'
  const few = Math.min(all, largestCount)
  const who = few === 1 ? 'Det dyreste oppholdet' : `De ${few} dyreste av ${inNumbers(all)} opphold`
  const budget = largestShareOfBudget === null ? '' : ` og ${percent(largestShareOfBudget)} av budsjettet`
  return `${who} binder ${roughly(largestCases)} i år. Det er ${percent(largestShare)} av det som kjøpes${budget}.`
}

/** Days paid for while somebody waits in hospital, and what they would have cost at home. */
export function dischargeInWords({ dischargeReady }: Pick<CostRow, 'dischargeReady'>): string {
  const { now, days, paid, sameDaysInOwnPlace } = dischargeReady
  return `${households(now)} venter i dag som utskrivningsklare. Så langt i år er det ${inNumbers(days)} døgn, som koster ${roughly(paid)} etter antakelsen. De samme døgnene i en egen bolig ville kostet ${roughly(sameDaysInOwnPlace)}.`
}

/** The priced days in bought places against the same days in an own place. */
export function ownPlaceInWords({ bought }: Pick<CostRow, 'bought'>): string {
  const { days, daysUnpriced, spent, sameDaysInOwnPlace } = bought
  const priced = days - daysUnpriced
  if (priced === 0) return 'Ingen døgn med pris å sammenligne med så langt i år.'
  const difference = spent - sameDaysInOwnPlace
  const which = difference >= 0 ? 'mindre' : 'mer'
  return `${inNumbers(priced)} døgn på kjøpte plasser kostet ${roughly(spent)}. I egne plasser ville de kostet ${roughly(sameDaysInOwnPlace)} etter antakelsen: ${roughly(Math.abs(difference))} ${which}.`
}
