import '@navikt/ds-css/dist/component/table.css'
import { Alert, BodyLong, Table, Tag } from '@navikt/ds-react'
import type { LetterList } from '../../api/papers.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { kindInAddress } from './letterSearch.ts'
import { letterStateNames } from './paperWords.ts'

const stateColors = { draft: 'info', current: 'success', over: 'neutral' } as const

/** The letters there are, each with what it is about and whether it counts. */
export function Letters({ needId, letters }: { needId: string; letters: LetterList }) {
  return (
    <>
      {letters.notes.map((note) => (
        <Alert key={note} variant="warning">
          {note}
        </Alert>
      ))}
      {letters.items.length === 0 ? (
        <BodyLong className="readable">
          Det er ingen brev ennå. Et brev kommer av seg selv når du skriver et vedtak, sender et tilbud eller henviser.
        </BodyLong>
      ) : (
        <ScrollRegion label="Brevene">
          <Table size="small">
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell scope="col">Brev om</Table.HeaderCell>
                <Table.HeaderCell scope="col">Datert</Table.HeaderCell>
                <Table.HeaderCell scope="col">Status</Table.HeaderCell>
                <Table.HeaderCell scope="col">Se og skriv ut</Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {letters.items.map(({ kind, id, about, writtenOn, state }) => (
                <Table.Row key={id}>
                  <Table.HeaderCell scope="row">{about}</Table.HeaderCell>
                  <Table.DataCell>{writtenOn === null ? 'Ikke sendt' : dayInWords(writtenOn)}</Table.DataCell>
                  <Table.DataCell>
                    <Tag size="small" variant="moderate" data-color={stateColors[state]}>
                      {letterStateNames[state]}
                    </Tag>
                  </Table.DataCell>
                  <Table.DataCell>
                    <RouteLink to={paths.letter} params={{ id: needId, kind: kindInAddress(kind), about: id }}>
                      Se brevet<span className="aksel-sr-only">: {about}</span>
                    </RouteLink>
                  </Table.DataCell>
                </Table.Row>
              ))}
            </Table.Body>
          </Table>
        </ScrollRegion>
      )}
    </>
  )
}
