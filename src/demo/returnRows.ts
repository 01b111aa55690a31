import type { Day, DayRange } from '../domain/day.ts'
import type { PlanDays, PlanFields } from '../domain/returnPlan/plan.ts'

/** Rows of plans for moving home and of what closes, columns as in the migrations. All of them are made up and say so. */
export interface SupportTeamRow {
  id: string
  createdAt: string
  district: string
  name: string
  capacity: number | null
  newPerMonth: number | null
  outsideOfficeHours: boolean
  during: DayRange
  synthetic: boolean
}

export interface ReturnPlanDemoRow extends PlanFields, PlanDays {
  id: string
  createdAt: string
  householdId: string
  holdingDistrict: string
  stayId: string
  withdrawnReason: string | null
  synthetic: boolean
}

export interface ReturnPlanEventRow {
  id: string
  returnPlanId: string
  kind: 'begun' | 'agreed' | 'moved_home' | 'moved_elsewhere' | 'moved_back'
  occurredOn: Day
  recordedAt: string
  recordedBy: string
}

export interface HomeCommitmentRow {
  id: string
  createdAt: string
  returnPlanId: string
  householdId: string
  holdingDistrict: string
  readyOn: Day
  placeId: string | null
  committedOn: Day
  synthetic: boolean
}

export interface CapacityChangeRow {
  id: string
  createdAt: string
  placeId: string
  kind: 'opening' | 'closing'
  certainty: 'decided' | 'planned' | 'possible'
  synthetic: boolean
}

export interface ReturnRows {
  supportTeams: SupportTeamRow[]
  returnPlans: ReturnPlanDemoRow[]
  returnPlanEvents: ReturnPlanEventRow[]
  homeCommitments: HomeCommitmentRow[]
  capacityChanges: CapacityChangeRow[]
}
