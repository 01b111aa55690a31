import { useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { type Problem, problemOf } from '../api/problem.ts'
import { changeSession } from '../api/queryClient.ts'
import { signOut } from '../api/session.ts'
import { paths } from '../paths.ts'
import { Loading } from '../ui/Loading.tsx'
import { Page } from '../ui/Page.tsx'
import { ProblemAlert } from '../ui/ProblemAlert.tsx'

/**
 * Ends the session, forgets what was fetched in it, and goes to the sign-in page. It is a page of its own so that what was
 * typed is saved on the way to it, and nothing on it asks for anything once the session has ended.
 */
export function SignOut() {
  const client = useQueryClient()
  const router = useRouter()
  const { overalt } = useSearch({ from: paths.signOut })
  const [problem, setProblem] = useState<Problem | null>(null)
  const [attempt, setAttempt] = useState(1)

  useEffect(() => {
    async function end() {
      try {
        const continueAt = await signOut(overalt === true)
        if (continueAt !== undefined) {
          // nothing of what was fetched is left: the page itself goes
          window.location.assign(continueAt)
          return
        }
        await changeSession(client)
        // Without the way back: the next person may be another, who has no business there.
        await router.navigate({ to: paths.signIn, replace: true })
      } catch (error) {
        setProblem(problemOf(error))
      }
    }
    if (attempt > 0) void end()
  }, [client, router, attempt, overalt])

  return (
    <Page title={overalt === true ? 'Logger ut alle steder' : 'Logger ut'} width="text">
      {problem === null ? (
        <Loading what="innloggingen" />
      ) : (
        <ProblemAlert
          problem={problem}
          onRetry={() => {
            setProblem(null)
            setAttempt(attempt + 1)
          }}
        />
      )}
    </Page>
  )
}
