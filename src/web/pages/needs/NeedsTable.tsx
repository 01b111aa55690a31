import '@navikt/ds-css/dist/component/table.css'
import { Table, Tag } from '@navikt/ds-react'
import type { NeedRow } from '../../api/types.ts'
import { paths } from '../../paths.ts'
import { ago, dayOf } from '../../ui/days.ts'
import { listed, useReference } from '../../ui/names.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { useToday } from '../../ui/useToday.ts'
import { statusNames, urgencyInWords } from './needWords.ts'
import { missingInWords } from './readiness.ts'

/** Needs with what makes each urgent and what each misses. A draft leads on to its registration. */
export function NeedsTable({ needs }: { needs: NeedRow[] }) {
  const { names } = useReference()
  const today = useToday()
  return (
    <ScrollRegion label="Boligbehov">
      <Table size="small" className="wide-table">
        <caption className="aksel-sr-only">Boligbehov, de nyeste først</caption>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">Person</Table.HeaderCell>
            <Table.HeaderCell scope="col">Status</Table.HeaderCell>
            <Table.HeaderCell scope="col">Hasteklasse</Table.HeaderCell>
            <Table.HeaderCell scope="col">Boligformer</Table.HeaderCell>
            <Table.HeaderCell scope="col">Mangler</Table.HeaderCell>
            <Table.HeaderCell scope="col">Begynt</Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {needs.map((need) => (
            <Table.Row key={need.id}>
              <Table.HeaderCell scope="row">
                <RouteLink to={need.status === 'draft' ? paths.editNeed : paths.need} params={{ id: need.id }}>
                  {need.residentName}
                </RouteLink>
              </Table.HeaderCell>
              <Table.DataCell>
                <Tag size="small" variant="moderate" data-color={need.status === 'registered' ? 'info' : 'neutral'}>
                  {statusNames[need.status]}
                </Tag>
              </Table.DataCell>
              <Table.DataCell>{urgencyInWords({ ...need, className: need.urgencyName })}</Table.DataCell>
              <Table.DataCell>{listed(need.forms.map(names.form)) || 'Ikke valgt'}</Table.DataCell>
              <Table.DataCell>
                {missingInWords(need.missing)}
                {!need.canBeRanked && '. Kan ikke stå i køen'}
              </Table.DataCell>
              <Table.DataCell className="nowrap">{ago(dayOf(need.startedAt), today)}</Table.DataCell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </ScrollRegion>
  )
}
