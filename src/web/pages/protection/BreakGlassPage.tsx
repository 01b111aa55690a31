import { BodyLong, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { glassesQuery } from '../../api/protection.ts'
import { sessionQuery, useMay } from '../../api/session.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { AskForm } from './AskForm.tsx'
import { GlassCard } from './GlassCard.tsx'

/** Seeing somebody who is not one's own because she must be helped at once; and going through it afterwards. */
export function BreakGlassPage() {
  const may = useMay()
  const { data: glasses } = useSuspenseQuery(glassesQuery)
  const { demo } = useSuspenseQuery(sessionQuery).data
  const { hash } = useLocation()
  // a link from the log leads to the one that it is about
  useEffect(() => {
    if (hash !== '') document.getElementById(hash)?.focus()
  }, [hash])
  const waits = glasses.filter((glass) => glass.may.answer || glass.may.review)
  const rest = glasses.filter((glass) => !waits.includes(glass))
  return (
    <Page title="Nødåpning" width="text">
      <BodyLong>
        Når noen må hjelpes nå, og du ellers ikke ser personen, kan du åpne henne i en time. Lederen i bydelen hennes
        får vite det og går gjennom grunnen etterpå.
        {demo && ' Nødåpninger følger den virkelige klokka, også i prøveutgaven.'}
      </BodyLong>
      {waits.length > 0 && (
        <section className="stack full" aria-labelledby="venter-paa-deg">
          <Heading id="venter-paa-deg" level="2" size="medium">
            Venter på deg
          </Heading>
          <ul className="plain-list full">
            {waits.map((glass) => (
              <GlassCard key={glass.id} glass={glass} />
            ))}
          </ul>
        </section>
      )}
      {may('break_glass') && <AskForm />}
      {glasses.length === 0 ? (
        <Empty what="Ingen nødåpninger" why="Her står nødåpningene du kan se, den siste først." />
      ) : (
        rest.length > 0 && (
          <section className="stack full" aria-labelledby="nodapninger">
            <Heading id="nodapninger" level="2" size="medium">
              {waits.length > 0 ? 'De andre' : 'Nødåpninger'}
            </Heading>
            <ul className="plain-list full">
              {rest.map((glass) => (
                <GlassCard key={glass.id} glass={glass} />
              ))}
            </ul>
          </section>
        )
      )}
    </Page>
  )
}
