import type { FieldProblem } from '../api/problem.ts'

/** The element id of the field that a JSON pointer names: `/household/children/0` → `felt-household-children-0`. */
export function fieldId(pointer: string): string {
  return `felt${pointer.replace(/^\/?/, '/').replace(/[^A-Za-z0-9]+/g, '-')}`
}

/** What a field needs from the errors: its id, to be linked to, and its own message. Spread it onto an Aksel field. */
export type FieldProps = { id: string; error: string | undefined }

/**
 * @param errors as the service listed them
 * @param pointer the field
 */
export function fieldProps(errors: FieldProblem[], pointer: string): FieldProps {
  return { id: fieldId(pointer), error: errors.find((error) => error.pointer === pointer)?.detail }
}
