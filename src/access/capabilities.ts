/**
 * Who may do what, as one table: role × action × scope. Routes, the web and the documentation read it;
 * row security in the database is the second wall.
 * Roles: domain.md of the design, after 003 3.1.1 (officers), 004 5.6 (the bydel decides) and the published tasks of VEL.
 */
export const ROLES = [
  'housing_officer',
  'district_manager',
  'intake_officer',
  'planner',
  'facility_staff',
  'auditor',
  'administrator',
] as const
export type Role = (typeof ROLES)[number]

export const ROLE_NAMES: Record<Role, string> = {
  housing_officer: 'Boligkonsulent',
  district_manager: 'Avdelingsleder i bydel',
  intake_officer: 'Felles inntak i Velferdsetaten',
  planner: 'Planlegger i Velferdsetaten',
  facility_staff: 'Ansatt på botilbud',
  auditor: 'Revisor',
  administrator: 'Administrator',
}

/**
 * Which records an allowed action reaches. VEL's people are reached by what she is to them: `referred_to_vel` while a bydel
 * has referred her and not taken it back, `living_in_vel` while she lives in one of VEL's institutions. `own`: what she
 * herself asked for. `emergency`: one person at a time, for an hour, with a reason that is gone through afterwards.
 */
export const SCOPES = [
  'all',
  'own_district',
  'own_facility',
  'referred_to_vel',
  'living_in_vel',
  'own',
  'emergency',
] as const
export type Scope = (typeof SCOPES)[number]

type Row = Partial<Record<Role, Scope>>

const everyone = {
  housing_officer: 'all',
  district_manager: 'all',
  intake_officer: 'all',
  planner: 'all',
  facility_staff: 'all',
  auditor: 'all',
  administrator: 'all',
} as const satisfies Row

