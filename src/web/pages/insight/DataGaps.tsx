import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type DataGap, dataGapsQuery } from '../../api/audit.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'

/** Data that is stale or missing in the reader's bydel, each with the page where it is put right. */
export function DataGaps() {
  const { data: gaps } = useSuspenseQuery(dataGapsQuery)
  const found = gaps.filter(({ count }) => count > 0)
  return (
    <section className="stack" aria-labelledby="mangler">
      <Heading id="mangler" level="2" size="medium">
        Data som er gamle eller mangler
      </Heading>
      {found.length === 0 && <BodyShort>Ingenting av det vi ser etter, er gammelt eller mangler i bydelen.</BodyShort>}
      {found.map((gap) => (
        <Gap key={gap.kind} gap={gap} />
      ))}
    </section>
  )
}

function Gap({ gap: { title, why, count, fixedAt, records } }: { gap: DataGap }) {
  return (
    <div className="stack">
      <Heading level="3" size="small">
        {title}: {inNumbers(count)}
      </Heading>
      <BodyLong className="readable">{why}</BodyLong>
      <ul className="spaced-list" aria-label={title}>
        {records.map(({ id, name, since }) => (
          <li key={id}>
            <RouteLink to={fixedAt === 'facility' ? paths.facility : paths.need} params={{ id }}>
              {name}
            </RouteLink>
            {since !== null && `, siden ${dayInWords(since)}`}
          </li>
        ))}
      </ul>
      {count > records.length && (
        <BodyShort size="small">De {records.length} som har stått lengst. Resten kommer når disse er rettet.</BodyShort>
      )}
    </div>
  )
}
