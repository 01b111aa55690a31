import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type CapacityRow, capacityOnQuery, type DayAsk } from '../../api/capacity.ts'
import { Definitions } from '../../ui/Definitions.tsx'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords, freshnessInShort, freshnessInWords } from '../../ui/days.ts'
import { FigureTable } from '../../ui/FigureTable.tsx'
import { type MeasureId, measureNames } from '../../ui/measureNames.ts'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { asideInWords, dayInSentences, knownNumber, rowName } from './capacityWords.ts'
import { addressOf } from './search.ts'

/** More rows than these are read in a file. */
const MOST_ROWS = 60

const COLUMNS = [
  'places',
  'capacity',
  'admitting',
  'occupied',
  'occupiedClosed',
  'closed',
  'notAdmitting',
  'held',
  'offered',
  'free',
  'queue',
  'openingLater',
  'closingLater',
] as const satisfies readonly (MeasureId & keyof CapacityRow)[]

/** Every place of a day in exactly one state, and what opens and closes later. */
export function DayTable({ ask }: { ask: DayAsk }) {
  const { data } = useSuspenseQuery(capacityOnQuery(ask))
  const { names } = useReference()
  const title = `Plassene ${dayInWords(data.on)}`
  const shown = data.items.slice(0, MOST_ROWS)
  const aside = asideInWords(data.total)
  // where nobody's queue can be told, the note says why, and a column of «ukjent» says no more
  const shownColumns = COLUMNS.filter((id) => id !== 'queue' || data.queueNote === null)
  const confirmed = {
    name: 'Ledigheten bekreftet',
    of: ({ freshness }: CapacityRow) => freshnessInShort(freshness, data.staleAfterDays),
  }
  return (
    <section className="stack" aria-labelledby="plassene">
      <Heading id="plassene" level="2" size="medium">
        {title}
      </Heading>
      <BodyLong className="readable">{dayInSentences(data)}</BodyLong>
      <FigureTable
        title={`${title}, i hver tilstand`}
        columns={shownColumns.flatMap((id) => [
          { name: measureNames[id], of: (row: CapacityRow) => knownNumber(row[id]) },
          // how old the word on it is stands beside what is free
          ...(id === 'free' ? [confirmed] : []),
        ])}
        rows={[...shown.map((row) => ({ name: rowName(row, names.feature), row })), { name: 'I alt', row: data.total }]}
      />
      {data.items.length > MOST_ROWS && (
        <BodyShort>
          Tabellen viser de {MOST_ROWS} første av {inNumbers(data.items.length)} rader. Velg en bydel for å se færre,
          eller last ned alle.
        </BodyShort>
      )}
      <BodyShort size="small">
        I dette utvalget har {freshnessInWords(data.total.freshness, data.staleAfterDays)}
      </BodyShort>
      {aside !== null && <BodyShort size="small">{aside}</BodyShort>}
      {[...data.notes, ...(data.queueNote === null ? [] : [data.queueNote])].map((note) => (
        <BodyShort key={note} size="small" className="readable">
          {note}
        </BodyShort>
      ))}
      <Definitions of="plassene" ids={[...COLUMNS, 'occupiedOutside', 'admissionAssumed']} />
      <Downloads address={addressOf('capacity', ask)} what="plassene" jsonStat />
    </section>
  )
}
