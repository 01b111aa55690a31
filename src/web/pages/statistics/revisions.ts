import type { StatisticTable } from '../../api/types.ts'
import { dayInWords, dayOf } from '../../ui/days.ts'
import { inNumbers } from '../../ui/numbers.ts'

type Table = Pick<StatisticTable, 'series' | 'items'>

const said = (value: number | null) => (value === null ? 'ukjent' : inNumbers(value))

/** When a table was taken in, and each change of a figure since: what it was, what it is, when, and by which source. */
export function revisionsInWords({ series, items }: Table): { read: string; changes: string[] } {
  const labels = new Map(series.map(({ id, label }) => [id, label]))
  const recorded = items.flatMap(({ figures }) => figures.flatMap((figure) => [figure, ...figure.earlier]))
  const days = recorded.map(({ recordedAt }) => dayOf(recordedAt)).toSorted()
  const changes = items.flatMap(({ areaName, year, figures }) =>
    figures.flatMap((figure) =>
      [figure, ...figure.earlier].slice(0, -1).map((now, at) => ({
        day: dayOf(now.recordedAt),
        words: `${areaName} ${year}, ${labels.get(figure.series) ?? figure.series}: ${said(figure.earlier[at]?.value ?? null)} ble rettet til ${said(now.value)} ${dayInWords(dayOf(now.recordedAt))}. Kilde: ${now.source}`,
      })),
    ),
  )
  const [first] = days
  const read = first === undefined ? 'Ingen tall er lest inn.' : `Lest inn ${dayInWords(first)}.`
  const none = first !== undefined && changes.length === 0 ? ' Ingenting er rettet siden.' : ''
  return {
    read: read + none,
    changes: changes.toSorted((a, b) => b.day.localeCompare(a.day)).map(({ words }) => words),
  }
}