export const CAPABILITIES = {
  read_reference: everyone,
  read_inventory: everyone,
  read_capacity: everyone,
  maintain_facilities: { district_manager: 'own_district', administrator: 'all' },
  maintain_places: { district_manager: 'own_district', facility_staff: 'own_facility', administrator: 'all' },
  close_places: { district_manager: 'own_district', facility_staff: 'own_facility', administrator: 'all' },
  read_residents: { housing_officer: 'own_district', district_manager: 'own_district', facility_staff: 'own_facility' },
  register_residents: { housing_officer: 'own_district', district_manager: 'own_district' },
  maintain_circles: { housing_officer: 'own_district', district_manager: 'own_district' },
  break_glass: { housing_officer: 'emergency', district_manager: 'emergency', intake_officer: 'emergency' },
  read_break_glass: {
    housing_officer: 'own',
    district_manager: 'own_district',
    intake_officer: 'own',
    auditor: 'all',
  },
  answer_break_glass: { district_manager: 'own_district' },
  read_needs: { housing_officer: 'own_district', district_manager: 'own_district' },
  register_needs: { housing_officer: 'own_district', district_manager: 'own_district' },
  match_needs: { housing_officer: 'own_district', district_manager: 'own_district' },
  start_matching_runs: { housing_officer: 'own_district', district_manager: 'own_district', planner: 'all' },
  read_matching_runs: { housing_officer: 'own_district', district_manager: 'own_district', planner: 'all' },
  // what one more place would change: a manager of places in her own bydel
  read_place_prices: { district_manager: 'own_district', planner: 'all' },
  start_forecasts: { planner: 'all' },
  read_forecasts: { district_manager: 'all', planner: 'all' },
  write_scenarios: { planner: 'all' },
  // placement: the bydel offers and answers with the person, intake gives VEL's places, the house records who comes and goes
  send_offers: { housing_officer: 'own_district', district_manager: 'own_district' },
  reserve_places: { housing_officer: 'own_district', district_manager: 'own_district' },
  answer_offers: { housing_officer: 'own_district', district_manager: 'own_district' },
  read_offers: {
    housing_officer: 'own_district',
    district_manager: 'own_district',
    intake_officer: 'referred_to_vel',
    facility_staff: 'own_facility',
  },
  record_leases: { housing_officer: 'own_district', district_manager: 'own_district', facility_staff: 'own_facility' },
  record_moves: { housing_officer: 'own_district', district_manager: 'own_district', facility_staff: 'own_facility' },
  // a lease with a landlord of her own is the bydel's and the person's: no house has a part in it
  record_private_homes: { housing_officer: 'own_district', district_manager: 'own_district' },
  read_stays: { housing_officer: 'own_district', district_manager: 'own_district', facility_staff: 'own_facility' },
  send_referrals: { housing_officer: 'own_district', district_manager: 'own_district' },
  answer_referrals: { intake_officer: 'referred_to_vel' },
  read_referrals: {
    housing_officer: 'own_district',
    district_manager: 'own_district',
    intake_officer: 'referred_to_vel',
  },
  read_tasks: { housing_officer: 'own_district', district_manager: 'own_district' },
  read_workday: { housing_officer: 'own_district', district_manager: 'own_district' },
  complete_tasks: { housing_officer: 'own_district', district_manager: 'own_district' },
  read_flags: { housing_officer: 'all', district_manager: 'all', planner: 'all', intake_officer: 'all' },
  answer_flags: { district_manager: 'own_district', planner: 'all' },
  // what is bought: figures and agreements are shared by those who steer, a purchase is of a person
  read_costs: { housing_officer: 'all', district_manager: 'all', planner: 'all' },
  maintain_agreements: { district_manager: 'all', planner: 'all' },
  note_quality: { housing_officer: 'own_district', district_manager: 'own_district' },
  read_call_offs: { housing_officer: 'own_district', district_manager: 'own_district' },
  order_places: { housing_officer: 'own_district', district_manager: 'own_district' },
  set_budgets: { district_manager: 'own_district' },
  // moving home: a bydel of its own people, VEL's planner of those who live in VEL's institutions; figures are shared
  read_return_plans: {
    housing_officer: 'own_district',
    district_manager: 'own_district',
    planner: 'living_in_vel',
  },
  write_return_plans: {
    housing_officer: 'own_district',
    district_manager: 'own_district',
    planner: 'living_in_vel',
  },
  read_return_figures: { housing_officer: 'all', district_manager: 'all', planner: 'all' },
  // who could move when: asked for by planners; numbers are read as the other figures, people as plans
  start_return_schedules: { planner: 'all' },
  commit_homes: { district_manager: 'own_district' },
  maintain_support_teams: { district_manager: 'own_district' },
  plan_closings: { planner: 'all' },
  import_files: {
    housing_officer: 'own_district',
    district_manager: 'own_district',
    planner: 'all',
    administrator: 'all',
  },
  import_places: { administrator: 'all' },
  import_needs: { housing_officer: 'own_district', district_manager: 'own_district' },
  import_stays: { housing_officer: 'own_district', district_manager: 'own_district' },
  import_statistics: { planner: 'all', administrator: 'all' },
  read_papers: { housing_officer: 'own_district', district_manager: 'own_district' },
  write_papers: { housing_officer: 'own_district', district_manager: 'own_district' },
  issue_decisions: { housing_officer: 'own_district', district_manager: 'own_district' },
  // who saw whom: a bydel of its own people, the auditor of all by pseudonym; what was refused is the auditor's alone
  read_showings: { housing_officer: 'own_district', district_manager: 'own_district' },
  review_showings: { district_manager: 'own_district', auditor: 'all' },
  read_security_log: { auditor: 'all' },
  // archive duty: a record is handed over to the case system and locked, never erased
  lock_records: { district_manager: 'own_district' },
  export_cases: { district_manager: 'own_district' },
  read_data_gaps: { district_manager: 'own_district' },
  // a draft of how places are shared out: tried by planners, decided by somebody else, read by all it is something to
  read_policy_trials: {
    housing_officer: 'own_district',
    district_manager: 'own_district',
    planner: 'all',
    administrator: 'all',
  },
  try_policies: { planner: 'all' },
  adopt_policies: { planner: 'all', administrator: 'all' },
  maintain_rules: { administrator: 'all' },
  confirm_rules: { administrator: 'all' },
} as const satisfies Record<string, Row>

export type Capability = keyof typeof CAPABILITIES

/** What a route takes that asks for no capability: nobody need be signed in, or anybody may be. */
export type Open = 'public' | 'signed_in'

export function isOpen(capability: Capability | Open): capability is Open {
  return capability === 'public' || capability === 'signed_in'
}

/** The row of a capability: which roles have it, and how far. */
export function scopesOf(capability: Capability): Row {
  return CAPABILITIES[capability]
}

/** The scope in which `role` may use `capability`, or undefined when it may not. */
export function scopeOf(role: Role, capability: Capability): Scope | undefined {
  return scopesOf(capability)[role]
}

/** Who asks, as far as it matters for what she may: a program's token may allow less than its role does. */
export interface Allowed {
  role: Role
  limitedTo?: readonly Capability[]
}

/** The scope in which somebody may use `capability`, or undefined when she may not. */
export function scopeFor({ role, limitedTo }: Allowed, capability: Capability): Scope | undefined {
  return limitedTo?.includes(capability) === false ? undefined : scopeOf(role, capability)
}

/** Everything `role` may do, in the table's order. */
export function capabilitiesOf(role: Role): Capability[] {
  return (Object.keys(CAPABILITIES) as Capability[]).filter((capability) => scopeOf(role, capability) !== undefined)
}
