import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { TODAY } from './app.ts'
import { type fixturesOf, insert, type Person } from './fixtures.ts'

/** A record of every kind that has somebody in it, by its kind. */
export type Records = Record<RecordKind, string>
export type RecordKind =
  | 'resident'
  | 'consent'
  | 'need'
  | 'offer'
  | 'referral'
  | 'hold'
  | 'decision'
  | 'appeal'
  | 'stay'
  | 'task'
  | 'callOff'
  | 'returnPlan'
  | 'homeCommitment'
  | 'chain'
  | 'matchingRun'
  | 'landlord'
  | 'import'

/** As a referral is kept, and what a run says of itself. */
const CONTENT = JSON.stringify({
  version: 1,
  writtenOn: TODAY,
  form: 'vel_coping',
  formName: 'Mestring',
  sections: [],
  missing: [],
})
const SUMMARY = JSON.stringify({
  needs: 1,
  places: 1,
  homes: 0,
  eligiblePairs: 1,
  placed: 1,
  moves: 0,
  byClass: [],
  byDistrict: [],
  causes: [],
  values: [],
  unboundedValues: [],
  boundValues: [],
  forbiddenMoves: 0,
  proven: true,
  comparison: [],
  milliseconds: { eligibility: 1, solve: 1, explain: 1, compare: 1 },
})

interface Where {
  owner: pg.Pool
  given: ReturnType<typeof fixturesOf>
  district: string
  /** Who wrote it all. */
  by: string
  /** A house that everything of hers is in. */
  house: string
  name?: string
  /** Of the person, as her protection. */
  columns?: Record<string, unknown>
}

/**
 * One person in everything that a person can be in, written past row security: lives in a bought place of the house, has a need
 * with an accepted offer, a referral, a reserved place, a decision with its appeal, a chain and a run; and another who lives in
 * an institution of VEL's and has a plan for moving home with a home bound to it. With protection both are protected, and `by`
 * alone is in their circles.
 */
export async function everythingOf({ owner, given, district, by, house, name = 'Kari Prøve', columns = {} }: Where) {
  const held = { holding_district: district }
  const about = (row: Record<string, unknown>) => ({ ...held, ...row })
  const at = `${TODAY}T08:00:00Z`
  const add = (table: string, row: Record<string, unknown>) => insert(owner, table, row)
  const person = await given.resident(district, { name, ...columns })
  const inVel = await given.resident(district, { name: `${name} i VEL`, ...columns })
  const guarded = 'address_protection' in columns ? [person, inVel] : []
  for (const one of guarded) await given.inCircle(one, by)
  await given.child(person)
  await given.apart(person, inVel)
  const consent = await given.consent(person)
  const bought = await given.place(house, { form: 'private_institution' })
  const stay = await given.livesIn(person, bought, '[2025-01-01,)', { form: 'private_institution' })
  const need = await given.need(person)
  await given.assessment(need, district, by)
  await add('need_event', about({ need_id: need, kind: 'reason_recorded', reason: 'no_capacity', recorded_at: at }))
  await add('stay_event', about({ stay_id: stay, kind: 'moved_in', occurred_on: '2025-01-01' }))
  await add('shortfall_record', about({ need_id: need, recorded_at: at, kind: 'refusal', form_needed: 'municipal' }))

  const supplier = await add('supplier', { name: `Leverandør ${randomUUID()}` })
  const callOff = await add(
    'call_off',
    about({
      stay_id: stay,
      supplier_id: supplier,
      price_per_day: 1000,
      ordered: '[2025-01-01,)',
      reason: 'no_own_place',
    }),
  )

  const offer = await add(
    'offer',
    about({
      need_id: need,
      place_id: await given.place(house),
      sent_at: at,
      sent_by: by,
      move_in_on: '2026-09-15',
      reply_by: '2026-09-08T22:00:00Z',
      frozen: '{}',
      form_needed: 'municipal',
      form_given: 'municipal',
      accepted_at: `${TODAY}T09:00:00Z`,
    }),
  )
  const referral = await add(
    'referral',
    about({
      need_id: need,
      form: 'vel_coping',
      content: CONTENT,
      sent_at: at,
      sent_by: by,
      answer_due_on: '2026-09-15',
    }),
  )
  const reserved = await given.place(house)
  const hold = await add('hold', about({ place_id: reserved, during: '[2026-09-10,)', reserved: true }))
  await add('need_hold', about({ id: hold, need_id: need, reserved_by: by }))
  const decision = await add(
    'decision',
    about({
      need_id: need,
      track: 'health_and_care',
      track_version: 1,
      outcome: 'refused',
      main_content: 'Nei.',
      reasons: 'Derfor.',
      drafted_by: by,
      issued_on: '2026-08-10',
      issued_by: by,
      appeal_body: 'Statsforvalteren',
      appeal_deadline: '2026-09-20',
    }),
  )
  const appeal = await add('appeal', about({ decision_id: decision, received_on: '2026-08-20' }))
  const task = await add(
    'task',
    about({ kind: 'settle_reason', need_id: need, due_on: '2026-09-10', reason: 'Se på saken.' }),
  )
  const landlord = await add('landlord', about({ name: 'Gårdeier' }))
  await add('rental_worksheet', about({ need_id: need, landlord_id: landlord }))

  return {
    person,
    inVel,
    places: { bought, reserved },
    records: {
      resident: person.residentId,
      consent,
      need,
      offer,
      referral,
      hold,
      decision,
      appeal,
      stay,
      task,
      callOff,
      landlord,
      ...(await returning({ owner, given, district, by, house }, inVel)),
      ...(await inChain({ owner, given, district, by, house }, need, reserved)),
      import: await add('import_report', {
        account_id: by,
        kind: 'needs',
        mode: 'dry_run',
        written: false,
        counts: '{"rows":0,"new":0,"changed":0,"unchanged":0,"bad":0}',
        bad_rows: '[]',
      }),
    } satisfies Records,
  }
}

