import '@navikt/ds-css/dist/component/table.css'
import { BodyShort, Checkbox, Table } from '@navikt/ds-react'
import { useState } from 'react'
import type { NeedMatches } from '../../api/types.ts'
import { paths } from '../../paths.ts'
import { Confirmed } from '../../ui/Confirmed.tsx'
import { dayInWords } from '../../ui/days.ts'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { Steady } from '../../ui/Steady.tsx'
import { useToday } from '../../ui/useToday.ts'
import { MOST_COMPARED, toggled } from './chosen.ts'
import { placesInWords } from './counts.ts'

/** How many more are shown at a time; the comparison below must stay near. */
const STEP = 10

type Props = { matches: NeedMatches; compared: string[]; onCompare(ids: string[]): void }

/** The places that fit, best first. A tick puts a place into the comparison. */
export function MatchTable({ matches, compared, onCompare }: Props) {
  const { names } = useReference()
  const today = useToday()
  const [full, setFull] = useState(false)
  const [shown, setShown] = useState(STEP)

  function toggle(id: string) {
    const next = toggled(compared, id)
    setFull(next === undefined)
    if (next !== undefined) onCompare(next)
  }

  return (
    <>
      <Steady items={matches.items.slice(0, shown)} idOf={({ placeId }) => placeId}>
        {(rows) => (
          <ScrollRegion label="Plasser som passer">
            <Table size="small" className="wide-table">
              <caption className="aksel-sr-only">Plasser som passer, den beste først</caption>
              <Table.Header>
                <Table.Row>
                  <Table.HeaderCell scope="col">Sammenlign</Table.HeaderCell>
                  <Table.HeaderCell scope="col" align="right">
                    Nr.
                  </Table.HeaderCell>
                  <Table.HeaderCell scope="col">Plass</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Botilbud</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Bydel</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Boligform</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Ledig fra</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Ledigheten</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Vi vet ikke</Table.HeaderCell>
                </Table.Row>
              </Table.Header>
              <Table.Body>
                {rows.map(({ item: { placeId, rank, label, facility, form, availableFrom, unknown } }) => (
                  <Table.Row key={placeId} selected={compared.includes(placeId)}>
                    <Table.DataCell>
                      <Checkbox
                        size="small"
                        hideLabel
                        checked={compared.includes(placeId)}
                        onChange={() => toggle(placeId)}
                      >
                        Sammenlign {label}, {facility.name}
                      </Checkbox>
                    </Table.DataCell>
                    <Table.DataCell align="right">{rank}</Table.DataCell>
                    <Table.HeaderCell scope="row">{label}</Table.HeaderCell>
                    <Table.DataCell>
                      <RouteLink to={paths.facility} params={{ id: facility.id }}>
                        {facility.name}
                      </RouteLink>
                    </Table.DataCell>
                    <Table.DataCell>{names.district(facility.districtCode)}</Table.DataCell>
                    <Table.DataCell>{names.form(form)}</Table.DataCell>
                    <Table.DataCell>{availableFrom <= today ? 'nå' : dayInWords(availableFrom)}</Table.DataCell>
                    <Table.DataCell>
                      <Confirmed at={facility.vacancyConfirmedAt} />
                    </Table.DataCell>
                    <Table.DataCell>{unknown.map(({ title }) => title).join(', ') || '–'}</Table.DataCell>
                  </Table.Row>
                ))}
              </Table.Body>
            </Table>
          </ScrollRegion>
        )}
      </Steady>
      <div role="status">
        {full && <BodyShort>Du kan sammenligne {MOST_COMPARED} plasser om gangen. Fjern en først.</BodyShort>}
      </div>
      <More
        shown={`${placesInWords(Math.min(shown, matches.items.length))} av ${inNumbers(matches.total)}`}
        hasMore={shown < matches.items.length}
        loading={false}
        onMore={() => setShown(shown + STEP)}
      />
    </>
  )
}
