import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { decisionAlarmsQuery } from '../../api/papers.ts'
import { paths } from '../../paths.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { alarmRows, alarmsInWords } from '../papers/alarmRows.ts'

/** How many decisions of the district are late, and the way to them. */
export function DecisionsInShort() {
  const { data } = useSuspenseQuery(decisionAlarmsQuery)
  return (
    <section className="stack" aria-labelledby="vedtak-kort">
      <Heading id="vedtak-kort" level="2" size="medium">
        Vedtak som haster
      </Heading>
      <BodyShort>
        {alarmsInWords(alarmRows(data))} <RouteLink to={paths.decisionAlarms}>Se vedtak som haster</RouteLink>
      </BodyShort>
    </section>
  )
}
