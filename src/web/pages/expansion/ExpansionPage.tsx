import '@navikt/ds-css/dist/component/table.css'
import './expansion.css'
import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Suspense } from 'react'
import { cancelExpansion, type ExpansionPlan, expansionPlansQuery } from '../../api/expansion.ts'
import { isUnderWay } from '../../api/longJobs.ts'
import { useMay } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { Empty } from '../../ui/Empty.tsx'
import { JobProgress } from '../../ui/JobProgress.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Page } from '../../ui/Page.tsx'
import { PrintButton } from '../../ui/PrintButton.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Sentences } from '../../ui/Sentences.tsx'
import { AskExpansion } from './AskExpansion.tsx'
import { answerInWords, askInWords, stageInWords, statusInWords } from './expansionWords.ts'
import { HangsOn } from './HangsOn.tsx'
import { Openings } from './Openings.tsx'
import { Split } from './Split.tsx'
import { Standing } from './Standing.tsx'

/** Utbygging: the smallest expansion that brings every bydel to a level by a day, its check, and what it hangs on. */
export function ExpansionPage() {
  const { plan } = useSearch({ from: signedInRoute(paths.expansion) })
  const client = useQueryClient()
  const may = useMay()
  const { data } = useSuspenseQuery(expansionPlansQuery)
  const shown = data.items.find(({ id, status }) => (plan === undefined ? status === 'completed' : id === plan))
  const mayAsk = may('start_forecasts')
  return (
    <Page title="Hva må bygges" before={<RouteLink to={paths.plan2030}>Plan mot 2030</RouteLink>}>
      <BodyLong className="readable">
        Her ser du hvor få nye plasser som holder, hvor de trengs og når. Svaret er regnet ut og deretter prøvd i
        framskrivingen. Det er et regnestykke, ikke et vedtak.
      </BodyLong>
      {mayAsk && (
        <Suspense fallback={<Loading what="skjemaet" />}>
          <AskExpansion />
        </Suspense>
      )}
      {data.items.filter(isUnderWay).map((one) => (
        <JobProgress
          key={one.id}
          job={one}
          what="utregningen"
          inWords={`${askInWords(one)}: ${stageInWords(one)}`}
          onCancel={async (key) => {
            await cancelExpansion(one.id, key)
            await client.invalidateQueries({ queryKey: expansionPlansQuery.queryKey })
          }}
        />
      ))}
      {shown === undefined ? (
        <Empty
          what={plan === undefined ? 'Ingen utregning ennå' : 'Utregningen finnes ikke blant de nyeste'}
          why={
            data.items.some(isUnderWay)
              ? 'En utregning er i gang. Svaret kommer her når den er ferdig.'
              : mayAsk
                ? 'Trykk på «Regn ut hva som må bygges».'
                : 'Planleggeren i Velferdsetaten lager utregningene. Når den første er ferdig, står den her.'
          }
        />
      ) : (
        <Made plan={shown} />
      )}
      {data.items.length > 1 && (
        <details className="no-print">
          <summary>Tidligere utregninger</summary>
          <ul className="spaced-list">
            {data.items.map((one) => (
              <li key={one.id}>
                <RouteLink to={paths.expansion} search={{ plan: one.id }}>
                  {askInWords(one)}
                </RouteLink>
                : {statusInWords(one)}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Suspense fallback={<Loading what="fordelingen" />}>
        <Split places={shown?.answer?.places} key={shown?.id} />
      </Suspense>
    </Page>
  )
}

function Made({ plan }: { plan: ExpansionPlan }) {
  const { answer, error } = plan
  if (answer === null) return <BodyShort>{error ?? 'Utregningen er ikke ferdig.'}</BodyShort>
  return (
    <>
      <section className="stack" aria-labelledby="svaret">
        <Heading id="svaret" level="2" size="medium">
          {askInWords(plan)}
        </Heading>
        <BodyLong className="readable" weight="semibold">
          {answerInWords(plan, answer)}
        </BodyLong>
        <BodyShort size="small" className="readable">
          Situasjonen slik den var {dayInWords(plan.asOf)}. {plan.notice}
        </BodyShort>
        <Downloads
          address={`/api/v1/expansion-plans/${plan.id}`}
          what="planen"
          hint="Med forutsetningene på et eget ark."
        />
        <div>
          <PrintButton />
        </div>
      </section>
      <Openings answer={answer} />
      <Standing plan={plan} answer={answer} />
      <HangsOn answer={answer} />
      <section className="stack" aria-labelledby="forutsetninger">
        <Heading id="forutsetninger" level="2" size="medium">
          Hva svaret bygger på
        </Heading>
        <Sentences
          small
          sentences={[
            ...(plan.matchingPolicy === null ? [] : [plan.matchingPolicy.sentence]),
            ...plan.assumptions,
            `Hver prøve har ${plan.runs} kjøringer, med frø ${plan.seed}. De samme tallene gir det samme svaret.`,
          ]}
        />
      </section>
    </>
  )
}
