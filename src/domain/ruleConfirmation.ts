import { DomainError } from './error.ts'

/** The last thing that was said of a version of a rule: that it is right, or that this is taken back. */
export interface LastCheck {
  /** Counted from 1 within the version. */
  number: number
  confirmed: boolean
}

/**
 * The number of the next thing said of a version. Each confirmation is given once, and taken back once.
 * @param last undefined while nobody has said anything
 * @throws {DomainError} `rule_confirmed`, `rule_not_confirmed`
 */
export function nextCheck(last: LastCheck | undefined, confirmed: boolean): number {
  if (confirmed && last?.confirmed === true) {
    throw new DomainError('rule_confirmed', 'Noen har allerede kontrollert denne utgaven av regelen.')
  }
  if (!confirmed && last?.confirmed !== true) {
    throw new DomainError('rule_not_confirmed', 'Ingen kontroll står ved lag, så det er ingenting å trekke tilbake.')
  }
  return (last?.number ?? 0) + 1
}
