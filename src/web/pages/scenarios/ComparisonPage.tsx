import '@navikt/ds-css/dist/component/table.css'
import './scenarios.css'
import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { keepAnswer } from '../../api/queryClient.ts'
import {
  type Comparison,
  cancelComparison,
  comparedQuery,
  comparisonQuery,
  comparisonsQuery,
} from '../../api/scenarios.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Contents } from '../../ui/Contents.tsx'
import { dayInWords } from '../../ui/days.ts'
import { JobProgress } from '../../ui/JobProgress.tsx'
import { Fetched } from '../../ui/Later.tsx'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Sentences } from '../../ui/Sentences.tsx'
import { AssumptionsOfForms } from '../plan2030/ForecastAssumptions.tsx'
import { Compared } from './Compared.tsx'
import { ComparedDistricts } from './ComparedDistricts.tsx'
import { ComparisonFilters } from './ComparisonFilters.tsx'
import { comparisonName } from './comparisonWords.ts'
import { askedForm } from './search.ts'

const PARTS = [
  { id: 'side-om-side', title: 'Side om side' },
  { id: 'hvor', title: 'Hvor det virker' },
  { id: 'forutsetninger', title: 'Forutsetninger' },
]

/** Scenarios side by side: what each does beside the base, how sure that is, and everything it takes for granted. */
export function ComparisonPage() {
  const { id } = useParams({ from: signedInRoute(paths.comparison) })
  const search = useSearch({ from: signedInRoute(paths.comparison) })
  const client = useQueryClient()
  const { forms } = useReference()
  const { data: comparison } = useSuspenseQuery(comparisonQuery(id))
  const ask = { measure: search.maal ?? ('queue' as const), form: askedForm(search.boligform, forms) }
  const done = comparison.status === 'completed'
  const numbers = useQuery({ ...comparedQuery(id, ask), enabled: done })
  return (
    <Page
      title="Scenarioer side om side"
      before={<RouteLink to={paths.scenarios}>Scenarioer</RouteLink>}
      kicker={`Til ${dayInWords(comparison.until)}`}
    >
      <BodyLong className="readable" weight="semibold">
        {comparisonName(comparison)}
      </BodyLong>
      {comparison.writtenUnder !== null && <BodyLong className="readable">{comparison.writtenUnder}</BodyLong>}
      {!done && (
        <JobProgress
          job={comparison}
          what="sammenligningen"
          onCancel={async (key) => {
            await keepAnswer(client, comparisonQuery(id).queryKey, await cancelComparison(id, key))
            await client.invalidateQueries({ queryKey: comparisonsQuery.queryKey })
          }}
        />
      )}
      {done && (
        <>
          <Contents parts={PARTS} />
          <ComparisonFilters search={search} comparison={comparison} />
          <Fetched query={numbers} what="tallene">
            {(series) => (
              <>
                <Compared comparison={comparison} series={series} ask={ask} search={search} />
                <ComparedDistricts comparison={comparison} series={series} ask={ask} />
              </>
            )}
          </Fetched>
          <ComparisonAssumptions comparison={comparison} />
        </>
      )}
    </Page>
  )
}

/** What each member changes, and what all of them take for granted; all of it stands on paper too. */
function ComparisonAssumptions({ comparison }: { comparison: Comparison }) {
  const { members, notice, assumptions, asOf, runs, seed, cityVersion, matchingPolicy } = comparison
  return (
    <section className="stack" aria-labelledby="forutsetninger">
      <Heading id="forutsetninger" level="2" size="medium">
        Forutsetninger
      </Heading>
      <BodyShort className="readable">{notice}</BodyShort>
      {members.map(({ position, scenarioId, version, name, assumptions: own }) => (
        <div key={position} className="stack">
          <Heading level="3" size="small">
            {position === 0 ? 'Grunnlaget' : `Scenario ${position}`}:{' '}
            {scenarioId === null ? (
              name
            ) : (
              <RouteLink to={paths.scenario} params={{ id: scenarioId }}>
                {name}, versjon {version}
              </RouteLink>
            )}
          </Heading>
          <Sentences sentences={own} />
        </div>
      ))}
      <Heading level="3" size="small">
        Felles for alle
      </Heading>
      <Sentences
        sentences={[...(matchingPolicy === null ? [] : [matchingPolicy.sentence]), ...(assumptions?.notes ?? [])]}
      />
      {assumptions !== null && <AssumptionsOfForms forms={assumptions.forms} />}
      <BodyShort size="small" className="readable">
        Laget av byen slik den var {dayInWords(asOf)}
        {cityVersion !== null && `, versjon ${inNumbers(cityVersion)}`}. {inNumbers(runs)} kjøringer med startverdi{' '}
        {seed}: samme startverdi gir de samme tallene.
      </BodyShort>
    </section>
  )
}
