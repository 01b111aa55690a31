import { BodyLong, Heading } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { comparisonsQuery } from '../../api/scenarios.ts'
import { paths } from '../../paths.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { comparisonName } from '../scenarios/comparisonWords.ts'

/** So many comparisons are named; the others stand on the scenarios' page. */
const NAMED = 5

/** What could be done beside the plan: scenarios, and what has been compared already. */
export function WhatCanBeDone() {
  const { data } = useSuspenseInfiniteQuery(comparisonsQuery)
  const done = data.pages.flatMap(({ items }) => items).filter(({ status }) => status === 'completed')
  return (
    <section className="stack" aria-labelledby="scenarioer">
      <Heading id="scenarioer" level="2" size="medium">
        Hva som kan gjøres
      </Heading>
      <BodyLong className="readable">
        Et scenario viser hva som skjer hvis noe gjøres ut over det som er planlagt, ved siden av byen slik den er
        planlagt.
      </BodyLong>
      {done.length > 0 && (
        <ul className="spaced-list">
          {done.slice(0, NAMED).map((comparison) => (
            <li key={comparison.id}>
              <RouteLink to={paths.comparison} params={{ id: comparison.id }}>
                {comparisonName(comparison)}
              </RouteLink>
            </li>
          ))}
        </ul>
      )}
      <RouteLink to={paths.scenarios}>Scenarioer</RouteLink>
    </section>
  )
}
