import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { waitingListQuery } from '../../api/waitingList.ts'
import { paths } from '../../paths.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { waitingByClass } from './startWords.ts'

/** How many of the district's people wait, by class, and how many of them beyond the target. */
export function DistrictQueue() {
  const { data } = useSuspenseQuery(waitingListQuery(undefined))
  const late = data.items.filter(({ daysOverTarget }) => daysOverTarget > 0).length
  return (
    <section className="stack" aria-labelledby="koen">
      <Heading id="koen" level="2" size="medium">
        Køen i bydelen
      </Heading>
      <BodyShort>
        {inNumbers(data.items.length)} venter på plass, {inNumbers(late)} av dem lenger enn målet.{' '}
        <RouteLink to={paths.waitingList}>Se ventelisten</RouteLink>
      </BodyShort>
      <dl className="facts full">
        {waitingByClass(data.items).map(({ urgencyClass, name, waiting }) => (
          <div key={urgencyClass}>
            <dt>
              {urgencyClass} – {name}
            </dt>
            <dd>{inNumbers(waiting)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
