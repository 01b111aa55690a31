import { TODAY } from './app.ts'
import type { Life } from './canaryLife.ts'
import { ALNA, insert, type Person } from './fixtures.ts'

const OPEN = { from: '2020-01-01', to: null }
const LEASE = { from: '2026-09-01', to: '2031-09-01' }

/** Places that are held, offered, refused and moved into, by the bydel and by Felles inntak. */
export async function keepsPlacing({ send, owner, text, given, house, accounts, chains }: Life): Promise<void> {
  const ready = async (columns: Record<string, unknown> = {}) => {
    const need = await given.need(await given.resident(ALNA, { birth_date: '1980-05-17' }), {
      needed_during: '[2026-09-01,)',
      private_rental: 'not_possible',
      private_rental_considered_on: '2026-08-01',
      ...columns,
    })
    await given.assessment(need, ALNA, accounts.officer)
    return need
  }
  const wanted = async (columns: Record<string, unknown> = {}) => ({
    needId: await ready(columns),
    placeId: await given.place(house),
    moveInOn: '2026-09-15',
  })
  const sent = async (more: object = {}, columns = {}) =>
    send('sendOffer', 'officer', '/offers', { ...(await wanted(columns)), ...more })
  const accepted = async () => {
    const { id } = await sent()
    return send('acceptOffer', 'officer', `/offers/${id}/acceptance`)
  }
  const hold = await send('reservePlace', 'officer', '/holds', await wanted())
  await send('releaseHold', 'officer', `/holds/${hold.id}/release`)
  const overridden = { overrides: [{ id: 'private_rental_considered', reason: text }] }
  const unasked = { private_rental: 'not_considered', private_rental_considered_on: null }
  const declined = await sent(overridden, unasked)
  const refusal = { party: 'resident', reason: 'area', note: text }
  await send('declineOffer', 'officer', `/offers/${declined.id}/decline`, refusal)
  const longer = await sent()
  await send('extendOffer', 'officer', `/offers/${longer.id}/extension`, { answerBy: '2026-09-12' })
  await send('withdrawOffer', 'officer', `/offers/${longer.id}/withdrawal`, { reason: 'needs_changed' }, 2)
  const never = await accepted()
  // the day that she was to come is over
  await owner.query(`update offer set move_in_on = '2026-08-25' where id = $1`, [never.id])
  const absence = { reason: 'no_contact', note: text }
  await send('recordNonArrival', 'staff', `/offers/${never.id}/non-arrival`, absence, never.version + 1)
  const moving = await accepted()
  const lease = { signedOn: TODAY, during: LEASE, termReason: text }
  const signed = await send('signLease', 'staff', `/offers/${moving.id}/lease`, lease, moving.version)
  await send('moveIn', 'staff', `/offers/${moving.id}/move-in`, { on: TODAY }, signed.version)

  const refer = async () =>
    send('sendReferral', 'officer', '/referrals', {
      needId: await ready({ forms: ['vel_coping'], what_matters: text }),
      form: 'vel_coping',
    })
  const waits = await refer()
  const answer = { answer: 'waiting', note: text }
  const waiting = await send('answerReferral', 'intake', `/referrals/${waits.id}/answer`, answer)
  const because = { reason: 'needs_changed' }
  await send('withdrawReferral', 'officer', `/referrals/${waits.id}/withdrawal`, because, waiting.version)

  const lives = async (columns: Record<string, unknown> = {}, form = 'municipal') =>
    given.livesIn(
      await given.resident(ALNA, { birth_date: '1980-05-17' }),
      await given.place(house, { form }),
      undefined,
      {
        form,
        ...columns,
      },
    )
  const leaving = `/stays/${await lives()}`
  const left = await send('departFromStay', 'staff', `${leaving}/departure`, {
    on: TODAY,
    reason: 'own_wish',
    note: text,
  })
  const back = { on: null, reason: 'did_not_move', note: text }
  await send('correctDeparture', 'staff', `${leaving}/departure-correction`, back, left.version)
  const corrected = { on: '2025-01-05', reason: 'wrong_day', note: text }
  await send('correctMoveIn', 'staff', `/stays/${await lives()}/move-in-correction`, corrected)
  const longerStay = { expectedUntil: '2027-01-01', reason: 'next_home_not_ready', note: text }
  await send('extendStay', 'staff', `/stays/${await lives({ expected_until: '2026-12-01' })}/extension`, longerStay)
  const better = { placeId: await given.place(house), on: TODAY, reason: 'better_fit', note: text }
  await send('transferStay', 'officer', `/stays/${await lives()}/transfer`, better)

  const { runId } = await chains.proposedChain([ALNA])
  const chain = await send('startChain', 'officer', '/chains', { runId, chain: 0 })
  await send('leaveChain', 'officer', `/chains/${chain.id}/withdrawal`, { position: 0 })
}

