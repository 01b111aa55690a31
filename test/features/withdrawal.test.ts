import { readFile } from 'node:fs/promises'
import t from 'tap'
import { placementDocument } from '../../src/cli/placementDocument.ts'
import { TRANSITIONS } from '../../src/domain/placement/transitions.ts'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const facilityId = await given.facility()
const at = (version: number) => ({ 'if-match': `"${version}"` })

async function needOf(columns: Record<string, unknown> = {}): Promise<string> {
  const needId = await given.need(await given.resident(ALNA), {
    forms: ['municipal', 'vel_coping'],
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    private_rental_considered_on: '2026-08-01',
    ...columns,
  })
  await given.assessment(needId, ALNA, officer.accountId)
  return needId
}
async function offered(needId: string, body: object = {}) {
  const placeId = await given.place(facilityId)
  const answer = await officer.post('/offers', { needId, placeId, moveInOn: '2026-09-15', ...body })
  if (answer.statusCode !== 201) t.fail(answer.body)
  return { ...(answer.json() as { id: string }), placeId }
}
const withdraw = (needId: string, reason: string, version = 1, who = officer) =>
  who.post(`/needs/${needId}/withdrawal`, { reason }, at(version))
const evidenceOf = async (needId: string) =>
  (await owner.query('select kind, form_needed from shortfall_record where need_id = $1', [needId])).rows
const openTasks = async (needId: string) =>
  (await officer.get(`/tasks?needId=${needId}`)).json().items.map(({ kind }: { kind: string }) => kind)

t.test('a need ends with what hangs on it: referrals, offers and their holds', async (t) => {
  const needId = await needOf()
  const reserved = await offered(needId)
  const open = await offered(needId, { reserve: false })
  const referral = (await officer.post('/referrals', { needId, form: 'vel_coping' })).json()
  const before = (await officer.get(`/needs/${needId}/withdrawability`)).json()
  t.match(before, { allowed: true, possibleOn: '2026-09-01', blockers: [] })
  t.same(
    before.withdrawnWith.map(({ kind, id, blocks, hold }: Record<string, unknown>) => [
      kind,
      id,
      blocks,
      hold !== null,
    ]),
    [
      ['offer', reserved.id, false, true],
      ['offer', open.id, false, false],
      ['referral', referral.id, false, false],
    ],
  )
  t.match(before.withdrawnWith[0], {
    name: /^H\d+, Furuset bosenter$/,
    hold: { expiresAt: '2026-09-08T22:00:00.000Z' },
  })
  t.equal((await neighbour.get(`/needs/${needId}/withdrawability`)).statusCode, 404)
  t.equal((await withdraw(needId, 'deceased', 1, neighbour)).statusCode, 404)
  t.equal((await withdraw(needId, 'deceased', 9)).statusCode, 412)

  t.match((await withdraw(needId, 'deceased')).json(), { status: 'withdrawn', endedReason: 'deceased', version: 2 })
  for (const { id } of [reserved, open])
    t.match((await officer.get(`/offers/${id}`)).json(), { state: 'withdrawn', withdrawn: { reason: 'need_ended' } })
  t.match((await officer.get(`/referrals/${referral.id}`)).json(), { state: 'withdrawn' })
  const { rowCount } = await owner.query('select from hold where place_id = $1 and ended_at is null', [
    reserved.placeId,
  ])
  t.equal(rowCount, 0, 'the place is free at once')
  t.same(await openTasks(needId), [])
  t.match((await officer.get(`/needs/${needId}/withdrawability`)).json(), {
    allowed: false,
    possibleOn: null,
    blockers: [{ kind: 'need', id: needId }],
    withdrawnWith: [],
  })
})

