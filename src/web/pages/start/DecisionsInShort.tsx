import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { decisionAlarmsQuery } from '../../api/papers.ts'
import { paths } from '../../paths.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { alarmsInWords } from '../papers/alarmWords.ts'

/** How many decisions of the district are late, and the way to them. */
export function DecisionsInShort() {
  const { data } = useSuspenseInfiniteQuery(decisionAlarmsQuery)
  const counts = data.pages.at(-1)?.counts ?? { decisions: 0, people: 0, drafts: 0 }
  return (
    <section className="stack" aria-labelledby="vedtak-kort">
      <Heading id="vedtak-kort" level="2" size="medium">
        Vedtak som haster
      </Heading>
      <BodyShort>
        {alarmsInWords(counts)} <RouteLink to={paths.decisionAlarms}>Se vedtak som haster</RouteLink>
      </BodyShort>
    </section>
  )
}
