import '@navikt/ds-css/dist/component/table.css'
import { BodyLong, HStack, Select } from '@navikt/ds-react'
import { useQuery, useSuspenseQueries, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense } from 'react'
import { forecastQuery, forecastsQuery, institutionsQuery } from '../../api/forecasts.ts'
import { returnStandingQuery } from '../../api/returns.ts'
import { sessionQuery } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Contents } from '../../ui/Contents.tsx'
import { Fetched } from '../../ui/Later.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'
import { PrintButton } from '../../ui/PrintButton.tsx'
import { BurnDown } from './BurnDown.tsx'
import { ClosingInShort } from './ClosingInShort.tsx'
import { Districts } from './Districts.tsx'
import { ExpansionInShort } from './ExpansionInShort.tsx'
import { ForecastAssumptions } from './ForecastAssumptions.tsx'
import { ScheduleInShort } from './ScheduleInShort.tsx'
import { newestOf, ShownForecast } from './ShownForecast.tsx'
import { readPlan2030Search, WHOLE_CITY } from './search.ts'
import { WhatCanBeDone } from './WhatCanBeDone.tsx'

const PARTS = [
  { id: 'nedtelling', title: 'Hvem som bor på institusjon' },
  { id: 'bydelene', title: 'Bydelene' },
  { id: 'avvikling', title: 'Avvikling mot åpning' },
  { id: 'tidsplan', title: 'Hvem kan flytte når' },
  { id: 'scenarioer', title: 'Hva som kan gjøres' },
  { id: 'utbygging', title: 'Hvor det hjelper mest å bygge' },
]
const ASSUMED = { id: 'forutsetninger', title: 'Forutsetninger' }

/** Plan mot 2030: how far the city and each bydel is, what comes, and what could be done about it. Nobody is in it. */
export function Plan2030Page() {
  const search = useSearch({ from: signedInRoute(paths.plan2030) })
  const navigate = useNavigate()
  const { districts, names } = useReference()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const [{ data: forecasts }, { data: standing }] = useSuspenseQueries({
    queries: [forecastsQuery, returnStandingQuery],
  })
  const chosen = search.bydel ?? session.person?.districts[0]?.code ?? WHOLE_CITY
  const district = districts.some(({ code }) => code === chosen) ? chosen : null
  const where = district === null ? 'Oslo' : `Bydel ${names.district(district)}`
  const shownId = search.framskriving ?? newestOf(forecasts, standing.settledBy)?.id
  const shown = useQuery({ ...forecastQuery(shownId ?? ''), enabled: shownId !== undefined })
  const done = shown.data?.status === 'completed'
  const series = useQuery({ ...institutionsQuery(shownId ?? ''), enabled: done })
  const forecast =
    shown.data !== undefined && series.data !== undefined ? { about: shown.data, series: series.data } : null
  return (
    <Page title={`Plan mot 2030: ${where}`}>
      <BodyLong className="readable">
        Siden viser hvor langt {where} er kommet, hva som skjer hvis det fortsetter som før, og hva som kan gjøres.
        Ingen personer vises her.
      </BodyLong>
      <search aria-label="Filtre" className="no-print">
        <HStack gap="space-16" align="end">
          <Select
            label="Bydel"
            size="small"
            value={district ?? WHOLE_CITY}
            onChange={({ target }) =>
              void navigate({
                to: paths.plan2030,
                search: readPlan2030Search({ ...search, bydel: target.value }),
                replace: true,
                resetScroll: false,
              })
            }
          >
            <option value={WHOLE_CITY}>Hele byen</option>
            {districts.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
          <PrintButton />
        </HStack>
      </search>
      <Contents parts={forecast === null ? PARTS : [...PARTS, ASSUMED]} />
      <ShownForecast shown={shown.data} />
      {shown.error !== null && (
        <Fetched query={shown} what="framskrivingen">
          {() => null}
        </Fetched>
      )}
      {done && (
        <Fetched query={series} what="framskrivingen">
          {() => null}
        </Fetched>
      )}
      <Suspense fallback={<Loading what="nedtellingen" />}>
        <BurnDown district={district} where={where} series={forecast?.series ?? null} />
      </Suspense>
      <Suspense fallback={<Loading what="bydelene" />}>
        <Districts series={forecast?.series ?? null} />
      </Suspense>
      <Suspense fallback={<Loading what="avviklingen" />}>
        <ClosingInShort district={district} where={where} />
      </Suspense>
      <Suspense fallback={<Loading what="tidsplanen" />}>
        <ScheduleInShort district={district} where={where} />
      </Suspense>
      <Suspense fallback={<Loading what="scenarioene" />}>
        <WhatCanBeDone />
      </Suspense>
      <Suspense fallback={<Loading what="utbyggingen" />}>
        <ExpansionInShort />
      </Suspense>
      {forecast !== null && <ForecastAssumptions forecast={forecast.about} />}
    </Page>
  )
}