/** What is bought, and what is flagged. */
export async function keepsPurchases({ send, text, given, house, owner }: Life): Promise<void> {
  const supplier = await send('addSupplier', 'manager', '/suppliers', { name: text })
  await send('renameSupplier', 'planner', `/suppliers/${supplier.id}`, { name: `2 ${text}` })
  const agreement = await send('addFrameworkAgreement', 'manager', '/framework-agreements', {
    supplierId: supplier.id,
    title: text,
    pricePerDay: 9000,
    valid: OPEN,
    note: text,
  })
  await send('changeFrameworkAgreement', 'planner', `/framework-agreements/${agreement.id}`, { note: `2 ${text}` })
  // all bydeler read it, so a number is refused
  const withoutNumber = text.replace(/\d{11}/, '')
  const note = { supplierId: supplier.id, district: ALNA, notedOn: TODAY, kind: 'concern', body: withoutNumber }
  const noted = await send('addQualityNote', 'officer', '/quality-notes', note)
  await send('withdrawQualityNote', 'officer', `/quality-notes/${noted.id}/withdrawal`)
  const order = {
    stayId: await given.livesIn(
      await given.resident(ALNA),
      await given.place(house, { form: 'private_institution' }),
      undefined,
      { form: 'private_institution' },
    ),
    supplierId: supplier.id,
    pricePerDay: 9000,
    from: '2026-01-01',
    reason: 'no_own_place',
    note: text,
  }
  const bought = await send('addCallOff', 'officer', '/call-offs', order)
  await send('changeCallOff', 'officer', `/call-offs/${bought.id}`, { note: `2 ${text}` })
  await send('setPurchaseBudget', 'manager', `/purchase-budgets/${ALNA}/2026`, { amount: 1_000_000 }, 0)
  for (const [id, verb, body] of [
    ['acknowledgeFlag', 'acknowledgement', { comment: text }],
    ['assignFlag', 'assignment', { to: text, comment: text }],
    ['resolveFlag', 'resolution', { comment: text }],
  ] as const) {
    const flag = await insert(owner, 'flag', {
      rule_id: 'vacancy_beside_queue',
      rule_version: 1,
      district: ALNA,
      subject: verb,
      basis: 'computed',
      measured: 2,
      threshold: 1,
      against: '[]',
      source: 'F',
      opened_at: `${TODAY}T08:00:00Z`,
      measured_at: `${TODAY}T08:00:00Z`,
      since: TODAY,
      since_from: 'raised',
      behind: 0,
    })
    await send(id, 'manager', `/flags/${flag}/${verb}`, body)
  }
}

