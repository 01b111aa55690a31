import { BodyLong, BodyShort, Button, Heading, Table, TextField } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, Suspense, useState } from 'react'
import { splitQuery } from '../../api/expansion.ts'
import { paths } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'

const USUAL = 100
const MOST = 10_000

/** A given number of new places shared out by need: another way to think than the plan, which only looks at shortfall. */
export function Split({ places = USUAL }: { places: number | undefined }) {
  const [typed, setTyped] = useState(String(Math.max(1, places)))
  const [asked, setAsked] = useState(Math.max(1, places))
  const [wrong, setWrong] = useState(false)
  function show(event: FormEvent) {
    event.preventDefault()
    const value = Number(typed.replaceAll(/\s/g, ''))
    const right = Number.isInteger(value) && value >= 1 && value <= MOST
    setWrong(!right)
    if (right) setAsked(value)
  }
  return (
    <section className="stack" aria-labelledby="fordeling">
      <Heading id="fordeling" level="2" size="medium">
        Et antall nye plasser delt etter behov
      </Heading>
      <BodyLong className="readable">
        Dette er en annen måte å dele på. Den ser ikke på køen, men på hvor stor del av byens behov hver bydel har, målt
        med publiserte tall. <RouteLink to={paths.distribution}>Se tallene og vektene</RouteLink>
      </BodyLong>
      <form className="stack no-print" onSubmit={show}>
        <TextField
          size="small"
          label="Antall nye plasser"
          inputMode="numeric"
          htmlSize={6}
          value={typed}
          error={wrong ? `Skriv et helt tall fra 1 til ${inNumbers(MOST)}.` : undefined}
          onChange={({ target }) => setTyped(target.value)}
        />
        <div>
          <Button type="submit" size="small" variant="secondary">
            Del plassene
          </Button>
        </div>
      </form>
      <Suspense fallback={<Loading what="fordelingen" />}>
        <Shares places={asked} />
      </Suspense>
    </section>
  )
}

function Shares({ places }: { places: number }) {
  const { data } = useSuspenseQuery(splitQuery(places))
  const without = data.items.filter((item) => item.without !== null)
  return (
    <>
      <BodyShort role="status" className="readable">
        {data.shared === 0
          ? 'Ingen bydel har tall som kan leses, så plassene kan ikke deles etter behov.'
          : `${inNumbers(data.shared)} plasser er delt på ${data.items.length - without.length} bydeler. Summen stemmer.`}
        {data.shared > 0 && without.length > 0 && ' At de andre ikke er med, betyr ikke at de ikke trenger plasser.'}
      </BodyShort>
      <ScrollRegion label="Plasser delt etter behov, tabell">
        <Table size="small" className="expansion-table">
          <caption className="aksel-sr-only">Nye plasser delt etter behov</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Bydel</Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Indeks
              </Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Andel av behovet
              </Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Nye plasser
              </Table.HeaderCell>
              <Table.HeaderCell scope="col">Merknad</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {data.items.map(({ district, districtName, index, needShare, places: given, without: why }) => (
              <Table.Row key={district}>
                <Table.HeaderCell scope="row">{districtName}</Table.HeaderCell>
                <Table.DataCell align="right">{index === null ? 'Ingen' : inNumbers(index)}</Table.DataCell>
                <Table.DataCell align="right">
                  {needShare === null ? '–' : `${inNumbers(Math.round(needShare * 1000) / 10)} %`}
                </Table.DataCell>
                <Table.DataCell align="right">{given === null ? '–' : inNumbers(given)}</Table.DataCell>
                <Table.DataCell>{why ?? ''}</Table.DataCell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
      <BodyShort size="small" className="readable">
        {data.notice}
      </BodyShort>
      <Downloads address={`/api/v1/distribution/split?places=${places}`} what="fordelingen" jsonStat />
    </>
  )
}
