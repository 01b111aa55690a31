import '@navikt/ds-css/dist/component/table.css'
import './distribution.css'
import { BodyLong, BodyShort, Heading, Table } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { type Distribution, type DistributionRow, distributionQuery } from '../../api/distribution.ts'
import { policiesQuery } from '../../api/reference.ts'
import type { PlaceForm } from '../../api/types.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { DistributionFilters } from './DistributionFilters.tsx'
import { distributionInWords, overInWords, shareInWords } from './distributionWords.ts'
import { askedWeights } from './search.ts'

/** Fordeling: each district's share of the homes beside its share of the need, with the weights in sight. */
export function DistributionPage() {
  const search = useSearch({ from: signedInRoute(paths.distribution) })
  const { forms } = useReference()
  const { data: policies } = useSuspenseQuery(policiesQuery)
  const form = forms.find(({ id, isPlace }) => isPlace && id === search.boligform)?.id as PlaceForm | undefined
  const basis = search.grunnlag === 'register' ? 'registered' : 'published'
  const weights = askedWeights(search.vekter, seriesOf(policies))
  const { data } = useSuspenseQuery(
    distributionQuery({ basis, form: basis === 'registered' ? form : undefined, weights }),
  )
  return (
    <Page title="Fordeling">
      <BodyLong className="readable">
        Hvor stor del av boligene hver bydel har, ved siden av hvor stor del av behovet den har. Behovet er antall
        voksne ganger en indeks av publiserte tall. {data.policy.notice}
      </BodyLong>
      <DistributionFilters key={data.indicators.map(({ weight }) => weight).join('-')} search={search} data={data} />
      <BodyLong className="readable">{distributionInWords(data)}</BodyLong>
      <Shares data={data} />
      <Districts data={data} />
      <Downloads
        address={addressOf(basis, basis === 'registered' ? form : undefined, weights)}
        what="fordelingen"
        hint="En rad for hver bydel, med vektene du har valgt."
        jsonStat
      />
      <Claim claim={data.claim} />
      <section className="stack" aria-labelledby="forbehold">
        <Heading id="forbehold" level="2" size="medium">
          Hva tallene ikke sier
        </Heading>
        <ul className="spaced-list readable">
          {data.cautions.map((caution) => (
            <BodyLong key={caution} as="li">
              {caution}
            </BodyLong>
          ))}
          {data.indicators.flatMap(({ series, title, leftOut }) =>
            leftOut === null
              ? []
              : [
                  <BodyLong key={series} as="li">
                    {title}: {leftOut}
                  </BodyLong>,
                ],
          )}
        </ul>
        <BodyShort size="small" textColor="subtle">
          Boliger: {data.capacityTitle}. Kilde: {data.capacitySource}. Behov: {data.policy.source}.
        </BodyShort>
      </section>
    </Page>
  )
}

function addressOf(basis: string, form: string | undefined, weights: string | undefined): string {
  const query = new URLSearchParams({ basis })
  if (form !== undefined) query.set('form', form)
  if (weights !== undefined) query.set('weights', weights)
  return `/api/v1/distribution?${query}`
}

/** The indicators in the order of the policy, which is the order of the weights in the address. */
function seriesOf(policies: readonly { id: string; parameters: unknown }[]): string[] {
  const found = policies.find(({ id }) => id === 'distribution')?.parameters
  const indicators = (found as { indicators?: { series: string }[] } | undefined)?.indicators
  return (indicators ?? []).map(({ series }) => series)
}

