import { Alert, BodyShort, Button, Heading } from '@navikt/ds-react'
import type { Problem } from '../api/problem.ts'

type Props = {
  problem: Problem
  /** Shown as a button when trying again may help. */
  onRetry?: (() => void) | undefined
}

/** What went wrong, in the words of the service, and what the person can do now. */
export function ProblemAlert({ problem, onRetry }: Props) {
  return (
    <Alert variant="error" role="alert">
      <Heading level="2" size="xsmall" spacing>
        {problem.title}
      </Heading>
      {problem.detail !== null && <BodyShort>{problem.detail}</BodyShort>}
      {problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((error) => (
            <li key={error.pointer + error.code}>{error.detail}</li>
          ))}
        </ul>
      )}
      {problem.traceId !== null && (
        <BodyShort size="small" className="problem__trace">
          Referanse, hvis du melder fra om feilen: <code>{problem.traceId}</code>
        </BodyShort>
      )}
      {onRetry !== undefined && (
        <Button type="button" size="small" variant="secondary" className="problem__retry" onClick={onRetry}>
          Prøv igjen
        </Button>
      )}
    </Alert>
  )
}
