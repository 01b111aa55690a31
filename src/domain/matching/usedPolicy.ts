import { OBJECTIVE_POLICY } from '../../reference/policies.ts'
import type { Day } from '../day.ts'
import { formatDay, listed } from '../words.ts'

/** Which version of the matching policy something was computed by. */
export interface UsedPolicy {
  version: number
  /** The first day that it was in force. */
  validFrom: Day
  /** The version that is in force now. */
  inForce: number
}

/** By which version it was computed, and whether another one is in force now, as its readers see it. */
export function usedPolicySentence({ version, validFrom, inForce }: UsedPolicy): string {
  const changed = inForce === version ? '' : ` Siden er regelen endret: nå gjelder utgave ${inForce}.`
  return `Regnet med regelen «${OBJECTIVE_POLICY.title}», utgave ${version}, i kraft fra ${formatDay(validFrom)}.${changed}`
}

/**
 * What is said of scenarios that were written while other versions were in force than the one that all of them are computed by;
 * undefined when there are none.
 * @param scenarios with the version in force when each was written; null: the city as it is planned, which nobody wrote
 */
export function writtenUnderSentence(
  scenarios: readonly { name: string; policyVersion: number | null }[],
  used: number,
): string | undefined {
  const written = scenarios.flatMap(({ name, policyVersion }) =>
    policyVersion === null ? [] : [{ name, policyVersion }],
  )
  if (written.every(({ policyVersion }) => policyVersion === used)) return undefined
  const computed = `Alt er regnet med utgave ${used}.`
  const [first, ...others] = new Set(written.map(({ policyVersion }) => policyVersion))
  if (others.length === 0) {
    const scenario = written.length === 1 ? 'scenarioet' : 'scenarioene'
    return `Regelen «${OBJECTIVE_POLICY.title}» er endret siden ${scenario} ble skrevet, mens utgave ${first} gjaldt. ${computed}`
  }
  const each = written.map(({ name, policyVersion }) => `«${name}» mens utgave ${policyVersion} gjaldt`)
  return `Scenarioene er skrevet under ulike utgaver av regelen «${OBJECTIVE_POLICY.title}»: ${listed(each)}. ${computed}`
}
