import { BodyLong, BodyShort } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { may, sessionQuery } from '../api/session.ts'
import { paths } from '../paths.ts'
import { weekdayInWords } from '../ui/days.ts'
import { Page } from '../ui/Page.tsx'
import { ButtonLink, RouteLink } from '../ui/RouteLink.tsx'
import { OpenNeeds } from './needs/OpenNeeds.tsx'

/** The start page: what waits for those who have cases, and what there is to do for those who have none. */
export function Home() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const today = `I dag er det ${weekdayInWords(session.today)}.`
  const districts = session.person?.districts.map(({ name }) => name).join(', ') ?? ''

  if (!may(session, 'read_needs')) {
    return (
      <Page title="Min arbeidsdag" width="text">
        <BodyShort>{today}</BodyShort>
        <BodyLong>
          Rollen din har ingen saker her ennå. Du ser plassene i hele byen, og hvilke som er ledige, men ingen personer.
        </BodyLong>
        <ul className="spaced-list">
          <li>
            <RouteLink to={paths.places}>Se plassene i byen</RouteLink>
          </li>
          <li>
            <RouteLink to={paths.statistics}>Se publiserte tall</RouteLink>
          </li>
        </ul>
      </Page>
    )
  }
  return (
    <Page title="Min arbeidsdag">
      <BodyShort>
        {today} Du ser åpne behov i Bydel {districts}.
      </BodyShort>
      {may(session, 'register_needs') && (
        <div>
          <ButtonLink to={paths.newNeed}>Registrer behov</ButtonLink>
        </div>
      )}
      <OpenNeeds district={districts} />
    </Page>
  )
}