/** Two bars a district on one scale; what they show stands in the table below. */
function Shares({ data }: { data: Distribution }) {
  const compared = data.items.filter(({ needShare }) => needShare !== null)
  const largest = Math.max(
    0.01,
    ...compared.flatMap(({ needShare, capacityShare }) => [needShare ?? 0, capacityShare ?? 0]),
  )
  const width = (share: number | null) => `${((share ?? 0) / largest) * 100}%`
  if (compared.length === 0) return null
  return (
    <figure className="shares" aria-label="Andel av behovet og andel av boligene">
      <ul className="shares__districts">
        {compared.map(({ district, districtName, needShare, capacityShare, over }) => (
          <li key={district}>
            <BodyShort weight="semibold">{districtName}</BodyShort>
            <BodyShort size="small">
              {shareInWords(needShare)} av behovet, {shareInWords(capacityShare)} av boligene: {overInWords(over)}
            </BodyShort>
            <svg className="shares__bars" width="100%" height="22" aria-hidden="true" focusable="false">
              <rect y="0" width={width(needShare)} height="10" className="shares__need" />
              <rect y="11" width={width(capacityShare)} height="10" className="shares__homes" />
            </svg>
          </li>
        ))}
      </ul>
      <figcaption>
        <BodyShort size="small">
          Øverst i hver bydel er andelen av behovet, med omriss. Under er andelen av boligene, fylt. Alle har samme
          skala.
        </BodyShort>
      </figcaption>
    </figure>
  )
}

const COLUMNS: readonly { name: string; of: (row: DistributionRow) => string }[] = [
  { name: 'Voksne', of: ({ adults }) => number(adults) },
  { name: 'Boliger', of: ({ capacity }) => number(capacity) },
  { name: 'Per 1 000 voksne', of: ({ perThousand }) => number(perThousand) },
  { name: 'Indeks', of: ({ index }) => number(index) },
  { name: 'Andel av behovet', of: ({ needShare }) => shareInWords(needShare) },
  { name: 'Andel av boligene', of: ({ capacityShare }) => shareInWords(capacityShare) },
  { name: 'Boliger etter behov', of: ({ expected }) => number(expected) },
  { name: 'Flere eller færre', of: ({ over }) => overInWords(over) },
]

const number = (value: number | null) => (value === null ? '–' : inNumbers(value))

function Districts({ data }: { data: Distribution }) {
  const { adults, capacity, perThousand } = data.city
  return (
    <ScrollRegion label="Fordeling, tabell">
      <Table size="small" className="wide-table">
        <caption className="aksel-sr-only">Boliger og behov i bydelene</caption>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">Bydel</Table.HeaderCell>
            {COLUMNS.map(({ name }) => (
              <Table.HeaderCell key={name} scope="col" align="right">
                {name}
              </Table.HeaderCell>
            ))}
            <Table.HeaderCell scope="col">Merknad</Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {data.items.map((row) => (
            <Table.Row key={row.district}>
              <Table.HeaderCell scope="row">{row.districtName}</Table.HeaderCell>
              {COLUMNS.map(({ name, of }) => (
                <Table.DataCell key={name} align="right">
                  {of(row)}
                </Table.DataCell>
              ))}
              <Table.DataCell>{row.without ?? basisInWords(row)}</Table.DataCell>
            </Table.Row>
          ))}
          <Table.Row>
            <Table.HeaderCell scope="row">Hele byen</Table.HeaderCell>
            <Table.DataCell align="right">{number(adults)}</Table.DataCell>
            <Table.DataCell align="right">{number(capacity)}</Table.DataCell>
            <Table.DataCell align="right">{number(perThousand)}</Table.DataCell>
            <Table.DataCell align="right">1</Table.DataCell>
            <Table.DataCell colSpan={COLUMNS.length - 4} />
            <Table.DataCell>Også Sentrum, Marka og uoppgitt.</Table.DataCell>
          </Table.Row>
        </Table.Body>
      </Table>
    </ScrollRegion>
  )
}

function basisInWords({ weightCovered }: DistributionRow): string {
  return weightCovered === 1 ? '' : `Hviler på ${shareInWords(weightCovered)} av vekten.`
}

function Claim({ claim }: Pick<Distribution, 'claim'>) {
  if (claim === null) return null
  return (
    <section className="stack panel readable" aria-labelledby="groruddalen">
      <Heading id="groruddalen" level="2" size="medium">
        Hva notatet sier om {claim.area}, og hva tallene sier
      </Heading>
      <BodyLong>
        {claim.says} (Kilde: {claim.source})
      </BodyLong>
      <BodyLong>{claim.reading}</BodyLong>
    </section>
  )
}
