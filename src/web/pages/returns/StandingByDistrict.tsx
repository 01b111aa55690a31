import { BodyLong, BodyShort, Table } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReturnStandingTable, returnStandingQuery } from '../../api/returns.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { STANDING_NAMES } from './returnWords.ts'

type Counts = ReturnStandingTable['total']

/** How far the own bydel is, in words, and every bydel beside it as numbers. */
export function StandingByDistrict({ own }: { own: string | undefined }) {
  const { data } = useSuspenseQuery(returnStandingQuery)
  const mine = data.items.find(({ district }) => district === own)
  return (
    <>
      <BodyLong className="readable">
        {standingInWords(mine ?? data.total, data.settledBy, mine?.districtName)}
      </BodyLong>
      <BodyShort className="readable">{data.notice}</BodyShort>
      <details>
        <summary>Alle bydeler</summary>
        <ScrollRegion label="Tilbakeføring etter bydel, tabell">
          <Table size="small" className="wide-table">
            <caption className="aksel-sr-only">Personer etter hvor de står, i hver bydel</caption>
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell scope="col">Bydel</Table.HeaderCell>
                <Table.HeaderCell scope="col" align="right">
                  Bor på institusjon
                </Table.HeaderCell>
                <Table.HeaderCell scope="col" align="right">
                  Gjenstår
                </Table.HeaderCell>
                {STANDINGS.map((id) => (
                  <Table.HeaderCell key={id} scope="col" align="right">
                    {STANDING_NAMES[id]}
                  </Table.HeaderCell>
                ))}
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {data.items.map((row) => (
                <Row key={row.district} name={row.districtName} counts={row} />
              ))}
              <Row name="Oslo" counts={data.total} />
            </Table.Body>
          </Table>
        </ScrollRegion>
        <Downloads address="/api/v1/return-plans/standing" what="tallene for bydelene" jsonStat />
      </details>
    </>
  )
}

const STANDINGS = [
  'on_track',
  'late',
  'without_plan',
  'undecided',
  'rightly_stays',
  'moved_unwritten',
  'moved_home',
  'moved_elsewhere',
  'moved_back',
] as const

function Row({ name, counts }: { name: string; counts: Counts }) {
  return (
    <Table.Row>
      <Table.HeaderCell scope="row">{name}</Table.HeaderCell>
      <Table.DataCell align="right">{counts.livingInVel}</Table.DataCell>
      <Table.DataCell align="right">{counts.left}</Table.DataCell>
      {STANDINGS.map((id) => (
        <Table.DataCell key={id} align="right">
          {counts[id]}
        </Table.DataCell>
      ))}
    </Table.Row>
  )
}

function standingInWords(counts: Counts, settledBy: string, district: string | undefined): string {
  const where = district === undefined ? 'Fra Oslo' : `Fra Bydel ${district}`
  return `${where} bor ${counts.livingInVel} på Velferdsetatens institusjoner. For ${counts.left} er det riktig å flytte hjem før ${dayInWords(settledBy)}: ${counts.on_track} i rute, ${counts.late} forsinket. ${counts.without_plan} har ingen plan, for ${counts.undecided} er det ikke avgjort, og ${counts.rightly_stays} skal bli der de bor. ${counts.moved_home} har flyttet hjem, og ${counts.moved_back} har flyttet tilbake.${counts.moved_unwritten === 0 ? '' : ` ${counts.moved_unwritten} har flyttet, men det er ikke skrevet ned i planen.`}`
}
