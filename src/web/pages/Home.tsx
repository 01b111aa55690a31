import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { sessionQuery, useMay } from '../api/session.ts'
import { paths } from '../paths.ts'
import { weekdayInWords } from '../ui/days.ts'
import { Loading } from '../ui/Loading.tsx'
import { Page } from '../ui/Page.tsx'
import { ButtonLink } from '../ui/RouteLink.tsx'
import { OpenNeeds } from './needs/OpenNeeds.tsx'
import { DecisionsInShort } from './start/DecisionsInShort.tsx'
import { DistrictQueue } from './start/DistrictQueue.tsx'
import { FreePlaces } from './start/FreePlaces.tsx'
import { ListFiles } from './start/ListFiles.tsx'
import { RoleStart } from './start/RoleStart.tsx'
import { Unconfirmed } from './start/Unconfirmed.tsx'
import { Workday } from './workday/Workday.tsx'

/** The start page: what waits for those who have cases, and what needs those who have none. */
export function Home() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const may = useMay()
  const { person } = session
  if (person === undefined) return null
  const today = `I dag er det ${weekdayInWords(session.today)}.`
  const districts = person.districts.map(({ name }) => name).join(', ')

  if (!may('read_needs')) {
    return (
      <Page title="Min arbeidsdag">
        <BodyShort>{today}</BodyShort>
        <RoleStart person={person} />
      </Page>
    )
  }
  return (
    <Page title="Min arbeidsdag">
      <BodyShort>
        {today} Du ser åpne behov i Bydel {districts}.
      </BodyShort>
      {may('register_needs') && (
        <div>
          <ButtonLink to={paths.newNeed}>Registrer behov</ButtonLink>
        </div>
      )}
      {person.role === 'housing_officer' && (
        <>
          <Workday />
          <DecisionsInShort />
          <Heading level="2" size="medium">
            Åpne behov
          </Heading>
        </>
      )}
      {person.role === 'district_manager' && (
        <>
          <DistrictQueue />
          <DecisionsInShort />
          {person.districts.map(({ code, name }) => (
            <FreePlaces key={code} title={`Plassene i Bydel ${name} i dag`} district={code} />
          ))}
          {person.districts.map(({ code }) => (
            <Unconfirmed key={code} district={code} />
          ))}
          <Heading level="2" size="medium">
            Åpne behov
          </Heading>
        </>
      )}
      <Suspense fallback={<Loading what="behovene" />}>
        <OpenNeeds district={districts} />
      </Suspense>
      {may('read_tasks') && <ListFiles />}
    </Page>
  )
}
