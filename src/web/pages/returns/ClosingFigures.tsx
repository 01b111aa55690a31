import { BodyLong, BodyShort, Heading, Table } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ClosingAccount, closingAccountQuery, closingsByDistrictQuery } from '../../api/closings.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { Sentences } from '../../ui/Sentences.tsx'

type Row = ClosingAccount['total']

const signed = (value: number | null) =>
  value === null ? 'Ukjent' : value > 0 ? `+${value}` : value < 0 ? `−${-value}` : '0'
const known = (value: number | null) => (value === null ? 'Ukjent' : String(value))

const COLUMNS: readonly { name: string; value: (row: Row) => string }[] = [
  { name: 'Planen 2021', value: (row) => known(row.planned2021) },
  { name: 'Planen 2030', value: (row) => known(row.planned2030) },
  { name: 'Planen, endring', value: (row) => signed(row.plannedChange) },
  { name: 'Åpne 2021', value: (row) => String(row.openAtStart) },
  { name: 'Lagt ned', value: (row) => String(row.closed) },
  { name: 'Åpnet', value: (row) => String(row.opened) },
  { name: 'Åpne i dag', value: (row) => String(row.openToday) },
  { name: 'Skal legges ned', value: (row) => String(row.closing) },
  { name: 'Skal åpne', value: (row) => String(row.opening) },
  { name: 'Åpne på dagen', value: (row) => String(row.openOnTheDay) },
  { name: 'Endring', value: (row) => signed(row.change) },
  { name: 'Ikke gjort rede for', value: (row) => signed(row.unaccounted) },
]

/** VEL's places form by form: what the plan has, what named places tell of, and what is not accounted for. */
export function Account() {
  const { data } = useSuspenseQuery(closingAccountQuery)
  return (
    <section className="stack" aria-labelledby="regnskap">
      <Heading id="regnskap" level="2" size="medium">
        Regnskapet fra 2021 til {dayInWords(data.until)}
      </Heading>
      <BodyLong className="readable">{accountInWords(data.total)}</BodyLong>
      <ScrollRegion label="VELs plasser etter boligform, tabell">
        <Table size="small" className="wide-table">
          <caption className="aksel-sr-only">VELs plasser etter boligform, i planen og i registeret</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Boligform</Table.HeaderCell>
              {COLUMNS.map(({ name }) => (
                <Table.HeaderCell key={name} scope="col" align="right">
                  {name}
                </Table.HeaderCell>
              ))}
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {[...data.items, { ...data.total, formName: 'Alle' }].map((row) => (
              <Table.Row key={row.formName}>
                <Table.HeaderCell scope="row">{row.formName}</Table.HeaderCell>
                {COLUMNS.map(({ name, value }) => (
                  <Table.DataCell key={name} align="right">
                    {value(row)}
                  </Table.DataCell>
                ))}
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
      <Sentences small sentences={[...data.notes, `Kilde: ${data.source}`]} />
      <Downloads address="/api/v1/capacity-changes/account" what="regnskapet" jsonStat />
    </section>
  )
}

function accountInWords(total: Row): string {
  const plan =
    total.plannedChange === null
      ? 'Hvor mange plasser planen har, er ikke kjent for alle boligformer.'
      : `Planen går fra ${known(total.planned2021)} plasser til ${known(total.planned2030)}: ${signed(total.plannedChange)}.`
  const left =
    total.unaccounted === null
      ? ''
      : total.unaccounted === 0
        ? ' Alle er gjort rede for med navngitte plasser.'
        : ` ${signed(total.unaccounted)} er ikke gjort rede for med navngitte plasser.`
  return `${plan} I registeret er ${total.closed} lagt ned og ${total.opened} åpnet siden 2021. ${total.closing} skal legges ned, og ${total.opening} skal åpne.${certaintyInWords(total)}${left} På plassene som skal legges ned, bor ${total.people} i dag. For ${total.red} av dem legges plassen ned før boligen er klar, og for ${total.accounted} er bolig og oppfølging på plass.`
}

/** How much of what is to come is not certain; nothing where all of it is planned or decided. */
function certaintyInWords({ closingPossible, closingUnsaid, openingPossible, openingUnsaid }: Row): string {
  const both = (closings: number, openings: number) =>
    `${closings} ${closings === 1 ? 'nedleggelse' : 'nedleggelser'} og ${openings} ${openings === 1 ? 'åpning' : 'åpninger'}`
  const first = closingPossible + openingPossible === 0 ? '' : ` Bare mulig: ${both(closingPossible, openingPossible)}.`
  const second =
    closingUnsaid + openingUnsaid === 0
      ? ''
      : ` Ingen har sagt hvor sikkert det er: ${both(closingUnsaid, openingUnsaid)}.`
  return `${first}${second}`
}

const PEOPLE = [
  { id: 'people', name: 'Bor der' },
  { id: 'committed', name: 'Med forpliktelse' },
  { id: 'red', name: 'For sent' },
  { id: 'noPlan', name: 'Uten plan' },
  { id: 'undecided', name: 'Ikke avgjort' },
  { id: 'staysWithoutPlace', name: 'Skal bli, uten ny plass' },
  { id: 'noCommitment', name: 'Uten forpliktelse' },
  { id: 'noHome', name: 'Uten bolig' },
  { id: 'noSupport', name: 'Uten oppfølging' },
  { id: 'accounted', name: 'Gjort rede for' },
] as const

/** Those who live on places that close, by the bydel that is to have a home ready for them. */
export function ByDistrict({ own }: { own: string | undefined }) {
  const { data } = useSuspenseQuery(closingsByDistrictQuery)
  const rows = [...data.items.filter(({ people }) => people > 0), { ...data.total, district: '', districtName: 'Oslo' }]
  return (
    <section className="stack" aria-labelledby="bydelene">
      <Heading id="bydelene" level="2" size="medium">
        Hvem bydelene skal ha bolig til
      </Heading>
      <ScrollRegion label="Personer på plasser som legges ned, tabell">
        <Table size="small" className="wide-table">
          <caption className="aksel-sr-only">Personer på plasser som legges ned, etter bydel</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Bydel</Table.HeaderCell>
              <Table.HeaderCell scope="col">Første plass legges ned</Table.HeaderCell>
              {PEOPLE.map(({ id, name }) => (
                <Table.HeaderCell key={id} scope="col" align="right">
                  {name}
                </Table.HeaderCell>
              ))}
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {rows.map((row) => (
              <Table.Row key={row.districtName} selected={row.district === own && own !== undefined}>
                <Table.HeaderCell scope="row">{row.districtName}</Table.HeaderCell>
                <Table.DataCell>{row.firstClosesOn === null ? '–' : dayInWords(row.firstClosesOn)}</Table.DataCell>
                {PEOPLE.map(({ id }) => (
                  <Table.DataCell key={id} align="right">
                    {row[id]}
                  </Table.DataCell>
                ))}
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
      <BodyShort size="small">Bydeler der ingen bor på en plass som legges ned, står ikke i tabellen.</BodyShort>
      <Downloads address="/api/v1/capacity-changes/districts" what="tallene for bydelene" jsonStat />
    </section>
  )
}
