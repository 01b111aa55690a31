import { scopeFor } from '../../access/capabilities.ts'
import type { Actor } from '../../db/actor.ts'
import type { Change } from '../../db/changes.ts'

/** What a page shows and can be told has changed; several tables can be behind one. */
export const TOPICS = [
  'places',
  'people',
  'needs',
  'offers',
  'referrals',
  'stays',
  'tasks',
  'papers',
  'chains',
  'returns',
  'forecasts',
  'security',
] as const
export type Topic = (typeof TOPICS)[number]

/**
 * Who must be able to read it, or else she is not even told that it moved: `inventory` is everybody's, `people` her own bydel's,
 * `forecasts` those who steer, `security` the auditor's.
 */
const TABLES: Record<string, { topic: Topic; reach: 'inventory' | 'people' | 'forecasts' | 'security' }> = {
  facility: { topic: 'places', reach: 'inventory' },
  place: { topic: 'places', reach: 'inventory' },
  closure: { topic: 'places', reach: 'inventory' },
  occupancy: { topic: 'places', reach: 'inventory' },
  hold: { topic: 'places', reach: 'inventory' },
  chain: { topic: 'chains', reach: 'inventory' },
  household: { topic: 'people', reach: 'people' },
  household_child: { topic: 'people', reach: 'people' },
  resident: { topic: 'people', reach: 'people' },
  consent: { topic: 'people', reach: 'people' },
  circle_member: { topic: 'people', reach: 'people' },
  break_glass: { topic: 'people', reach: 'people' },
  record_lock: { topic: 'people', reach: 'people' },
  never_together: { topic: 'people', reach: 'people' },
  need: { topic: 'needs', reach: 'people' },
  assessment: { topic: 'needs', reach: 'people' },
  offer: { topic: 'offers', reach: 'people' },
  need_hold: { topic: 'offers', reach: 'people' },
  referral: { topic: 'referrals', reach: 'people' },
  stay: { topic: 'stays', reach: 'people' },
  call_off: { topic: 'stays', reach: 'people' },
  task: { topic: 'tasks', reach: 'people' },
  decision: { topic: 'papers', reach: 'people' },
  appeal: { topic: 'papers', reach: 'people' },
  rental_worksheet: { topic: 'papers', reach: 'people' },
  return_plan: { topic: 'returns', reach: 'people' },
  home_commitment: { topic: 'returns', reach: 'people' },
  support_team: { topic: 'places', reach: 'inventory' },
  cross_district_quota: { topic: 'places', reach: 'inventory' },
  capacity_change: { topic: 'places', reach: 'inventory' },
  landlord: { topic: 'papers', reach: 'people' },
  forecast: { topic: 'forecasts', reach: 'forecasts' },
  scenario: { topic: 'forecasts', reach: 'forecasts' },
  scenario_comparison: { topic: 'forecasts', reach: 'forecasts' },
  security_event: { topic: 'security', reach: 'security' },
}

/**
 * What `actor` is told of a change, or undefined when it is none of hers: a bydel hears of its own people only, Felles inntak of
 * referrals and what follows from them, staff of a house of stays and offers (which of them she may see, her next request decides).
 */
export function topicFor(actor: Actor, { table, district }: Change): Topic | undefined {
  const entry = TABLES[table]
  if (entry === undefined) return undefined
  if (entry.reach === 'inventory') return entry.topic
  if (entry.reach === 'forecasts') return scopeFor(actor, 'read_forecasts') === undefined ? undefined : entry.topic
  if (entry.reach === 'security') return scopeFor(actor, 'read_security_log') === undefined ? undefined : entry.topic
  if (scopeFor(actor, 'read_needs') === 'own_district')
    return district !== null && actor.districts.includes(district) ? entry.topic : undefined
  if (actor.role === 'intake_officer')
    return entry.topic === 'referrals' || entry.topic === 'offers' ? entry.topic : undefined
  if (actor.role === 'facility_staff')
    return entry.topic === 'stays' || entry.topic === 'offers' ? entry.topic : undefined
  // VEL's planner sees plans and words of everybody who lives in VEL's institutions
  if (actor.role === 'planner') return entry.topic === 'returns' ? entry.topic : undefined
  return undefined
}
