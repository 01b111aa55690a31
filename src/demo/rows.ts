import type { Role } from '../access/capabilities.ts'
import type { Day, DayRange } from '../domain/day.ts'
import type { ShortfallKind } from '../domain/placement/consequences.ts'
import type { ReturnRows } from './returnRows.ts'
import type { House } from './simulated.ts'

/** The rows of the demo city, one type a table, columns as in the migrations. Days are ISO strings, instants RFC 3339. */
export interface AccountRow {
  id: string
  username: string
  name: string
  role: Role
  districts: string[]
  facilities: string[]
  synthetic: boolean
}

export interface FacilityRow {
  id: string
  createdAt: string
  name: string
  operator: string
  operatorKind: House['operatorKind']
  districtCode: string
  address: string
  serves: House['serves']
  openDuring: DayRange
  minAge: number | null
  maxAge: number | null
  genders: readonly string[]
  substanceStance: House['substanceStance']
  maxBehaviour: number
  maxSecurity: number
  childrenAllowed: boolean
  petsAllowed: boolean
  maxExtensiveBehaviour: number | null
  maxMoveInsPerMonth: number | null
  admitting: boolean
  notAdmittingReason: string | null
  vacancyConfirmedAt: string | null
}

export interface FacilityAdmissionRow {
  facilityId: string
  during: DayRange
  admitting: boolean
  reason: string | null
}

export interface FacilityDistrictRow {
  facilityId: string
  districtCode: string
  during: DayRange
}

export interface PlaceRow {
  id: string
  createdAt: string
  facilityId: string
  label: string
  form: string
  openDuring: DayRange
  maxHousehold: number
  features: readonly string[]
  selfReferral: boolean
}

export interface ClosureRow {
  id: string
  createdAt: string
  placeId: string
  during: DayRange
  reason: string
  admits: boolean
  costOwner: string | null
  note: string | null
}

interface HouseholdRow {
  id: string
  createdAt: string
  holdingDistrict: string
  adults: number
  pets: boolean | null
}

interface HouseholdChildRow {
  id: string
  householdId: string
  holdingDistrict: string
  birthYear: number
  arrangement: 'living' | 'visiting'
}

/** What is sealed with the keyring before it is stored. */
export interface Identity {
  name: string
  personalNumber: string | null
  phone: string | null
}

export interface ResidentRow {
  id: string
  createdAt: string
  householdId: string
  holdingDistrict: string
  birthDate: Day | null
  gender: 'woman' | 'man' | 'other' | 'unknown'
  addressProtection: 'none' | 'confidential' | 'strictly_confidential'
  language: string
  interpreter: boolean
  contactPerson: string | null
  individualPlanOfferedOn: Day | null
  individualPlanAnsweredOn: Day | null
  individualPlanAnswer: 'accepted' | 'declined' | null
  synthetic: boolean
}

interface CircleMemberRow {
  residentId: string
  accountId: string
  grantedAt: string
}

export interface OccupancyRow {
  id: string
  placeId: string
  during: DayRange
}

export interface StayRow {
  id: string
  createdAt: string
  householdId: string
  holdingDistrict: string
  occupancyId: string | null
  form: string
  during: DayRange
  expectedUntil: Day | null
  readyToMoveOnSince: Day | null
}

export interface NeedRow {
  id: string
  createdAt: string
  householdId: string
  holdingDistrict: string
  responsibleDistrict: string | null
  stayDistrict: string | null
  status: 'draft' | 'registered' | 'withdrawn' | 'closed'
  startedAt: string
  registeredAt: string | null
  endedAt: string | null
  endedReason: string | null
  origin: string | null
  situationSince: Day | null
  urgencyGrounds: string[]
  mustLeaveBy: Day | null
  forms: readonly string[]
  requiredFeatures: readonly string[]
  wantedFeatures: readonly string[]
  excludedDistricts: string[]
  excludedFacilities: string[]
  wantedDistricts: string[]
  substanceStance: string
  behaviour: number | null
  security: number | null
  neededDuring: DayRange | null
  privateRental: 'not_considered' | 'possible' | 'not_possible' | 'overridden'
  privateRentalReason: string | null
  privateRentalConsideredOn: Day | null
  serviceDecisionOn: Day | null
  whatMatters: string | null
  readyToMoveOnSince: Day | null
}

export interface AssessmentRow {
  id: string
  needId: string
  holdingDistrict: string
  assessedOn: Day
  lifeAreas: Record<string, number>
  livingSkills: string | null
  livingTraining: string | null
  careTrack: number | null
  createdAt: string
  createdBy: string
}

/** What was recorded when somebody did not get what was needed because there was no room. */
export interface ShortfallRow {
  id: string
  needId: string
  holdingDistrict: string
  recordedAt: string
  kind: ShortfallKind
  formNeeded: string
}

export interface ConsentRow {
  id: string
  residentId: string
  holdingDistrict: string
  scope: 'vel_intake' | 'facility' | 'specialist_care' | 'relatives' | 'other_district'
  givenOn: Day
  revokedOn: Day | null
  note: string | null
}

export interface NeverTogetherRow {
  id: string
  holdingDistrict: string
  residentId: string
  otherResidentId: string
  reason: string
}

export interface SupplierRow {
  id: string
  createdAt: string
  name: string
  synthetic: boolean
}

export interface FrameworkAgreementRow {
  id: string
  createdAt: string
  supplierId: string
  title: string
  pricePerDay: number
  valid: DayRange
  places: number | null
  dualDiagnosis: boolean
  note: string | null
  synthetic: boolean
}

interface QualityNoteRow {
  id: string
  createdAt: string
  supplierId: string
  district: string
  notedOn: Day
  kind: 'good' | 'concern' | 'deviation'
  body: string
  writtenBy: string
}

export interface CallOffRow {
  id: string
  createdAt: string
  stayId: string
  holdingDistrict: string
  supplierId: string
  agreementId: string | null
  pricePerDay: number
  ordered: DayRange
  reason: string
  note: string | null
  synthetic: boolean
}

interface PurchaseBudgetRow {
  id: string
  createdAt: string
  district: string
  year: number
  amount: number
  synthetic: boolean
}

export interface QuotaRow {
  id: string
  createdAt: string
  district: string
  during: DayRange
  households: number
  exemptDistricts: string[]
  exemptFacilities: string[]
  note: string
}

/** The whole city. `identities` belong to `residents` in the same order. */
export interface DemoCity extends ReturnRows {
  accounts: AccountRow[]
  facilities: FacilityRow[]
  facilityAdmissions: FacilityAdmissionRow[]
  facilityDistricts: FacilityDistrictRow[]
  places: PlaceRow[]
  closures: ClosureRow[]
  households: HouseholdRow[]
  householdChildren: HouseholdChildRow[]
  residents: ResidentRow[]
  identities: Identity[]
  circleMembers: CircleMemberRow[]
  occupancies: OccupancyRow[]
  stays: StayRow[]
  needs: NeedRow[]
  assessments: AssessmentRow[]
  shortfallRecords: ShortfallRow[]
  consents: ConsentRow[]
  neverTogether: NeverTogetherRow[]
  suppliers: SupplierRow[]
  frameworkAgreements: FrameworkAgreementRow[]
  qualityNotes: QualityNoteRow[]
  callOffs: CallOffRow[]
  purchaseBudgets: PurchaseBudgetRow[]
  quotas: QuotaRow[]
}
