import '@navikt/ds-css/dist/component/table.css'
import './schedule.css'
import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Suspense } from 'react'
import { isUnderWay } from '../../api/longJobs.ts'
import { cancelSchedule, type ReturnSchedule, scheduleQuery, schedulesQuery } from '../../api/schedules.ts'
import { sessionQuery, useMay } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { Empty } from '../../ui/Empty.tsx'
import { JobProgress } from '../../ui/JobProgress.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Page } from '../../ui/Page.tsx'
import { PrintButton } from '../../ui/PrintButton.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Sentences } from '../../ui/Sentences.tsx'
import { AskSchedule } from './AskSchedule.tsx'
import { ScheduledPeople } from './ScheduledPeople.tsx'
import { ScheduleFigures } from './ScheduleFigures.tsx'
import { certaintyInWords, stageInWords, summaryInWords } from './scheduleWords.ts'

/** Tidsplan: who could move home when, and what keeps the others; numbers of all bydeler, and one's own people. */
export function SchedulePage() {
  const { plan } = useSearch({ from: signedInRoute(paths.schedule) })
  const client = useQueryClient()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const may = useMay()
  const { data } = useSuspenseQuery(schedulesQuery)
  const newest = data.items.find(({ status }) => status === 'completed')
  const mayAsk = may('start_return_schedules')
  const people = session.person?.districts.length !== 0 && may('read_return_plans')
  return (
    <Page title="Hvem kan flytte når" before={<RouteLink to={paths.closings}>Avvikling mot åpning</RouteLink>}>
      <BodyLong className="readable">
        Tidsplanen setter sammen planene for å flytte hjem, boligene som er og kommer, og det teamene har plass til. Den
        viser når hver enkelt kan flytte, og hva som hindrer de andre.
      </BodyLong>
      {mayAsk && <AskSchedule />}
      {data.items.filter(isUnderWay).map((schedule) => (
        <JobProgress
          key={schedule.id}
          job={schedule}
          what="tidsplanen"
          inWords={stageInWords(schedule)}
          onCancel={async (key) => {
            await cancelSchedule(schedule.id, key)
            await client.invalidateQueries({ queryKey: schedulesQuery.queryKey })
          }}
        />
      ))}
      {plan !== undefined ? (
        <Suspense fallback={<Loading what="tidsplanen" />}>
          <Named id={plan} people={people} />
        </Suspense>
      ) : newest === undefined ? (
        <Empty
          what="Ingen tidsplan ennå"
          why={
            mayAsk
              ? 'Trykk på «Lag ny tidsplan».'
              : 'Planleggeren i Velferdsetaten lager tidsplaner. Når den første er ferdig, står den her.'
          }
        />
      ) : (
        <Made schedule={newest} people={people} />
      )}
      {data.items.length > 1 && (
        <details className="no-print">
          <summary>Tidligere tidsplaner</summary>
          <ul className="spaced-list">
            {data.items.map((schedule) => (
              <li key={schedule.id}>
                <RouteLink to={paths.schedule} search={{ plan: schedule.id }}>
                  {titleOf(schedule)}
                </RouteLink>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Page>
  )
}

/** The one that the address names. */
function Named({ id, people }: { id: string; people: boolean }) {
  const { data } = useSuspenseQuery(scheduleQuery(id))
  return <Made schedule={data} people={people} />
}

function titleOf({ asOf, until, summary, shareOfVacancies }: ReturnSchedule): string {
  const could = summary === null ? 'ikke ferdig' : `${summary.couldMove} av ${summary.people} kan flytte`
  return `Fra ${dayInWords(asOf)} til ${dayInWords(until)}, ${Math.round(shareOfVacancies * 100)} % av ledige boliger: ${could}`
}

function Made({ schedule, people }: { schedule: ReturnSchedule; people: boolean }) {
  const { summary, error } = schedule
  if (summary === null) return <BodyShort>{error ?? 'Tidsplanen er ikke ferdig.'}</BodyShort>
  return (
    <>
      <section className="stack" aria-labelledby="svaret">
        <Heading id="svaret" level="2" size="medium">
          Fra {dayInWords(schedule.asOf)} til {dayInWords(schedule.until)}
        </Heading>
        <BodyLong className="readable">{summaryInWords(summary)}</BodyLong>
        <BodyLong className="readable">{certaintyInWords(summary)}</BodyLong>
        <BodyShort className="readable">{schedule.notice}</BodyShort>
        <div>
          <PrintButton />
        </div>
      </section>
      {people && (
        <Suspense fallback={<Loading what="personene" />}>
          <ScheduledPeople schedule={schedule} />
        </Suspense>
      )}
      <Suspense fallback={<Loading what="tallene" />}>
        <ScheduleFigures schedule={schedule} />
      </Suspense>
      <section className="stack" aria-labelledby="forutsetninger">
        <Heading id="forutsetninger" level="2" size="medium">
          Hva tidsplanen bygger på
        </Heading>
        <Sentences
          small
          sentences={[
            ...(schedule.matchingPolicy === null ? [] : [schedule.matchingPolicy.sentence]),
            ...(schedule.assumptions ?? []),
          ]}
        />
      </section>
    </>
  )
}
