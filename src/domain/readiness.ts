import { ASSESSMENT_POLICY } from '../reference/policies.ts'
import { type CaseStep, READINESS_ITEMS, type ReadinessItemId } from '../reference/readiness.ts'
import { type Day, daysBetween } from './day.ts'
import type { ReadinessFacts } from './need.ts'

/** One thing a need should have, whether it is there, and the first step that its lack stops. */
export interface ReadinessAnswer {
  id: ReadinessItemId
  title: string
  why: string
  meanwhile: string
  source: string
  stops: CaseStep | 'none'
  present: boolean
}

const { validDays } = ASSESSMENT_POLICY.parameters

/** True when the thing is there; whether it is called for, is the catalogue's. */
const TESTS: Record<ReadinessItemId, (facts: ReadinessFacts, today: Day) => boolean> = {
  forms_stated: (facts) => facts.forms.length > 0,
  window_stated: (facts) => facts.windowStated,
  responsible_district_resolved: (facts) => facts.responsibleDistrict !== null,
  assessment_current: ({ lastAssessedOn }, today) =>
    lastAssessedOn !== null && daysBetween(lastAssessedOn, today) <= validDays,
  private_rental_considered: (facts) => facts.privateRental !== 'not_considered',
  service_decision: ({ serviceDecisionOn }, today) => serviceDecisionOn !== null && serviceDecisionOn <= today,
  consent_sharing: ({ consents }, today) =>
    consents.some(
      ({ scope, givenOn, revokedOn }) =>
        scope === 'facility' && givenOn <= today && (revokedOn === null || revokedOn > today),
    ),
  individual_plan_offered: (facts) => facts.individualPlanOfferedOn !== null,
  contact_person: ({ contactPerson }) => contactPerson !== null && contactPerson.trim() !== '',
}

/**
 * What a need has and misses on `today`. An item that none of its forms calls for is left out; what is missing is shown and
 * stops its step, and only `forms_stated` keeps a need from being ranked: nobody is dropped (000 4.2).
 */
export function readinessOf(facts: ReadinessFacts, today: Day): ReadinessAnswer[] {
  return READINESS_ITEMS.filter(
    ({ onlyForForms, exemptForms }: { onlyForForms: readonly string[] | null; exemptForms: readonly string[] }) => {
      const calledFor = onlyForForms === null || facts.forms.some((form) => onlyForForms.includes(form))
      const exempt = facts.forms.length > 0 && facts.forms.every((form) => exemptForms.includes(form))
      return calledFor && !exempt
    },
  ).map(({ id, title, why, meanwhile, source, stops }) => ({
    id,
    title,
    why,
    meanwhile,
    source,
    stops,
    present: TESTS[id](facts, today),
  }))
}
