import { OBJECTIVE_POLICY, URGENCY_POLICY } from '../../reference/policies.ts'
import { KEPT_WISHES } from './objective.ts'

/** What a criterion of the objective is called, for a user: «Hasteklasse 1: Uten trygt sted i natt». */
export function tierTitle(tier: string): string {
  const [, number] = tier.split('class_')
  if (number !== undefined) return `Hasteklasse ${number}: ${URGENCY_POLICY.classes[Number(number) - 1]?.name ?? ''}`
  if (tier === KEPT_WISHES) return 'Færre bryter en regel som er gjort til et ønske'
  return OBJECTIVE_POLICY.tiers.find(({ id }) => id === tier)?.title ?? tier
}
