import { BodyShort, Button, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { unconfirmedQuery } from '../../api/inventory.ts'
import { rulesQuery, staleAfterDays } from '../../api/reference.ts'
import { paths } from '../../paths.ts'
import { confirmedInWords, daysBefore } from '../../ui/days.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { useToday } from '../../ui/useToday.ts'
import { unconfirmedInWords } from './startWords.ts'

const SHORT = 5

/** The houses whose vacancy nobody has confirmed lately: the reader keeps them, so each leads to where it is confirmed. */
export function Unconfirmed({ district }: { district?: string }) {
  const { data: rules } = useSuspenseQuery(rulesQuery)
  const days = staleAfterDays(rules)
  return days === undefined ? null : <Houses days={days} {...(district === undefined ? {} : { district })} />
}

function Houses({ days, district }: { days: number; district?: string }) {
  const today = useToday()
  const { data } = useSuspenseQuery(unconfirmedQuery(daysBefore(today, days), district))
  const heading = useId()
  const [all, setAll] = useState(false)
  const houses = data.items
  return (
    <section className="stack" aria-labelledby={heading}>
      <Heading id={heading} level="2" size="medium">
        Ledighet som må bekreftes
      </Heading>
      <BodyShort>{unconfirmedInWords(houses.length, data.nextCursor !== null, days)}</BodyShort>
      {houses.length > 0 && (
        <ul className="spaced-list">
          {(all ? houses : houses.slice(0, SHORT)).map(({ id, name, vacancyConfirmedAt }) => (
            <li key={id}>
              <RouteLink to={paths.facility} params={{ id }}>
                {name}
              </RouteLink>
              , {confirmedInWords(vacancyConfirmedAt, today)}
            </li>
          ))}
        </ul>
      )}
      {!all && houses.length > SHORT && (
        <Button type="button" size="small" variant="secondary" onClick={() => setAll(true)}>
          Vis alle {houses.length}
        </Button>
      )}
    </section>
  )
}
