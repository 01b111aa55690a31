import { Alert, BodyLong, BodyShort, Button, Heading } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { type Problem, problemOf } from '../api/problem.ts'
import { changeSession } from '../api/queryClient.ts'
import { type DemoPerson, organisationSignIn, sessionQuery, signInAs } from '../api/session.ts'
import { afterSignIn, paths } from '../paths.ts'
import { Page } from '../ui/Page.tsx'
import { ProblemAlert } from '../ui/ProblemAlert.tsx'
import { RouteLink } from '../ui/RouteLink.tsx'
import { SIGN_IN_FAILURES } from './signInFailures.ts'

/** Sign-in, by the organisation. The ready-made people are there only when the service runs as a demo without one. */
export function SignIn() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const { fra, feil } = useSearch({ from: paths.signIn })
  return (
    <Page title="Logg inn" width="text">
      {feil !== undefined && <Alert variant="error">{SIGN_IN_FAILURES[feil]}</Alert>}
      {session.organisationSignIn && <OrganisationSignIn from={fra} />}
      {session.demoPeople !== undefined && <DemoPeople people={session.demoPeople} />}
      {!session.organisationSignIn && session.demoPeople === undefined && <NoSignInHere />}
      <RouteLink to={paths.publicTables}>Åpne tall, uten å logge inn</RouteLink>
    </Page>
  )
}

function OrganisationSignIn({ from }: { from: string | undefined }) {
  return (
    <>
      <BodyLong>
        Du logger inn med brukeren din i kommunen. Du blir sendt dit, og kommer tilbake hit når du er ferdig.
      </BodyLong>
      <div>
        <Button as="a" role="link" href={organisationSignIn(from)}>
          Logg inn
        </Button>
      </div>
    </>
  )
}

function NoSignInHere() {
  return (
    <Alert variant="info">Du er ikke logget inn. Gå tilbake til der du vanligvis starter, og logg inn derfra.</Alert>
  )
}

function DemoPeople({ people }: { people: DemoPerson[] }) {
  const client = useQueryClient()
  const router = useRouter()
  const { fra } = useSearch({ from: paths.signIn })
  const [chosen, setChosen] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)

  async function choose(person: DemoPerson['person']) {
    setChosen(person)
    setProblem(null)
    try {
      await signInAs(person)
      await changeSession(client)
      router.history.push(afterSignIn(fra))
    } catch (error) {
      setProblem(problemOf(error))
      setChosen(null)
    }
  }

  return (
    <>
      <BodyLong>
        Dette er en prøveutgave. Alle personer, behov og opphold er diktet opp, og ingen av dem finnes. Velg hvem du vil
        være. Du kan når som helst logge ut og bli en annen.
      </BodyLong>
      {problem !== null && <ProblemAlert problem={problem} />}
      <ul className="people">
        {people.map((person) => (
          <li key={person.person} className="people__person">
            <div>
              <Heading level="2" size="xsmall">
                {person.name}
              </Heading>
              <BodyShort weight="semibold" size="small">
                {[person.roleName, person.districtName].filter((part) => part !== null).join(', ')}
              </BodyShort>
              <BodyShort size="small">{person.description}</BodyShort>
            </div>
            <Button
              size="small"
              variant="secondary"
              loading={chosen === person.person}
              disabled={chosen !== null && chosen !== person.person}
              onClick={() => void choose(person.person)}
            >
              Logg inn<span className="aksel-sr-only"> som {person.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
