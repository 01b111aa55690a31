import type { Problem } from '../api/problem.ts'
import { ProblemAlert } from '../ui/ProblemAlert.tsx'
import { FormErrors } from './FormErrors.tsx'

/** Why something that was sent was refused: with links to the fields when it is about fields, else in the service's words. */
export function SendErrors({ problem, attempt }: { problem: Problem | null; attempt: number }) {
  if (problem === null) return null
  return problem.errors.length > 0 ? (
    <FormErrors problem={problem} attempt={attempt} />
  ) : (
    <ProblemAlert problem={problem} />
  )
}
