import { BodyLong, BodyShort, Heading, ReadMore, Table } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { districtShortfallQuery, type ShortfallRow } from '../../api/capacity.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { drawnDays, shortfallInWords } from './shortfallWords.ts'

const HEIGHT = 160
const WIDTH = 640

/** Mangel over tid: the plain difference of each day beside what was certain on it, neither ever alone. */
export function ShortfallOverTime({ district }: { district: string }) {
  const { data } = useSuspenseQuery(districtShortfallQuery(district))
  return (
    <section className="stack ladder__inside" aria-labelledby="mangel-over-tid">
      <Heading id="mangel-over-tid" level="2" size="medium">
        Mangel over tid
      </Heading>
      <BodyLong className="readable">{shortfallInWords(data.items)}</BodyLong>
      {data.items.length > 0 && (
        <>
          <Picture rows={data.items} />
          <ReadMore header="Mangel over tid som tabell">
            <Days rows={data.items} />
          </ReadMore>
          <Downloads address={`/api/v1/shortages/series?district=${district}`} what="mangelen" jsonStat />
        </>
      )}
      {data.notes.map((note) => (
        <BodyShort key={note} size="small" className="readable">
          {note}
        </BodyShort>
      ))}
    </section>
  )
}

function Picture({ rows }: { rows: readonly ShortfallRow[] }) {
  const { days, most } = drawnDays(rows)
  return (
    <figure className="shortfall">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="shortfall__picture" aria-hidden="true" focusable="false">
        {days.map(({ day, at, width, plain, certified }) => (
          <g key={day}>
            <rect
              x={at * WIDTH}
              y={HEIGHT * (1 - plain)}
              width={width * WIDTH}
              height={HEIGHT * plain}
              className="shortfall__plain"
            />
            {certified !== null && (
              <rect
                x={at * WIDTH}
                y={HEIGHT * (1 - certified)}
                width={width * WIDTH}
                height={Math.max(2, HEIGHT * certified)}
                className="shortfall__certified"
              />
            )}
          </g>
        ))}
        <line x1="0" y1={HEIGHT} x2={WIDTH} y2={HEIGHT} className="shortfall__ground" />
      </svg>
      <figcaption>
        <BodyShort size="small">
          Fra {dayInWords(days[0]?.day ?? '')} til {dayInWords(days.at(-1)?.day ?? '')}, en søyle for hver dag. Den lyse
          søylen er enkel differanse, den mørke i bunnen er sikker mangel der den er kjent. Den høyeste er{' '}
          {inNumbers(most)}.
        </BodyShort>
      </figcaption>
    </figure>
  )
}

function Days({ rows }: { rows: readonly ShortfallRow[] }) {
  return (
    <ScrollRegion label="Mangel over tid, tabell">
      <Table size="small">
        <caption className="aksel-sr-only">Mangel i bydelen, dag for dag, den nyeste først</caption>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">Dag</Table.HeaderCell>
            <Table.HeaderCell scope="col" align="right">
              Venter
            </Table.HeaderCell>
            <Table.HeaderCell scope="col" align="right">
              Ledige plasser
            </Table.HeaderCell>
            <Table.HeaderCell scope="col" align="right">
              Enkel differanse
            </Table.HeaderCell>
            <Table.HeaderCell scope="col" align="right">
              Sikker mangel
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {rows.toReversed().map(({ day, waiting, free, plain, certified }) => (
            <Table.Row key={day}>
              <Table.HeaderCell scope="row">{dayInWords(day)}</Table.HeaderCell>
              <Table.DataCell align="right">{inNumbers(waiting)}</Table.DataCell>
              <Table.DataCell align="right">{inNumbers(free)}</Table.DataCell>
              <Table.DataCell align="right">{inNumbers(plain)}</Table.DataCell>
              <Table.DataCell align="right">{certified === null ? 'ikke kjent' : inNumbers(certified)}</Table.DataCell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
      {[...new Set(rows.flatMap(({ certifiedMissing }) => certifiedMissing ?? []))].map((why) => (
        <BodyShort key={why} size="small">
          Ikke kjent: {why}
        </BodyShort>
      ))}
    </ScrollRegion>
  )
}
