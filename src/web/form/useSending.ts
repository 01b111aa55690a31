import { useState } from 'react'
import { idempotencyKeys } from '../api/idempotency.ts'
import { type Problem, problemOf } from '../api/problem.ts'
import { type FieldProps, fieldProps } from './fields.ts'

export type Sending<B> = {
  /** Sends once, whatever is clicked. @returns whether it succeeded */
  submit(body: B): Promise<boolean>
  sending: boolean
  problem: Problem | null
  /** How often it has been refused, for `FormErrors`. */
  attempt: number
  field(pointer: string): FieldProps
}

/**
 * Sends something that creates or decides. The same body keeps its key until all of `send` has succeeded, so a second try
 * after a lost answer, or after half a success, does not create twice.
 * @param send throws ApiError when it is refused
 */
export function useSending<B>(send: (body: B, key: string) => Promise<unknown>): Sending<B> {
  const [keys] = useState(() => idempotencyKeys())
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [attempt, setAttempt] = useState(0)

  async function submit(body: B): Promise<boolean> {
    if (sending) return false
    setSending(true)
    setProblem(null)
    try {
      await send(body, keys.keyFor(body))
      keys.done()
      return true
    } catch (error) {
      setProblem(problemOf(error))
      setAttempt((times) => times + 1)
      return false
    } finally {
      setSending(false)
    }
  }

  return { submit, sending, problem, attempt, field: (pointer) => fieldProps(problem?.errors ?? [], pointer) }
}
