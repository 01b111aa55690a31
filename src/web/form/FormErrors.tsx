import { ErrorSummary } from '@navikt/ds-react'
import { type MouseEvent, useEffect, useRef } from 'react'
import type { Problem } from '../api/problem.ts'
import { fieldId } from './fields.ts'

type Props = {
  problem: Problem | null
  /** Times the person has asked to go on and been held back; focus moves to the summary each time. */
  attempt: number
}

/**
 * Everything that is wrong in a form, each with a link to its field. It waits for the person to ask to go on: coming and
 * going while someone types, it would push the fields about. Each field says its own error at once.
 */
export function FormErrors({ problem, attempt }: Props) {
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (attempt > 0) summary.current?.focus()
  }, [attempt])

  if (attempt === 0 || problem === null || problem.errors.length === 0) return null
  return (
    <ErrorSummary ref={summary} heading={problem.title}>
      {problem.errors.map((error) => (
        <ErrorSummary.Item
          key={error.pointer + error.code}
          href={`#${fieldId(error.pointer)}`}
          onClick={(event) => focusField(event, fieldId(error.pointer))}
        >
          {error.detail}
        </ErrorSummary.Item>
      ))}
    </ErrorSummary>
  )
}

/** Moves focus itself: a fragment in the address would be one more step on the way back. A group gives it to its first field. */
function focusField(event: MouseEvent, id: string) {
  const element = document.getElementById(id)
  if (element === null) return
  event.preventDefault()
  const field = element.matches('input, select, textarea, button')
    ? element
    : element.querySelector<HTMLElement>('input, select, textarea, button')
  const target = field ?? element
  target.focus({ preventScroll: true })
  target.scrollIntoView({ block: 'center' })
}
