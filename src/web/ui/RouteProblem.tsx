import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { isMissing, problemOf } from '../api/problem.ts'
import { NotFound } from '../pages/NotFound.tsx'
import { Page } from './Page.tsx'
import { ProblemAlert } from './ProblemAlert.tsx'

/** In place of a page that could not be shown. What is missing, what is foreign and what is not for one's role look the same. */
export function RouteProblem({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  if (isMissing(error) || problemOf(error).status === 403) return <NotFound />
  return (
    <Page title="Siden kan ikke vises" width="text">
      <ProblemAlert
        problem={problemOf(error)}
        onRetry={() => {
          reset()
          void router.invalidate()
        }}
      />
    </Page>
  )
}
