import '@navikt/ds-css/dist/component/table.css'
import { BodyShort, Heading, Table } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { placeCountsQuery } from '../../api/inventory.ts'
import { paths } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { Freshness } from '../../ui/Freshness.tsx'
import { measureNames } from '../../ui/measureNames.ts'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { useToday } from '../../ui/useToday.ts'
import { allForms, countsInWords } from './startWords.ts'

type Props = {
  title: string
  /** Only this district's places. */
  district?: string
  /** Only the forms that this says yes to. */
  only?(form: string): boolean
}

/** How many places are free today, form by form; a number that is not nought leads to the places behind it. */
export function FreePlaces({ title, district, only = () => true }: Props) {
  const { data } = useSuspenseQuery(placeCountsQuery(district === undefined ? {} : { district }))
  const { names } = useReference()
  const heading = useId()
  const today = useToday()
  const counts = data.filter(({ form }) => only(form))
  return (
    <section className="stack" aria-labelledby={heading}>
      <Heading id={heading} level="2" size="medium">
        {title}
      </Heading>
      <BodyShort>{countsInWords(allForms(counts))}</BodyShort>
      <Freshness district={district} />
      {counts.length > 0 && (
        <ScrollRegion label={`${title}, tabell`}>
          <Table size="small">
            <caption className="aksel-sr-only">{title}, etter boligform</caption>
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell scope="col">Boligform</Table.HeaderCell>
                <Table.HeaderCell scope="col" align="right">
                  {measureNames.free}
                </Table.HeaderCell>
                <Table.HeaderCell scope="col" align="right">
                  {measureNames.taken}
                </Table.HeaderCell>
                <Table.HeaderCell scope="col" align="right">
                  {measureNames.promised}
                </Table.HeaderCell>
                <Table.HeaderCell scope="col" align="right">
                  {measureNames.closed}
                </Table.HeaderCell>
                <Table.HeaderCell scope="col" align="right">
                  {measureNames.notAdmitting}
                </Table.HeaderCell>
                <Table.HeaderCell scope="col" align="right">
                  {measureNames.places}
                </Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {counts.map(({ form, open, taken, closed, notAdmitting, held, free }) => (
                <Table.Row key={form}>
                  <Table.HeaderCell scope="row">{names.form(form)}</Table.HeaderCell>
                  <Table.DataCell align="right">
                    {free === 0 ? (
                      '0'
                    ) : (
                      <RouteLink
                        to={paths.places}
                        search={{
                          boligform: form,
                          ledig: today,
                          ...(district === undefined ? {} : { bydel: district }),
                        }}
                      >
                        {inNumbers(free)}
                        <span className="aksel-sr-only"> ledige: {names.form(form)}</span>
                      </RouteLink>
                    )}
                  </Table.DataCell>
                  <Table.DataCell align="right">{inNumbers(taken)}</Table.DataCell>
                  <Table.DataCell align="right">{inNumbers(held)}</Table.DataCell>
                  <Table.DataCell align="right">{inNumbers(closed)}</Table.DataCell>
                  <Table.DataCell align="right">{inNumbers(notAdmitting)}</Table.DataCell>
                  <Table.DataCell align="right">{inNumbers(open)}</Table.DataCell>
                </Table.Row>
              ))}
            </Table.Body>
          </Table>
        </ScrollRegion>
      )}
      <Downloads
        address={`/api/v1/place-counts${district === undefined ? '' : `?district=${district}`}`}
        what="tallene"
        jsonStat
      />
    </section>
  )
}
