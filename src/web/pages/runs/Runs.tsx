import '@navikt/ds-css/dist/component/table.css'
import { BodyLong, BodyShort, Button, Table } from '@navikt/ds-react'
import { useQueryClient, useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { keepAnswer } from '../../api/queryClient.ts'
import { type MatchingRun, runQuery, runsQuery, startRun } from '../../api/runs.ts'
import { sessionQuery, useMay } from '../../api/session.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { Empty } from '../../ui/Empty.tsx'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { runTitle, statusInWords, timeOf } from './runWords.ts'

/** Runs that look for the best set of moves, and the way to start one. */
export function Runs() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const may = useMay()
  const query = useSuspenseInfiniteQuery(runsQuery)
  const runs = query.data.pages.flatMap(({ items }) => items)
  const city = session.person?.role === 'planner'

  return (
    <Page title="Kjøringer">
      <BodyLong className="readable">
        {city
          ? 'En kjøring ser på alle som venter, alle ledige plasser og alle som vil flytte, og finner det beste settet av flyttinger for byen. Den foreslår. Mennesker bestemmer.'
          : 'En forhåndsvisning viser hvem i bydelen din som kan flytte hvor, hvis bare bydelens egne var med. En kjøring for hele byen kan gi et annet svar. Den foreslår. Mennesker bestemmer.'}
      </BodyLong>
      {may('start_matching_runs') && <StartRun city={city} />}
      {runs.length === 0 ? (
        <Empty
          what="Ingen kjøringer ennå"
          why={
            city
              ? 'Ingen har startet en kjøring. Trykk på «Finn beste flyttinger for byen».'
              : 'Ingen har startet en kjøring du kan se. Trykk på «Prøv med bydelens egne» for å lage en forhåndsvisning.'
          }
        />
      ) : (
        <>
          <RunsTable runs={runs} />
          <More
            shown={runs.length === 1 ? '1 kjøring' : `${runs.length} kjøringer, de nyeste først`}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
          <Downloads address="/api/v1/matching-runs" what="kjøringene" />
        </>
      )}
    </Page>
  )
}

function StartRun({ city }: { city: boolean }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { submit, sending, problem, attempt } = useSending(async (_: 'start', key) => {
    const run = await startRun(key)
    await keepAnswer(client, runQuery(run.id).queryKey, run)
    await client.invalidateQueries({ queryKey: runsQuery.queryKey })
    await navigate({ to: paths.run, params: { id: run.id } })
  })
  return (
    <div className="stack">
      <Button type="button" loading={sending} onClick={() => void submit('start')}>
        {city ? 'Finn beste flyttinger for byen' : 'Prøv med bydelens egne'}
      </Button>
      {!city && (
        <BodyShort size="small" textColor="subtle">
          Dette er en forhåndsvisning. Ingen får tilbud av den.
        </BodyShort>
      )}
      <SendErrors problem={problem} attempt={attempt} />
    </div>
  )
}

function RunsTable({ runs }: { runs: MatchingRun[] }) {
  const { names } = useReference()
  return (
    <ScrollRegion label="Kjøringer">
      <Table size="small">
        <caption className="aksel-sr-only">Kjøringer, de nyeste først</caption>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">Kjøring</Table.HeaderCell>
            <Table.HeaderCell scope="col">Situasjonen</Table.HeaderCell>
            <Table.HeaderCell scope="col">Status</Table.HeaderCell>
            <Table.HeaderCell scope="col" align="right">
              Fikk forslag
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {runs.map((run) => {
            const time = timeOf(run.requestedAt)
            return (
              <Table.Row key={run.id}>
                <Table.HeaderCell scope="row">
                  <RouteLink to={paths.run} params={{ id: run.id }}>
                    {runTitle(run, names.district)}
                    <span className="aksel-sr-only">, klokken {time}</span>
                  </RouteLink>
                </Table.HeaderCell>
                <Table.DataCell>
                  {dayInWords(run.asOf)}, klokken {time}
                </Table.DataCell>
                <Table.DataCell>{statusInWords(run)}</Table.DataCell>
                <Table.DataCell align="right">
                  {run.summary === null ? '–' : `${inNumbers(run.summary.placed)} av ${inNumbers(run.summary.needs)}`}
                </Table.DataCell>
              </Table.Row>
            )
          })}
        </Table.Body>
      </Table>
    </ScrollRegion>
  )
}
