import { Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { homesQuery } from '../../api/stays.ts'
import { StayCard } from './StayCard.tsx'

/** Where somebody's household lives now, in our places or outside them, with what can be recorded. Nothing where it lives nowhere. */
export function HomesOf({ residentId }: { residentId: string }) {
  const { data: stays } = useSuspenseQuery(homesQuery(residentId))
  if (stays.length === 0) return null
  return (
    <section aria-labelledby="bor" className="stack">
      <Heading id="bor" level="2" size="medium">
        {stays.length === 1 ? 'Hjemmet nå' : 'Hjemmene nå'}
      </Heading>
      <ul className="plain-list full">
        {stays.map((stay) => (
          <StayCard key={stay.id} stay={stay} />
        ))}
      </ul>
    </section>
  )
}