t.test('a signed lease stands in the way by name, until it is withdrawn itself', async (t) => {
  const needId = await needOf()
  const other = await offered(needId)
  const { id } = await offered(needId)
  await officer.post(`/offers/${id}/acceptance`, undefined, at(1))
  await officer.post(`/offers/${id}/lease`, { signedOn: '2026-09-01', during: { from: '2026-09-15', to: null } }, at(2))
  const blocked = await withdraw(needId, 'moved_within')
  t.match(blocked.json(), { status: 409, code: 'withdrawal_blocked', blocking: { kind: 'offer', id } }, blocked.body)
  t.match((await officer.get(`/needs/${needId}/withdrawability`)).json(), {
    allowed: false,
    possibleOn: null,
    blockers: [{ kind: 'offer', id, sentence: /Leiekontrakten/ }],
    withdrawnWith: [
      { id: other.id, blocks: false },
      { id, blocks: true, hold: { expiresAt: null } },
    ],
  })
  t.match((await officer.get(`/offers/${other.id}`)).json(), { state: 'sent' }, 'nothing was withdrawn half-way')
  await officer.post(`/offers/${id}/withdrawal`, { reason: 'needs_changed' }, at(3))
  t.match((await withdraw(needId, 'moved_within')).json(), { status: 'withdrawn' })
})

t.test('no suitable home is kept as shortfall, once, and the need stands where it stood', async (t) => {
  const needId = await needOf()
  const { id } = await offered(needId)
  t.match((await withdraw(needId, 'no_capacity')).json(), { status: 'registered', endedReason: null, version: 2 })
  t.match((await withdraw(needId, 'no_capacity', 2)).json(), { status: 'registered', version: 3 })
  t.same(await evidenceOf(needId), [{ kind: 'no_capacity', form_needed: 'municipal' }])
  t.match((await officer.get(`/offers/${id}`)).json(), { state: 'sent' })
  const draft = await needOf({ status: 'draft', forms: [] })
  t.match((await withdraw(draft, 'no_capacity')).json(), { status: 409, code: 'need_not_complete' })
  t.match((await withdraw(draft, 'deceased')).json(), { status: 'withdrawn' }, 'a draft can always end')
})

t.test('a reason nobody knows yet is asked for again', async (t) => {
  const needId = await needOf()
  t.match((await withdraw(needId, 'unknown_pending')).json(), { status: 'registered', version: 2 })
  t.same(await openTasks(needId), ['settle_reason'])
  t.same(await evidenceOf(needId), [])
})

t.test('who ends a need and who offers to it wait for each other', async (t) => {
  for (let round = 0; round < 8; round += 1) {
    const needId = await needOf()
    const placeId = await given.place(facilityId)
    const [ended] = await Promise.all([
      withdraw(needId, 'deceased'),
      officer.post('/offers', { needId, placeId, moveInOn: '2026-09-15' }),
      officer.post('/referrals', { needId, form: 'vel_coping' }),
    ])
    t.equal(ended?.statusCode, 200, ended?.body)
    const { rows } = await owner.query(
      `select (select count(*) from offer where need_id = $1 and withdrawn_at is null)::int as offers,
        (select count(*) from hold where place_id = $2 and ended_at is null)::int as holds,
        (select count(*) from referral where need_id = $1 and withdrawn_at is null)::int as referrals`,
      [needId, placeId],
    )
    t.same(rows, [{ offers: 0, holds: 0, referrals: 0 }], 'nothing is left hanging on a need that has ended')
  }
})

t.test('the table of placement is answered and written as it is enforced', async (t) => {
  const { items } = (await app.anonymous.get('/placement-transitions')).json()
  t.same(
    items.map(({ id }: { id: string }) => id),
    TRANSITIONS.map(({ id }) => id),
  )
  t.match(
    items.find(({ id }: { id: string }) => id === 'referral.give_place'),
    { roles: [{ id: 'intake_officer' }], to: { name: 'Fikk plass' }, preconditions: [{ code: 'need_not_open' }] },
  )
  t.same(items.find(({ id }: { id: string }) => id === 'offer.expire').roles, [], 'time alone')
  const file = await readFile(new URL('../../docs/placement.md', import.meta.url), 'utf8')
  t.equal(file, placementDocument())
  for (const { id } of TRANSITIONS) t.ok(file.includes(`### ${id}\n`), id)
})