/** Lives in an institution of VEL's, with a plan for moving home and a home bound to it. */
async function returning({ owner, given, district, by, house }: Where, person: Person) {
  const institution = await given.facility({ name: 'Ekelund', operator: 'Velferdsetaten', operator_kind: 'vel' })
  const stay = await given.livesIn(person, await given.place(institution, { form: 'vel_coping' }), '[2025-01-01,)', {
    form: 'vel_coping',
  })
  const returnPlan = await insert(owner, 'return_plan', {
    household_id: person.householdId,
    holding_district: district,
    stay_id: stay,
    home_district: district,
    verdict: 'right',
    verdict_reason: 'Vil hjem',
  })
  await insert(owner, 'return_plan_event', {
    return_plan_id: returnPlan,
    kind: 'begun',
    occurred_on: TODAY,
    recorded_at: `${TODAY}T08:00:00Z`,
    recorded_by: by,
  })
  const homeCommitment = await insert(owner, 'home_commitment', {
    return_plan_id: returnPlan,
    household_id: person.householdId,
    holding_district: district,
    ready_on: '2026-12-01',
    place_id: await given.place(house),
    committed_on: TODAY,
  })
  return { returnPlan, homeCommitment }
}

/** Has a step of a chain, and a row in a run that the district asked for. */
async function inChain({ owner, district, by }: Where, need: string, place: string) {
  const chain = await insert(owner, 'chain', { kind: 'chain', created_by: by, districts: [district] })
  await owner.query(
    `insert into chain_step (chain_id, position, place_id, district, planned_on, urgency_class)
     values ($1, 0, $2, $3, '2026-09-15', 4)`,
    [chain, place, district],
  )
  await owner.query('insert into chain_member (chain_id, position, need_id, holding_district) values ($1, 0, $2, $3)', [
    chain,
    need,
    district,
  ])
  const matchingRun = await insert(owner, 'matching_run', {
    kind: 'preview',
    districts: [district],
    status: 'completed',
    as_of: TODAY,
    requested_by: by,
    requested_at: `${TODAY}T08:00:00Z`,
    finished_at: `${TODAY}T08:00:00Z`,
    summary: SUMMARY,
  })
  await owner.query(
    `insert into matching_row (run_id, pseudonym, holding_district, outcome, urgency_class, place_id, moves_on, detail)
     values ($1, need_pseudonym($2), $3, 'proposed', 4, $4, '2026-09-15', $5)`,
    [matchingRun, need, district, place, '{"contributions":[],"conditions":[],"alternatives":[]}'],
  )
  return { chain, matchingRun }
}
