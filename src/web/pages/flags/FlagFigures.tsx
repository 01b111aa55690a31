import '@navikt/ds-css/dist/component/table.css'
import { BodyLong, Table } from '@navikt/ds-react'
import type { Flag } from '../../api/flags.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { figureInWords, howItIsMeasured } from './flagWords.ts'

/** How a flag is measured and against what, and the same figure of each district where its rule has one. */
export function FlagFigures({ flag, title }: { flag: Flag; title: string }) {
  const districts = flag.against.filter(({ part }) => part === 'districts')
  return (
    <>
      <BodyLong size="small" spacing className="readable">
        {howItIsMeasured(flag)}
      </BodyLong>
      <Figures name={`Tallene bak ${title}`} rows={flag.against.filter(({ part }) => part === 'rule')} />
      <Figures name={`Hver bydel for seg: ${title}`} rows={districts} heading="Bydel" />
    </>
  )
}

function Figures({ name, rows, heading = 'Hva' }: { name: string; rows: Flag['against']; heading?: string }) {
  if (rows.length === 0) return null
  const noted = rows.some(({ note }) => note !== null)
  return (
    <ScrollRegion label={name}>
      <Table size="small">
        <caption className="aksel-sr-only">{name}</caption>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">{heading}</Table.HeaderCell>
            <Table.HeaderCell scope="col" align="right">
              {noted ? 'Vekst' : 'Tall'}
            </Table.HeaderCell>
            {noted && <Table.HeaderCell scope="col">Åpne behov, i snitt</Table.HeaderCell>}
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {rows.map((row) => (
            <Table.Row key={row.label}>
              <Table.HeaderCell scope="row">{row.label}</Table.HeaderCell>
              <Table.DataCell align="right">{figureInWords(row)}</Table.DataCell>
              {noted && <Table.DataCell>{row.note}</Table.DataCell>}
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </ScrollRegion>
  )
}
