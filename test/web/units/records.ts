import type { Explanation, Fit, Need, Place, Resident } from '../../../src/web/api/types.ts'
import type { Names } from '../../../src/web/ui/names.ts'

const ID = '01890000-0000-7000-8000-000000000001'

/** A draft in which nothing is answered. */
export function aNeed(changes: Partial<Need> = {}): Need {
  return {
    id: ID,
    version: 1,
    status: 'draft',
    holdingDistrict: '030112',
    responsibleDistrict: '030112',
    stayDistrict: null,
    origin: null,
    situationSince: null,
    urgencyGrounds: [],
    mustLeaveBy: null,
    readyToMoveOnSince: null,
    forms: [],
    requiredFeatures: [],
    wantedFeatures: [],
    excludedDistricts: [],
    wantedDistricts: [],
    excludedFacilities: [],
    substanceStance: 'unknown',
    behaviour: null,
    security: null,
    neededDuring: null,
    privateRental: 'not_considered',
    privateRentalReason: null,
    privateRentalConsideredOn: null,
    serviceDecisionOn: null,
    whatMatters: null,
    resident: { id: ID, name: 'Kari Testesen', birthYear: 1980, synthetic: true },
    householdSize: 1,
    startedAt: '2026-09-01T08:00:00Z',
    registeredAt: null,
    endedAt: null,
    endedReason: null,
    endedReasonName: null,
    urgency: {
      urgencyClass: 5,
      className: 'Andre',
      grounds: [],
      daysInSituation: null,
      daysSinceRegistration: 0,
      policyVersion: 1,
    },
    readiness: [],
    ...changes,
  }
}

/** Something a need should have. */
export function anItem(id: string, present: boolean, stops: Need['readiness'][number]['stops'] = 'referral') {
  return { id, title: id, why: 'fordi', meanwhile: 'vi venter', source: 'kilde', present, stops }
}

/** A person of whom little is known. */
export function aResident(changes: Partial<Resident> = {}): Resident {
  return {
    id: ID,
    version: 1,
    district: '030112',
    name: 'Kari Testesen',
    phone: null,
    personalNumberEnding: null,
    synthetic: true,
    birthDate: null,
    gender: 'unknown',
    addressProtection: 'none',
    language: 'nb',
    interpreter: false,
    contactPerson: null,
    individualPlanOfferedOn: null,
    individualPlanAnsweredOn: null,
    individualPlanAnswer: null,
    household: { id: ID, adults: 1, pets: null, children: [] },
    openNeedId: null,
    ...changes,
  }
}

/** A place that somebody could move into. */
export function aPlace(changes: Partial<Place> = {}): Place {
  return {
    id: ID,
    version: 1,
    facilityId: ID,
    facilityName: 'Furuset hus',
    districtCode: '030112',
    label: 'H0101',
    form: 'municipal',
    openDuring: { from: '2015-01-01', to: null },
    maxHousehold: 1,
    features: [],
    selfReferral: false,
    taken: false,
    closed: false,
    admitting: true,
    held: false,
    vacancyConfirmedAt: null,
    ...changes,
  }
}

/** The best fit there is. */
export function aFit(changes: Partial<Fit> = {}): Fit {
  return { formRank: 0, homeDistrict: true, wantedPresent: [], wantedMissing: [], staffingDifference: 0, ...changes }
}

/** The answer of one rule. */
export function aVerdict(ruleId: string, outcome: 'passed' | 'failed' | 'unknown', offered = 'tilbudt') {
  return {
    ruleId,
    title: ruleId.toUpperCase(),
    source: 'kilde',
    outcome,
    needed: 'trengt',
    offered,
    sentence: 'setning',
    relaxable: 'person' as const,
  }
}

/** A pair with the given rules. */
export function anExplanation(changes: Partial<Explanation> = {}): Explanation {
  return {
    needId: ID,
    placeId: ID,
    eligible: true,
    place: {
      label: 'H0101',
      form: 'municipal',
      facilityId: ID,
      facilityName: 'Furuset hus',
      districtCode: '030112',
      features: [],
      vacancyConfirmedAt: null,
    },
    availableFrom: '2026-09-01',
    fit: aFit(),
    rules: [],
    missingSteps: [],
    ...changes,
  }
}

/** Names that are the ids themselves, with the kind before them. */
export const names: Names = {
  form: (id) => `form ${id}`,
  district: (code) => `bydel ${code}`,
  feature: (id) => `Egenskap ${id}`,
  origin: (id) => `fra ${id}`,
  language: (tag) => `språk ${tag}`,
  substanceStance: (id) => `rus ${id}`,
  gender: (id) => `kjønn ${id}`,
  genderPlural: (id) => `de som er ${id}`,
  consentScope: (id) => `dele med ${id}`,
  behaviour: (level) => `atferd ${level}`,
  security: (level) => `sikkerhet ${level}`,
  ground: (id) => `grunn ${id}`,
  lifeArea: (id) => `område ${id}`,
  seriesForm: (id) => `form ${id}`,
  measure: (id) => ({ name: `mål ${id}`, sentence: `Hva ${id} er.` }),
}
