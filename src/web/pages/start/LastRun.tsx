import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { isUnderWay } from '../../api/longJobs.ts'
import { runsQuery } from '../../api/runs.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { causeInWords } from '../runs/runWords.ts'

/** What the newest run over the city says, in a few numbers, and the way to all of it. */
export function LastRun() {
  const { vocabulary } = useReference()
  const { data } = useSuspenseInfiniteQuery(runsQuery)
  const runs = data.pages.flatMap(({ items }) => items).filter(({ kind }) => kind === 'city')
  const underWay = runs.some(isUnderWay)
  const last = runs.find(({ status, summary }) => status === 'completed' && summary !== null)
  const summary = last?.summary
  const nameOf = (number: number) => vocabulary.urgencyClasses.find((entry) => entry.number === number)?.name
  return (
    <section className="stack" aria-labelledby="siste-kjoring">
      <Heading id="siste-kjoring" level="2" size="medium">
        Siste kjøring for byen
      </Heading>
      {underWay && <BodyShort>En kjøring er i gang.</BodyShort>}
      {last === undefined || summary == null ? (
        <BodyLong>
          Ingen kjøring er ferdig ennå. En kjøring finner det beste settet av flyttinger for alle som venter.{' '}
          <RouteLink to={paths.runs}>Gå til kjøringer</RouteLink>
        </BodyLong>
      ) : (
        <>
          <BodyShort>
            {inNumbers(summary.placed)} av {inNumbers(summary.needs)} som venter, får et forslag, slik det så ut{' '}
            {dayInWords(last.asOf)}.
          </BodyShort>
          <dl className="facts full">
            {summary.byClass.map(({ urgencyClass, needs, placed }) => (
              <div key={urgencyClass}>
                <dt>
                  {urgencyClass} – {nameOf(urgencyClass)}
                </dt>
                <dd>
                  {inNumbers(placed)} av {inNumbers(needs)} får et forslag
                </dd>
              </div>
            ))}
          </dl>
          <Heading level="3" size="small">
            Hvorfor resten ikke fikk forslag
          </Heading>
          <dl className="facts full">
            {summary.causes.map(({ kind, needs }) => (
              <div key={kind}>
                <dt>{causeInWords(kind)}</dt>
                <dd>{inNumbers(needs)}</dd>
              </div>
            ))}
          </dl>
          <BodyShort>
            <RouteLink to={paths.run} params={{ id: last.id }}>
              Se hele kjøringen
            </RouteLink>
          </BodyShort>
        </>
      )}
    </section>
  )
}
