import '@navikt/ds-css/dist/component/table.css'
import { BodyLong, BodyShort, Heading, Table } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { comparisonsQuery, type Scenario, scenariosQuery } from '../../api/scenarios.ts'
import { useMay } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { dayInWords, dayOf } from '../../ui/days.ts'
import { Empty } from '../../ui/Empty.tsx'
import { jobInWords } from '../../ui/jobWords.ts'
import { Loading } from '../../ui/Loading.tsx'
import { More } from '../../ui/More.tsx'
import { counted } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { ButtonLink, RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { CompareForm } from './CompareForm.tsx'
import { comparisonName } from './comparisonWords.ts'

/** Scenarioer: what could be done beside the plan, and what has been compared. */
export function ScenariosPage() {
  const may = useMay()
  const query = useSuspenseInfiniteQuery(scenariosQuery)
  const scenarios = query.data.pages.flatMap(({ items }) => items)
  const mayWrite = may('write_scenarios')
  return (
    <Page title="Scenarioer" before={<RouteLink to={paths.plan2030}>Plan mot 2030</RouteLink>}>
      <BodyLong className="readable">
        Et scenario er det som skjer hvis noe gjøres ut over det som er planlagt: plasser åpnes eller legges ned,
        behovet vokser mer eller mindre, team får mer kapasitet, eller bydelene tegnes om. Et scenario bestemmer
        ingenting.
      </BodyLong>
      {mayWrite && (
        <div>
          <ButtonLink to={paths.newScenario}>Lag et scenario</ButtonLink>
        </div>
      )}
      {scenarios.length === 0 ? (
        <Empty
          what="Ingen scenarioer ennå"
          why={mayWrite ? 'Lag et for å se hva det gjør.' : 'Planleggere i Velferdsetaten lager dem.'}
        />
      ) : (
        <>
          <ScenarioTable scenarios={scenarios} />
          <More
            shown={scenarios.length === 1 ? '1 scenario' : `${scenarios.length} scenarioer, de nyeste først`}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
        </>
      )}
      {scenarios.length > 0 && may('start_forecasts') && (
        <section className="stack" aria-labelledby="sammenlign">
          <Heading id="sammenlign" level="2" size="medium">
            Sammenlign
          </Heading>
          <CompareForm scenarios={scenarios} />
        </section>
      )}
      <section className="stack" aria-labelledby="sammenligningene">
        <Heading id="sammenligningene" level="2" size="medium">
          Sammenligninger
        </Heading>
        <Suspense fallback={<Loading what="sammenligningene" />}>
          <Comparisons />
        </Suspense>
      </section>
    </Page>
  )
}

function ScenarioTable({ scenarios }: { scenarios: readonly Scenario[] }) {
  return (
    <ScrollRegion label="Scenarioer, tabell">
      <Table size="small">
        <caption className="aksel-sr-only">Scenarioer, de nyeste først</caption>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">Scenario</Table.HeaderCell>
            <Table.HeaderCell scope="col">Hva det endrer</Table.HeaderCell>
            <Table.HeaderCell scope="col">Versjon</Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {scenarios.map(({ id, name, version, writtenAt, changes, assumptions }) => (
            <Table.Row key={id}>
              <Table.HeaderCell scope="row">
                <RouteLink to={paths.scenario} params={{ id }}>
                  {name}
                </RouteLink>
              </Table.HeaderCell>
              <Table.DataCell>
                {assumptions.slice(0, Math.max(1, changes.length)).map((sentence) => (
                  <BodyShort key={sentence} size="small">
                    {sentence}
                  </BodyShort>
                ))}
              </Table.DataCell>
              <Table.DataCell>
                {version}, {dayInWords(dayOf(writtenAt))}
              </Table.DataCell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </ScrollRegion>
  )
}

/** What has been compared, the newest first: its address is the way to come back to it and to share it. */
function Comparisons() {
  const query = useSuspenseInfiniteQuery(comparisonsQuery)
  const comparisons = query.data.pages.flatMap(({ items }) => items)
  if (comparisons.length === 0) return <BodyShort>Ingenting er sammenlignet ennå.</BodyShort>
  return (
    <>
      <ul className="spaced-list">
        {comparisons.map((comparison) => (
          <li key={comparison.id}>
            <RouteLink to={paths.comparison} params={{ id: comparison.id }}>
              {comparisonName(comparison)}
            </RouteLink>
            <BodyShort size="small">
              {jobInWords(comparison)}. Byen slik den var {dayInWords(comparison.asOf)}, til{' '}
              {dayInWords(comparison.until)}.
            </BodyShort>
          </li>
        ))}
      </ul>
      <More
        shown={counted(comparisons.length, 'sammenligning', 'sammenligninger')}
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
      />
    </>
  )
}
