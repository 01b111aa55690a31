import { BodyLong, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { capacitySeriesQuery, type SeriesAsk, type SeriesRow } from '../../api/capacity.ts'
import { Definitions } from '../../ui/Definitions.tsx'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords, daysFrom } from '../../ui/days.ts'
import { FigureTable } from '../../ui/FigureTable.tsx'
import { measureNames } from '../../ui/measureNames.ts'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { movesInWords, rowName } from './capacityWords.ts'
import { addressOf } from './search.ts'

const MOST_ROWS = 60

/** Gjennomstrømning: how often places change hands. */
export function Moves({ ask, months }: { ask: SeriesAsk; months: number }) {
  const { data } = useSuspenseQuery(capacitySeriesQuery(ask))
  const { names } = useReference()
  const span = data.items[0]
  return (
    <section className="stack" aria-labelledby="gjennomstromning">
      <Heading id="gjennomstromning" level="2" size="medium">
        Gjennomstrømning
      </Heading>
      <BodyLong className="readable">
        {span === undefined
          ? 'Ingen plasser i dette utvalget.'
          : `${months} måneder, fra ${dayInWords(span.from)} til ${dayInWords(span.to)}. ${movesInWords(data.items)}`}
      </BodyLong>
      {span !== undefined && (
        <FigureTable
          title={measureNames.turnover}
          columns={[
            { name: measureNames.averagePlaces, of: (row: SeriesRow) => oneDecimal(averagePlaces(row)) },
            { name: measureNames.movedIn, of: ({ movedIn }) => inNumbers(movedIn) },
            { name: measureNames.departed, of: ({ departed }) => inNumbers(departed) },
            {
              name: measureNames.turnover,
              of: ({ turnover }) => (turnover === null ? 'ingen plasser' : inNumbers(turnover)),
            },
          ]}
          rows={data.items.slice(0, MOST_ROWS).map((row) => ({ name: rowName(row, names.feature), row }))}
        />
      )}
      <Definitions of="gjennomstrømningen" ids={['averagePlaces', 'placeDays', 'movedIn', 'departed', 'turnover']} />
      <Downloads address={addressOf('capacity/series', ask)} what="gjennomstrømningen" jsonStat />
    </section>
  )
}

const averagePlaces = ({ placeDays, from, to }: SeriesRow) => placeDays.places / daysFrom(from, to)
const oneDecimal = (value: number) => inNumbers(Math.round(10 * value) / 10)
