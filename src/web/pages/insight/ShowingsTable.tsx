import '@navikt/ds-css/dist/component/table.css'
import { BodyShort, Table } from '@navikt/ds-react'
import type { Showing } from '../../api/audit.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { GlassLink } from './GlassLink.tsx'
import { hoursInWords, pseudonym, readInsightSearch, timesInWords } from './insightWords.ts'
import { Written } from './Written.tsx'

type Props = {
  showings: Showing[]
  /** Whom each is of, where the table is of several people: each account and person then leads to what is theirs alone. */
  ofMany?: boolean
}

/** Who saw whom: a row for each account, person, purpose and day. */
export function ShowingsTable({ showings, ofMany = false }: Props) {
  return (
    <ScrollRegion label="Hvem har sett, tabell">
      <Table size="small" className="wide-table">
        <caption className="aksel-sr-only">Hvem har sett hva, når og hvorfor, det nyeste først</caption>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">Når</Table.HeaderCell>
            <Table.HeaderCell scope="col">Hvem</Table.HeaderCell>
            {ofMany && <Table.HeaderCell scope="col">Så</Table.HeaderCell>}
            <Table.HeaderCell scope="col">Hvorfor</Table.HeaderCell>
            <Table.HeaderCell scope="col">Hva</Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {showings.map((showing) => (
            <Table.Row
              key={[showing.day, showing.actor.id, showing.actor.role, showing.residentId, showing.purpose].join()}
              shadeOnHover={false}
            >
              <Table.DataCell>
                {dayInWords(showing.day)}
                <BodyShort size="small">{hoursInWords(showing)}</BodyShort>
                <Written at={showing.lastAt} recordedAt={showing.recordedAt} />
              </Table.DataCell>
              <Table.DataCell>
                {ofMany ? (
                  <RouteLink
                    to={paths.insight}
                    search={(before) => readInsightSearch({ ...before, ansatt: showing.actor.id })}
                    resetScroll={false}
                  >
                    {showing.actor.name}
                  </RouteLink>
                ) : (
                  showing.actor.name
                )}
                <BodyShort size="small">{showing.actor.roleName}</BodyShort>
              </Table.DataCell>
              {ofMany && (
                <Table.DataCell>
                  <RouteLink
                    to={paths.insight}
                    search={(before) => readInsightSearch({ ...before, person: showing.residentId })}
                    resetScroll={false}
                  >
                    {showing.residentName ?? pseudonym(showing.residentId)}
                  </RouteLink>
                </Table.DataCell>
              )}
              <Table.DataCell>
                {showing.purposeName}
                {showing.breakGlassIds.map((id) => (
                  <GlassLink key={id} id={id} />
                ))}
              </Table.DataCell>
              <Table.DataCell>
                {showing.records.join(', ')}
                <BodyShort size="small">
                  {timesInWords(showing.times)}
                  {showing.changed ? ', endret noe' : ''}
                </BodyShort>
              </Table.DataCell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </ScrollRegion>
  )
}
