import type { Distribution, DistributionRow } from '../../api/distribution.ts'
import { inARow } from '../../ui/listing.ts'
import { inNumbers } from '../../ui/numbers.ts'

const percent = new Intl.NumberFormat('nb-NO', { style: 'percent', maximumFractionDigits: 1 })
/** A share as it is written; a dash where there is none. */
export function shareInWords(share: number | null): string {
  return share === null ? '–' : percent.format(share)
}

/** «12 færre», «3 flere», «som behovet», or a dash. */
export function overInWords(over: number | null): string {
  if (over === null) return '–'
  if (over === 0) return 'som behovet'
  return over > 0 ? `${inNumbers(over)} flere` : `${inNumbers(-over)} færre`
}

const most = (rows: readonly DistributionRow[], by: (row: DistributionRow) => number) =>
  rows
    .filter((row) => by(row) > 0)
    .toSorted((a, b) => by(b) - by(a))
    .slice(0, 3)

/** What the table comes to, in words: who has most more, and most fewer, than the need would give. */
export function distributionInWords({ items, capacity }: Pick<Distribution, 'items' | 'capacity'>): string {
  const compared = items.filter(({ over }) => over !== null)
  if (compared.length === 0) return 'Ingen bydel kan sammenlignes med disse vektene.'
  const named = (rows: readonly DistributionRow[]) =>
    inARow(rows.map(({ districtName, over }) => `${districtName} (${inNumbers(Math.abs(over ?? 0))})`))
  const more = most(compared, ({ over }) => over ?? 0)
  const fewer = most(compared, ({ over }) => -(over ?? 0))
  const shared = `${inNumbers(compared.length)} bydeler med ${inNumbers(capacity)} boliger er sammenlignet.`
  if (more.length === 0) return `${shared} Alle har så mange som behovet tilsier.`
  return `${shared} Flest flere enn behovet tilsier har ${named(more)}. Flest færre har ${named(fewer)}.`
}
