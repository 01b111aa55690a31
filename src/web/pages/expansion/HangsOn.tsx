import { BodyShort, Heading, Table } from '@navikt/ds-react'
import type { ExpansionAnswer } from '../../api/expansion.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { dearerOrCheaper, millions, moreOrFewer, placesInWords } from './expansionWords.ts'

/** What the answer hangs on: the question asked again with one assumption moved, the widest first. */
export function HangsOn({ answer }: { answer: ExpansionAnswer }) {
  const moved = [...Map.groupBy(answer.hangsOn, ({ assumed }) => assumed).values()]
  const widthOf = (sides: typeof answer.hangsOn) => Math.max(...sides.map(({ placesMore }) => Math.abs(placesMore)))
  const rows = moved.toSorted((a, b) => widthOf(b) - widthOf(a)).flat()
  const widest = Math.max(1, ...rows.map(({ placesMore }) => Math.abs(placesMore)))
  return (
    <section className="stack" aria-labelledby="henger-pa">
      <Heading id="henger-pa" level="2" size="medium">
        Hva svaret henger på
      </Heading>
      <BodyShort size="small" className="readable">
        Vi har regnet på nytt med én forutsetning endret om gangen, og de andre som før. Den som flytter svaret mest,
        står øverst. Hver er prøvd i høyst tre runder. Der rundene tok slutt før vi var ferdige, står det «Ikke ferdig
        prøvd»: da kan en mindre plan finnes.
      </BodyShort>
      <ScrollRegion label="Hva svaret henger på, tabell">
        <Table size="small" className="expansion-table">
          <caption className="aksel-sr-only">Svaret med én forutsetning endret om gangen</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Forutsetning</Table.HeaderCell>
              <Table.HeaderCell scope="col">Endret til</Table.HeaderCell>
              <Table.HeaderCell scope="col">Plasser mot planen</Table.HeaderCell>
              <Table.HeaderCell scope="col">Kroner mot planen</Table.HeaderCell>
              <Table.HeaderCell scope="col">Bydeler over målet</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {rows.map(({ assumed, name, side, sentence, places, placesMore, cost, costMore, above, settled }) => (
              <Table.Row key={`${assumed} ${side}`}>
                <Table.HeaderCell scope="row">
                  {name}, {side === 'low' ? 'lav' : 'høy'}
                </Table.HeaderCell>
                <Table.DataCell>
                  {sentence}
                  {settled === false && ' Ikke ferdig prøvd.'}
                </Table.DataCell>
                <Table.DataCell className="expansion-moved">
                  <Bar share={placesMore / widest} />
                  {placesInWords(places)}: {moreOrFewer(placesMore)}
                </Table.DataCell>
                <Table.DataCell className="expansion-moved">
                  {millions(cost)}: {dearerOrCheaper(costMore)}
                </Table.DataCell>
                <Table.DataCell>{above === 0 ? 'Ingen' : above}</Table.DataCell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
    </section>
  )
}

const [WIDTH, HEIGHT] = [120, 10]

/** How far the answer moves, to the left for fewer and to the right for more; the number stands beside it. */
function Bar({ share }: { share: number }) {
  const half = WIDTH / 2
  const length = Math.abs(share) * half
  return (
    <svg className="expansion-bar" width={WIDTH} height={HEIGHT} aria-hidden="true" focusable="false">
      <rect x={share < 0 ? half - length : half} width={length} height={HEIGHT} />
      <line x1={half} x2={half} y1="0" y2={HEIGHT} />
    </svg>
  )
}
