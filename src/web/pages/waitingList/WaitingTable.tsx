import '@navikt/ds-css/dist/component/table.css'
import { BodyShort, ReadMore, Table } from '@navikt/ds-react'
import type { WaitingList, WaitingListEntry } from '../../api/waitingList.ts'
import { paths } from '../../paths.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { urgencyInWords } from '../needs/needWords.ts'
import { aheadInWords, groundsInWords, inSituation, lastRunInWords, orderInWords, waitedInWords } from './words.ts'

type Props = { entries: WaitingListEntry[]; daysCap: WaitingList['daysCap']; mayReadRuns: boolean }

/** The queue: each position with what it is decided by. The links to a run need `mayReadRuns`. */
export function WaitingTable({ entries, daysCap, mayReadRuns }: Props) {
  return (
    <ScrollRegion label="Venteliste">
      <Table size="small" className="figures">
        <caption className="aksel-sr-only">Venteliste, den som står først, øverst</caption>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col" className="figures__number">
              Nr.
            </Table.HeaderCell>
            <Table.HeaderCell scope="col">Person</Table.HeaderCell>
            <Table.HeaderCell scope="col">Hasteklasse</Table.HeaderCell>
            <Table.HeaderCell scope="col">I situasjonen</Table.HeaderCell>
            <Table.HeaderCell scope="col">Ventet siden registrering</Table.HeaderCell>
            <Table.HeaderCell scope="col">Hvorfor denne plassen i køen</Table.HeaderCell>
            <Table.HeaderCell scope="col">Siste kjøring</Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {entries.map((entry) => (
            <Table.Row key={entry.needId} shadeOnHover={false}>
              <Table.DataCell className="figures__number">{entry.position}</Table.DataCell>
              <Table.HeaderCell scope="row">
                <RouteLink to={paths.need} params={{ id: entry.needId }}>
                  {entry.residentName}
                </RouteLink>
              </Table.HeaderCell>
              <Table.DataCell>
                {urgencyInWords({ urgencyClass: entry.urgencyClass, className: entry.urgencyName })}
                {entry.grounds.length > 0 && (
                  <BodyShort size="small" textColor="subtle">
                    Grunn: {groundsInWords(entry.grounds)}
                  </BodyShort>
                )}
              </Table.DataCell>
              <Table.DataCell>{inSituation(entry.daysInSituation, daysCap.inSituation)}</Table.DataCell>
              <Table.DataCell>{waitedInWords(entry, daysCap.sinceRegistration)}</Table.DataCell>
              <Table.DataCell>
                {entry.reason}
                <ReadMore
                  size="small"
                  header={
                    <>
                      Hvorfor ikke meg før? <span className="aksel-sr-only">{entry.residentName}</span>
                    </>
                  }
                >
                  {aheadInWords(entry.aheadByClass)} {orderInWords}
                </ReadMore>
              </Table.DataCell>
              <Table.DataCell>
                {entry.lastRun === null ? (
                  'Ikke med i noen kjøring ennå.'
                ) : (
                  <>
                    {lastRunInWords(entry.lastRun)}{' '}
                    {mayReadRuns && (
                      <RouteLink to={paths.run} params={{ id: entry.lastRun.runId }}>
                        Se kjøringen <span className="aksel-sr-only">for {entry.residentName}</span>
                      </RouteLink>
                    )}
                  </>
                )}
              </Table.DataCell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </ScrollRegion>
  )
}
