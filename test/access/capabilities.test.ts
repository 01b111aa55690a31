import t from 'tap'
import {
  CAPABILITIES,
  type Capability,
  capabilitiesOf,
  ROLE_NAMES,
  ROLES,
  SCOPES,
  scopeOf,
} from '../../src/access/capabilities.ts'
import { AREAS, CAPABILITY_NAMES, SCOPE_NAMES } from '../../src/access/capabilityNames.ts'

const ACTIONS = Object.keys(CAPABILITIES) as Capability[]
const SCOPE_WORDS = {
  all: 'all',
  own_district: 'of her bydel',
  own_facility: 'of her facility',
  referred_to_vel: 'of whom is referred',
  living_in_vel: 'of whom lives in VEL',
  own: 'her own',
  emergency: 'in an emergency',
}

/** The roles that may do `action`, each with how far it reaches. */
function inWords(action: Capability): string {
  const allowed = ROLES.flatMap((role) => {
    const scope = scopeOf(role, action)
    return scope === undefined ? [] : [`${role.replaceAll('_', ' ')} ${SCOPE_WORDS[scope]}`]
  })
  return allowed.length === ROLES.length && allowed.every((one) => one.endsWith(' all'))
    ? 'everybody all'
    : allowed.join(', ')
}

t.test('who may do what, in words', async (t) => {
  const bydel = 'housing officer of her bydel, district manager of her bydel'
  t.same(Object.fromEntries(ACTIONS.map((action) => [action, inWords(action)])), {
    read_reference: 'everybody all',
    read_inventory: 'everybody all',
    read_capacity: 'everybody all',
    maintain_facilities: 'district manager of her bydel, administrator all',
    maintain_places: 'district manager of her bydel, facility staff of her facility, administrator all',
    close_places: 'district manager of her bydel, facility staff of her facility, administrator all',
    read_residents: `${bydel}, facility staff of her facility`,
    register_residents: bydel,
    maintain_circles: bydel,
    break_glass: 'housing officer in an emergency, district manager in an emergency, intake officer in an emergency',
    read_break_glass: 'housing officer her own, district manager of her bydel, intake officer her own, auditor all',
    answer_break_glass: 'district manager of her bydel',
    read_needs: bydel,
    register_needs: bydel,
    match_needs: bydel,
    start_matching_runs: `${bydel}, planner all`,
    read_matching_runs: `${bydel}, planner all`,
    read_place_prices: 'district manager of her bydel, planner all',
    start_forecasts: 'planner all',
    read_forecasts: 'district manager all, planner all',
    write_scenarios: 'planner all',
    send_offers: bydel,
    reserve_places: bydel,
    answer_offers: bydel,
    read_offers: `${bydel}, intake officer of whom is referred, facility staff of her facility`,
    record_leases: `${bydel}, facility staff of her facility`,
    record_moves: `${bydel}, facility staff of her facility`,
    record_private_homes: bydel,
    read_stays: `${bydel}, facility staff of her facility`,
    send_referrals: bydel,
    answer_referrals: 'intake officer of whom is referred',
    read_referrals: `${bydel}, intake officer of whom is referred`,
    read_tasks: bydel,
    read_workday: bydel,
    complete_tasks: bydel,
    read_flags: 'housing officer all, district manager all, intake officer all, planner all',
    answer_flags: 'district manager of her bydel, planner all',
    read_costs: 'housing officer all, district manager all, planner all',
    maintain_agreements: 'district manager all, planner all',
    note_quality: bydel,
    read_call_offs: bydel,
    order_places: bydel,
    set_budgets: 'district manager of her bydel',
    read_return_plans: `${bydel}, planner of whom lives in VEL`,
    write_return_plans: `${bydel}, planner of whom lives in VEL`,
    read_return_figures: 'housing officer all, district manager all, planner all',
    start_return_schedules: 'planner all',
    commit_homes: 'district manager of her bydel',
    maintain_support_teams: 'district manager of her bydel',
    plan_closings: 'planner all',
    import_files: `${bydel}, planner all, administrator all`,
    import_places: 'administrator all',
    import_needs: bydel,
    import_stays: bydel,
    import_statistics: 'planner all, administrator all',
    read_papers: bydel,
    write_papers: bydel,
    issue_decisions: bydel,
    read_showings: bydel,
    review_showings: 'district manager of her bydel, auditor all',
    read_security_log: 'auditor all',
    lock_records: 'district manager of her bydel',
    export_cases: 'district manager of her bydel',
    read_data_gaps: 'district manager of her bydel',
    read_policy_trials: 'housing officer of her bydel, district manager of her bydel, planner all, administrator all',
    try_policies: 'planner all',
    adopt_policies: 'planner all, administrator all',
    maintain_rules: 'administrator all',
    confirm_rules: 'administrator all',
  })
})

t.test('the table is complete', async (t) => {
  t.same(Object.keys(ROLE_NAMES), ROLES, 'every role has its name')
  t.equal(new Set(Object.values(ROLE_NAMES)).size, ROLES.length, 'no two the same')
  t.same(Object.keys(CAPABILITY_NAMES).toSorted(), ACTIONS.toSorted(), 'every action has its words')
  t.equal(new Set(Object.values(CAPABILITY_NAMES).map(({ may }) => may)).size, ACTIONS.length, 'no two the same')
  for (const { area } of Object.values(CAPABILITY_NAMES)) t.ok(AREAS.includes(area), area)
  t.same(Object.keys(SCOPE_NAMES), SCOPES)
  for (const action of ACTIONS) {
    const row: Partial<Record<string, string>> = CAPABILITIES[action]
    const roles = Object.keys(row)
    t.ok(roles.length > 0, `${action}: somebody may`)
    t.same(
      roles.filter((role) => !(ROLES as readonly string[]).includes(role)),
      [],
      `${action}: every role is known`,
    )
    t.ok(
      Object.values(row).every((scope) => scope !== undefined && scope in SCOPE_WORDS),
      `${action}: every scope is known`,
    )
    for (const role of ROLES) {
      t.equal(scopeOf(role, action), row[role], `${role} ${action}`)
      t.equal(capabilitiesOf(role).includes(action), row[role] !== undefined, `${role} ${action}`)
    }
  }
})

t.test('what one role may do, in the table’s order', async (t) => {
  for (const role of ROLES) {
    t.same(
      capabilitiesOf(role),
      ACTIONS.filter((action) => scopeOf(role, action) !== undefined),
      role,
    )
  }
  t.same(capabilitiesOf('auditor'), [
    'read_reference',
    'read_inventory',
    'read_capacity',
    'read_break_glass',
    'review_showings',
    'read_security_log',
  ])
})

t.test('what no role may ever be given by a slip', async (t) => {
  const people = ACTIONS.filter((action) => CAPABILITY_NAMES[action].people)
  t.ok(people.length > 20)
  for (const action of people) {
    for (const role of ['auditor', 'administrator'] as const)
      t.equal(scopeOf(role, action), undefined, `${role}: no people`)
    for (const role of ROLES) t.not(scopeOf(role, action), 'all', `${role} ${action}: nobody sees every person`)
  }
  for (const action of ACTIONS) {
    t.equal(scopeOf('facility_staff', action) === 'own_district', false, `${action}: staff have a house, not a bydel`)
    t.equal(
      scopeOf('housing_officer', action) === 'own_facility',
      false,
      `${action}: officers have a bydel, not a house`,
    )
  }
})
