import type { ReasonCode } from '../../api/types.ts'
import type { ReasonName } from './segmentWords.ts'

/** What reasons of closures are called. One that is not known stands for itself. */
export function reasonNames(reasons: readonly ReasonCode[]): ReasonName {
  const names = new Map(reasons.filter(({ kind }) => kind === 'closure').map(({ id, name }) => [id, name]))
  return (code) => names.get(code) ?? code
}
