import '@navikt/ds-css/dist/component/table.css'
import { BodyLong, BodyShort, Button, Heading, Table, Tag } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { type Quota, quotasAddress, quotasQuery } from '../../api/quotas.ts'
import { sessionQuery } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { counted, inNumbers } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { DistrictSelect } from '../../ui/ReferenceSelects.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { useToday } from '../../ui/useToday.ts'
import { QuotaForm } from './QuotaForm.tsx'
import { duringInWords, exemptInWords, quotasInWords, STANDING_WORDS, setsFor, standingOf } from './quotaWords.ts'
import { readQuotaSearch } from './search.ts'

type Own = ReturnType<typeof setsFor>

/** Kvoter fra andre bydeler: how many households of others each bydel takes, kept by its manager. Nobody is in it. */
export function QuotasPage() {
  const { bydel } = useSearch({ from: signedInRoute(paths.quotas) })
  const navigate = useNavigate()
  const { districts } = useReference()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const own = setsFor(session.person, districts)
  const [adding, setAdding] = useState(false)
  return (
    <Page title="Kvoter fra andre bydeler">
      <BodyLong className="readable">
        En kvote sier hvor mange husstander fra andre bydeler som kan flytte inn hos en bydel i en periode. Den gjelder
        botilbud i bydelen som bydelen selv eller Boligbygg driver. En kjøring foreslår ikke flere enn det er igjen av
        kvoten. En bydel som ikke har noen kvote, har ingen grense.
      </BodyLong>
      <search aria-label="Filtre">
        <DistrictSelect
          className="narrow"
          value={bydel ?? ''}
          onChange={(code) =>
            void navigate({ to: paths.quotas, search: readQuotaSearch({ bydel: code }), replace: true })
          }
        />
      </search>
      <Suspense fallback={<Loading what="kvotene" />}>
        <Quotas district={bydel} own={own} />
      </Suspense>
      {own.length > 0 && !adding && (
        <div>
          <Button type="button" variant="secondary" onClick={() => setAdding(true)}>
            Legg til en kvote
          </Button>
        </div>
      )}
      {adding && (
        <section className="stack" aria-labelledby="ny-kvote">
          <Heading id="ny-kvote" level="2" size="small">
            Ny kvote{own.length === 1 && ` for ${own[0]?.name}`}
          </Heading>
          <QuotaForm own={own} quota={null} onDone={() => setAdding(false)} />
        </section>
      )}
    </Page>
  )
}

function Quotas({ district, own }: { district: string | undefined; own: Own }) {
  const query = useSuspenseInfiniteQuery(quotasQuery(district))
  const quotas = query.data.pages.flatMap(({ items }) => items)
  const today = useToday()
  const [changing, setChanging] = useState<string | null>(null)
  const changed = quotas.find(({ id }) => id === changing)
  if (quotas.length === 0)
    return (
      <BodyShort>{district === undefined ? 'Ingen bydel har satt' : 'Bydelen har ikke satt'} noen kvote.</BodyShort>
    )
  const maySet = (code: string) => own.some((one) => one.code === code)
  return (
    <>
      <BodyShort>{quotasInWords(quotas, today)}</BodyShort>
      <ScrollRegion label="Kvotene, tabell">
        <Table size="small" className="wide-table">
          <caption className="aksel-sr-only">
            Kvoter for husstander fra andre bydeler, etter bydelen som tar imot
          </caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Bydel som tar imot</Table.HeaderCell>
              <Table.HeaderCell scope="col">Dager</Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Husstander
              </Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Brukt
              </Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Igjen
              </Table.HeaderCell>
              <Table.HeaderCell scope="col">Teller ikke med</Table.HeaderCell>
              <Table.HeaderCell scope="col">Merknad</Table.HeaderCell>
              {own.length > 0 && <Table.HeaderCell scope="col">Endre</Table.HeaderCell>}
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {quotas.map((quota) => (
              <Row key={quota.id} quota={quota} today={today}>
                {own.length > 0 && (
                  <Table.DataCell>
                    {maySet(quota.district) && (
                      <Button
                        type="button"
                        size="xsmall"
                        variant="tertiary"
                        aria-label={`Endre kvoten for ${quota.districtName}, ${duringInWords(quota.during)}`}
                        onClick={() => setChanging(quota.id)}
                      >
                        Endre
                      </Button>
                    )}
                  </Table.DataCell>
                )}
              </Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
      <BodyShort size="small" className="readable">
        Brukt er husstander fra andre bydeler som har flyttet inn i perioden, og de som har sagt ja og skal flytte inn.
      </BodyShort>
      <More
        shown={counted(quotas.length, 'kvote', 'kvoter')}
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
      />
      <Downloads address={quotasAddress(district)} what="kvotene" />
      {changed !== undefined && (
        <section className="stack" aria-labelledby="endre-kvote">
          <Heading id="endre-kvote" level="2" size="small">
            Endre kvoten for {changed.districtName}, {duringInWords(changed.during)}
          </Heading>
          <QuotaForm key={changed.id} own={own} quota={changed} onDone={() => setChanging(null)} />
        </section>
      )}
    </>
  )
}

function Row({ quota, today, children }: { quota: Quota; today: string; children: React.ReactNode }) {
  const standing = standingOf(quota.during, today)
  const exempt = exemptInWords(quota)
  return (
    <Table.Row>
      <Table.HeaderCell scope="row">{quota.districtName}</Table.HeaderCell>
      <Table.DataCell>
        <BodyShort size="small" spacing>
          {duringInWords(quota.during)}
        </BodyShort>
        <Tag size="xsmall" variant={standing === 'now' ? 'info' : 'neutral'}>
          {STANDING_WORDS[standing]}
        </Tag>
      </Table.DataCell>
      <Table.DataCell align="right">{inNumbers(quota.households)}</Table.DataCell>
      <Table.DataCell align="right">{inNumbers(quota.used)}</Table.DataCell>
      <Table.DataCell align="right">{inNumbers(quota.left)}</Table.DataCell>
      <Table.DataCell>
        {exempt.length === 0 ? 'Alle teller' : exempt.map((sentence) => <div key={sentence}>{sentence}</div>)}
      </Table.DataCell>
      <Table.DataCell>{quota.note}</Table.DataCell>
      {children}
    </Table.Row>
  )
}
