import { Alert, BodyShort, Button, Heading } from '@navikt/ds-react'
import { useEffect, useRef } from 'react'
import type { NextBest, Problem } from '../../api/problem.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { dayInWords } from '../../ui/days.ts'
import { useReference } from '../../ui/names.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useToday } from '../../ui/useToday.ts'

type Props = {
  problem: Problem | null
  attempt: number
  /** Offers one of the next best instead. */
  onInstead?: ((placeId: string) => void) | undefined
}

/**
 * Why an offer or its answer was refused. When somebody else has the place it says what the place is and until when, never
 * who, and what is next best.
 */
export function Refused({ problem, attempt, onInstead }: Props) {
  if (problem === null) return null
  if (problem.state !== null) return <PlaceLost problem={problem} attempt={attempt} onInstead={onInstead} />
  // what is about the case and not about a field has no field to lead to
  if (problem.errors.every(({ pointer }) => pointer === ''))
    return <ProblemAlert problem={{ ...problem, detail: problem.errors.length > 0 ? null : problem.detail }} />
  return <SendErrors problem={problem} attempt={attempt} />
}

function PlaceLost({ problem, attempt, onInstead }: Props & { problem: Problem }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (attempt > 0) heading.current?.focus()
  }, [attempt])
  return (
    <Alert variant="warning" className="full">
      <Heading ref={heading} tabIndex={-1} level="3" size="xsmall" spacing className="page__heading">
        Plassen er ikke ledig lenger
      </Heading>
      <BodyShort spacing>{problem.state?.sentence} Det du har skrevet, er tatt vare på.</BodyShort>
      {problem.nextBest.length === 0 ? (
        <BodyShort>Ingen andre plasser passer nå. Se hva som må endres for treff lenger ned.</BodyShort>
      ) : (
        <>
          <BodyShort weight="semibold">De nest beste plassene</BodyShort>
          <ol className="spaced-list">
            {problem.nextBest.map((place) => (
              <Next key={place.placeId} place={place} onInstead={onInstead} />
            ))}
          </ol>
        </>
      )}
    </Alert>
  )
}

function Next({ place, onInstead }: { place: NextBest; onInstead: Props['onInstead'] }) {
  const { names } = useReference()
  const today = useToday()
  const name = `${place.label}, ${place.facilityName}`
  const free = place.availableFrom <= today ? 'ledig nå' : `ledig fra ${dayInWords(place.availableFrom)}`
  return (
    <li>
      {name} ({names.form(place.form)}, {names.district(place.districtCode)}), {free}
      {place.lacks.length > 0 && `. Mangler eller ukjent: ${place.lacks.join(', ').toLowerCase()}`}
      {onInstead !== undefined && (
        <div>
          <Button type="button" size="small" variant="secondary" onClick={() => onInstead(place.placeId)}>
            Tilby {name} i stedet
          </Button>
        </div>
      )}
    </li>
  )
}
