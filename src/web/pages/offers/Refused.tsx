import { Alert, BodyShort, Heading } from '@navikt/ds-react'
import { useEffect, useRef } from 'react'
import type { Problem } from '../../api/problem.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { type Lost, NextPlaces } from './NextPlaces.tsx'

type Props = {
  problem: Problem | null
  attempt: number
  /** What was refused. */
  about?: Lost
  /** Offers one of the next best instead. */
  onInstead?: ((placeId: string) => void) | undefined
}

/**
 * Why an offer or its answer was refused. When somebody else has the place it says what the place is and until when, never
 * who, and what is next best.
 */
export function Refused({ problem, attempt, about = 'offer', onInstead }: Props) {
  if (problem === null) return null
  if (problem.state !== null)
    return <PlaceLost problem={problem} attempt={attempt} about={about} onInstead={onInstead} />
  // what is about the case and not about a field has no field to lead to
  if (problem.errors.every(({ pointer }) => pointer === ''))
    return <ProblemAlert problem={{ ...problem, detail: problem.errors.length > 0 ? null : problem.detail }} />
  return <SendErrors problem={problem} attempt={attempt} />
}

function PlaceLost({ problem, attempt, about = 'offer', onInstead }: Props & { problem: Problem }) {
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
      {(problem.nextBest.length > 0 || onInstead !== undefined) && (
        <NextPlaces places={problem.nextBest} about={about} onInstead={onInstead} />
      )}
    </Alert>
  )
}
