import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { leftSinceQuery } from '../../api/stays.ts'
import { dayAfter } from '../../ui/days.ts'
import { useToday } from '../../ui/useToday.ts'
import { StayCard } from './StayCard.tsx'

/** As long as a house knows who has left it. */
const DAYS = 31

/** Who has left a house this last month: where a departure that was recorded wrongly is put right. Nothing when nobody has. */
export function LeftRecently({ facilityId }: { facilityId: string }) {
  const today = useToday()
  const { data: stays } = useSuspenseQuery(leftSinceQuery(facilityId, dayAfter(today, -DAYS)))
  if (stays.length === 0) return null
  return (
    <section aria-labelledby="flyttet-ut" className="stack">
      <Heading id="flyttet-ut" level="2" size="medium">
        Flyttet ut den siste måneden
      </Heading>
      <BodyShort>
        Er en utflytting registrert feil, kan den rettes her. Både det gale og det rette står i loggen.
      </BodyShort>
      <ul className="plain-list full">
        {stays.map((stay) => (
          <StayCard key={stay.id} stay={stay} />
        ))}
      </ul>
    </section>
  )
}
