import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { returnEventsQuery } from '../../api/returns.ts'
import { dayInWords } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'

/** What was done with a plan, by whom and when, the newest first. */
export function PlanHistory({ planId }: { planId: string }) {
  const { data } = useSuspenseQuery(returnEventsQuery(planId))
  return (
    <section className="stack" aria-labelledby="historikk">
      <Heading id="historikk" level="2" size="medium">
        Hva som er gjort
      </Heading>
      <ul className="spaced-list readable">
        {data.items.map(({ id, kindName, occurredOn, recordedBy, changes, note }) => (
          <li key={id}>
            <BodyShort>
              {dayInWords(occurredOn)}: {inText(kindName)}, av {recordedBy}
            </BodyShort>
            {changes.map(({ field, fieldName, before, after }) => (
              <BodyShort key={field} size="small">
                {fieldName}: {before ?? 'tomt'} → {after ?? 'tomt'}
              </BodyShort>
            ))}
            {note !== null && <BodyShort size="small">{note}</BodyShort>}
          </li>
        ))}
      </ul>
    </section>
  )
}
