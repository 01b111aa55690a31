import '@navikt/ds-css/dist/component/table.css'
import { Table } from '@navikt/ds-react'
import type { Place } from '../../api/types.ts'
import { paths } from '../../paths.ts'
import { Confirmed } from '../../ui/Confirmed.tsx'
import { dayInWords, dayTyped } from '../../ui/days.ts'
import { listed, useReference } from '../../ui/names.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { placeState } from './placeState.ts'

type Props = {
  places: Place[]
  /** The day that taken, closed and free are said of. */
  on: string
  /** Leaves out what is the same for all of one facility. */
  oneFacility?: boolean
}

/** Places with how each stands, in words. Who lives there is not said. */
export function PlacesTable({ places, on, oneFacility = false }: Props) {
  const { names } = useReference()
  return (
    <ScrollRegion label="Plasser">
      <Table size="small" className="wide-table">
        <caption className="aksel-sr-only">Plasser, slik de er {dayInWords(on)}</caption>
        <Table.Header>
          <Table.Row>
            {!oneFacility && <Table.HeaderCell scope="col">Botilbud</Table.HeaderCell>}
            <Table.HeaderCell scope="col">Plass</Table.HeaderCell>
            <Table.HeaderCell scope="col">Boligform</Table.HeaderCell>
            {!oneFacility && <Table.HeaderCell scope="col">Bydel</Table.HeaderCell>}
            <Table.HeaderCell scope="col">Tilstand</Table.HeaderCell>
            {!oneFacility && <Table.HeaderCell scope="col">Ledighet</Table.HeaderCell>}
            <Table.HeaderCell scope="col">Åpen</Table.HeaderCell>
            <Table.HeaderCell scope="col">Egenskaper</Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {places.map((place) => (
            <Table.Row key={place.id}>
              {!oneFacility && (
                <Table.DataCell>
                  <RouteLink to={paths.facility} params={{ id: place.facilityId }}>
                    {place.facilityName}
                  </RouteLink>
                </Table.DataCell>
              )}
              <Table.HeaderCell scope="row">{place.label}</Table.HeaderCell>
              <Table.DataCell>{names.form(place.form)}</Table.DataCell>
              {!oneFacility && <Table.DataCell>{names.district(place.districtCode)}</Table.DataCell>}
              <Table.DataCell>{placeState(place, on)}</Table.DataCell>
              {!oneFacility && (
                <Table.DataCell>
                  <Confirmed at={place.vacancyConfirmedAt} />
                </Table.DataCell>
              )}
              <Table.DataCell className="nowrap">{openInWords(place.openDuring)}</Table.DataCell>
              <Table.DataCell>{listed(place.features.map(names.feature)) || '–'}</Table.DataCell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </ScrollRegion>
  )
}

function openInWords({ from, to }: Place['openDuring']): string {
  return to === null ? `fra ${dayTyped(from)}` : `${dayTyped(from)}–${dayTyped(to)}`
}
