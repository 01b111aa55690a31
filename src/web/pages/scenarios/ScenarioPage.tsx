import { BodyLong, BodyShort, Button, Heading, HStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQueries } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Versioned } from '../../api/client.ts'
import { archiveScenario, type Scenario, scenarioQuery, scenarioVersionsQuery } from '../../api/scenarios.ts'
import { useMay } from '../../api/session.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayInWords, dayOf } from '../../ui/days.ts'
import { OpenOnPaper } from '../../ui/OpenOnPaper.tsx'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Sentences } from '../../ui/Sentences.tsx'
import { CompareWithPlan } from './CompareForm.tsx'
import { ScenarioForm } from './ScenarioForm.tsx'

/** One scenario: what it changes and takes for granted, its versions, and for planners the way to change and compare it. */
export function ScenarioPage() {
  const { id } = useParams({ from: signedInRoute(paths.scenario) })
  const may = useMay()
  const [{ data: scenario }, { data: versions }] = useSuspenseQueries({
    queries: [scenarioQuery(id), scenarioVersionsQuery(id)],
  })
  const [changing, setChanging] = useState(false)
  const { name, note, version, writtenAt, assumptions, archivedAt } = scenario.value
  const mayWrite = may('write_scenarios') && archivedAt === null
  const earlier = versions.items.filter((one) => one.version !== version)
  return (
    <Page title={name} before={<RouteLink to={paths.scenarios}>Scenarioer</RouteLink>}>
      <BodyShort>
        Versjon {version}, skrevet {dayInWords(dayOf(writtenAt))}.
        {archivedAt !== null && ` Lagt bort ${dayInWords(dayOf(archivedAt))}.`}
      </BodyShort>
      {note !== null && <BodyLong className="readable">{note}</BodyLong>}
      {changing ? (
        <ScenarioForm
          key={version}
          scenario={scenario}
          onDone={() => setChanging(false)}
          onCancel={() => setChanging(false)}
        />
      ) : (
        <>
          <Assumptions title="Hva scenarioet endrer og forutsetter" assumptions={assumptions} />
          {mayWrite && (
            <HStack gap="space-16">
              <CompareWithPlan scenario={scenario.value} />
              <Button type="button" variant="secondary" onClick={() => setChanging(true)}>
                Skriv en ny versjon
              </Button>
              <PutAway scenario={scenario} />
            </HStack>
          )}
        </>
      )}
      {earlier.length > 0 && (
        <OpenOnPaper header={earlier.length === 1 ? 'Én tidligere versjon' : `${earlier.length} tidligere versjoner`}>
          {earlier.map((one) => (
            <section key={one.version} className="stack" aria-labelledby={`versjon-${one.version}`}>
              <Heading id={`versjon-${one.version}`} level="2" size="xsmall">
                Versjon {one.version}, skrevet {dayInWords(dayOf(one.writtenAt))}: {one.name}
              </Heading>
              <Sentences sentences={one.assumptions} />
            </section>
          ))}
        </OpenOnPaper>
      )}
    </Page>
  )
}

function Assumptions({ title, assumptions }: { title: string; assumptions: readonly string[] }) {
  return (
    <section className="stack" aria-labelledby="endringene">
      <Heading id="endringene" level="2" size="medium">
        {title}
      </Heading>
      <Sentences sentences={assumptions} />
    </section>
  )
}

function PutAway({ scenario }: { scenario: Versioned<Scenario> }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { submit, sending, problem, attempt } = useSending(async (_: 'away', key) => {
    await archiveScenario(scenario, key)
    await client.invalidateQueries({ queryKey: ['scenarios'] })
    await client.invalidateQueries({ queryKey: ['scenario', scenario.value.id] })
    await navigate({ to: paths.scenarios })
  })
  return (
    <>
      <Button type="button" variant="tertiary" loading={sending} onClick={() => void submit('away')}>
        Legg bort scenarioet
      </Button>
      <SendErrors problem={problem} attempt={attempt} />
    </>
  )
}