/** Moving home from VEL, and the plans toward 2030. */
export async function keepsPlans(life: Life): Promise<void> {
  const { send, text, given, house } = life
  const vel = await given.facility({ name: 'Ekelund', operator: 'Velferdsetaten', operator_kind: 'vel' })
  const inVel = async (): Promise<Person> => {
    const person = await given.resident(ALNA, { birth_date: '1980-05-17' })
    const bed = await given.place(vel, { form: 'vel_coping' })
    await given.livesIn(person, bed, '[2025-01-01,)', { form: 'vel_coping' })
    return person
  }
  const during = { from: '2024-01-01', to: null }
  const team = await send('addSupportTeam', 'manager', '/support-teams', { district: ALNA, name: text, during })
  await send('changeSupportTeam', 'manager', `/support-teams/${team.id}`, { name: `2 ${text}` })
  const whole = {
    verdict: 'right',
    verdictReason: text,
    targetForm: 'municipal',
    earliestOn: '2026-12-01',
    targetOn: '2027-03-01',
    ownPart: 'answered',
    ownPartOn: '2026-08-20',
    ownWords: text,
    districtOwner: text,
    velContact: text,
    supportTeamId: team.id,
    supportFrom: '2027-01-01',
  }
  const begin = async () =>
    send('beginReturnPlan', 'officer', '/return-plans', { residentId: (await inVel()).residentId, ...whole })
  const plan = await begin()
  const changed = await send('changeReturnPlan', 'planner', `/return-plans/${plan.id}`, { ownWords: `2 ${text}` })
  const agreed = { note: text }
  await send('agreeReturnPlan', 'officer', `/return-plans/${plan.id}/agreement`, agreed, changed.version)
  const home = await given.place(house)
  const word = await send('commitHome', 'manager', '/home-commitments', {
    returnPlanId: plan.id,
    readyOn: '2027-02-01',
    placeId: home,
    note: text,
  })
  const other = await send('changeHomeCommitment', 'manager', `/home-commitments/${word.id}`, { note: `2 ${text}` })
  const because = { note: text }
  await send('withdrawHomeCommitment', 'manager', `/home-commitments/${word.id}/withdrawal`, because, other.version)
  const stopped = await begin()
  const declined = { reason: 'other', note: text }
  await send('withdrawReturnPlan', 'planner', `/return-plans/${stopped.id}/withdrawal`, declined)
  const moved = await begin()
  const version = (await send('agreeReturnPlan', 'officer', `/return-plans/${moved.id}/agreement`, agreed)).version
  await movesHome(life, moved.id)
  const outcome = { outcome: 'moved_home', on: TODAY, note: text }
  await send('recordReturnOutcome', 'officer', `/return-plans/${moved.id}/outcome`, outcome, version)
  const later = await given.place(house, { open_during: '[2027-01-01,)' })
  const sure = { kind: 'opening', certainty: 'planned', note: text }
  await send('sayCertainty', 'planner', `/places/${later}/certainty`, sure, 0)

  const changes = [{ kind: 'open_places', from: '2027-08-01', district: ALNA, form: 'municipal', places: 3 }]
  const scenario = await send('createScenario', 'planner', '/scenarios', { name: text, note: text, changes })
  const next = { name: `2 ${text}`, note: text, changes }
  const newest = await send('changeScenario', 'planner', `/scenarios/${scenario.id}/versions`, next)
  for (const [id, path, body] of [
    ['MatchingRun', '/matching-runs', {}],
    ['Forecast', '/forecasts', { runs: 100 }],
    ['ScenarioComparison', '/scenario-comparisons', { scenarios: [{ scenarioId: scenario.id }] }],
    ['ReturnSchedule', '/return-schedules', {}],
    ['ExpansionPlan', '/expansion-plans', {}],
  ] as const) {
    const job = await send(`start${id}`, 'planner', path, body)
    await send(`cancel${id}`, 'planner', `${path}/${job.id}/cancellation`)
  }
  await send('archiveScenario', 'planner', `/scenarios/${scenario.id}/archival`, undefined, newest.version)
}

/** A draft of the policy: tried, proposed, and declined or adopted by somebody else. */
export async function keepsPolicy({ send, owner, text }: Life): Promise<void> {
  const draft = { chainMovesMax: 2 }
  const stopped = await send('startPolicyTrial', 'planner', '/policy-trials', draft)
  await send('cancelPolicyTrial', 'planner', `/policy-trials/${stopped.id}/cancellation`)
  const side = { placed: 0, moves: 0, eligiblePairs: 0, values: [], milliseconds: 1, proven: true }
  const proposed = async () => {
    const { id } = await send('startPolicyTrial', 'planner', '/policy-trials', draft)
    // as its job would leave it
    await owner.query(
      `update policy_trial set status = 'completed', finished_at = requested_at, result = $2 where id = $1`,
      [id, JSON.stringify({ before: side, after: side })],
    )
    await send('proposePolicy', 'planner', `/policy-trials/${id}/proposals`, { reason: text })
    return `/policy-trials/${id}`
  }
  await send('declinePolicy', 'administrator', `${await proposed()}/refusal`, { note: text }, 2)
  await send('adoptPolicy', 'administrator', `${await proposed()}/adoption`, { note: text }, 2)
}

/** She of a plan leaves the institution today, and moves into a home. */
async function movesHome({ owner, given, house }: Life, planId: string): Promise<void> {
  const { rows } = await owner.query<{ residentId: string; householdId: string; occupancyId: string; stayId: string }>(
    `select r.id as "residentId", p.household_id as "householdId", s.id as "stayId", s.occupancy_id as "occupancyId"
     from return_plan p join stay s on s.household_id = p.household_id join resident r on r.household_id = p.household_id
     where p.id = $1`,
    [planId],
  )
  const [her] = rows
  if (her === undefined) throw new Error('the plan is of nobody')
  const end = 'during = daterange(lower(during), $2)'
  await owner.query(`update occupancy set ${end} where id = $1`, [her.occupancyId, TODAY])
  await owner.query(`update stay set ${end} where id = $1`, [her.stayId, TODAY])
  await given.livesIn({ ...her, district: ALNA }, await given.place(house), `[${TODAY},)`)
}
