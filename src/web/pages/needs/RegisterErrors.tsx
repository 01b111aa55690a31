import { ErrorSummary } from '@navikt/ds-react'
import { useEffect, useRef } from 'react'
import type { Problem } from '../../api/problem.ts'
import { SummaryItemLink } from '../../form/SummaryLink.tsx'
import { paths } from '../../paths.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { themeFor } from './themes.ts'

type Props = { needId: string; problem: Problem | null; attempt: number; onRenew(): void }

/** Why the need could not be registered, each thing with a link to the theme where it is answered. */
export function RegisterErrors({ needId, problem, attempt, onRenew }: Props) {
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (attempt > 0) summary.current?.focus()
  }, [attempt])

  if (problem === null) return null
  if (problem.errors.length === 0) {
    return <ProblemAlert problem={problem} onRetry={problem.status === 412 ? onRenew : undefined} />
  }
  return (
    <ErrorSummary ref={summary} heading={problem.title}>
      {problem.errors.map(({ code, detail }) => (
        <SummaryItemLink key={code} to={paths.editNeedTheme} params={{ id: needId, theme: themeFor({ id: code }) }}>
          {detail}
        </SummaryItemLink>
      ))}
    </ErrorSummary>
  )
}
