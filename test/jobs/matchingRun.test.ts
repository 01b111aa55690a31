import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { unpackInput } from '../../src/db/packedForecast.ts'
import { unpackSnapshot } from '../../src/db/packedSnapshot.ts'
import type { Day } from '../../src/domain/day.ts'
import { keepLivingCity } from '../../src/jobs/livingCity.ts'
import { type Client, TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA, PEOPLES_TABLES, SAGENE } from '../support/fixtures.ts'
import { query } from '../support/query.ts'
import { ended, startWorking } from '../support/queue.ts'
import { actor } from '../support/wall.ts'

interface Started {
  id: string
  status: string
  summary: { needs: number; placed: number } | null
}

/** Two houses of two districts with a place each, and three people who need one: more than there is. */
async function smallCity(test: Parameters<typeof testApp>[0]) {
  const app = await testApp(test)
  const given = fixturesOf(app)
  const alna = await given.facility({ name: 'Furuset bosenter' })
  const lokka = await given.facility({ name: 'Løkka bosenter', district_code: GRUNERLOKKA })
  await given.place(alna)
  await given.place(lokka)
  const people = [await given.resident(ALNA), await given.resident(ALNA), await given.resident(GRUNERLOKKA)]
  for (const person of people) await given.need(person)
  return { ...app, given }
}

const finished = (client: Client, id: string) => ended<Started>(client, `/matching-runs/${id}`)

interface Computed {
  id: string
  status: string
}

/** Asks for something that takes its time, and waits until it is there. */
async function computed(client: Client, path: string, body: object): Promise<Computed> {
  const asked = await client.post(path, body)
  if (asked.statusCode !== 202) throw new Error(asked.body)
  return ended(client, `${path}/${asked.json<Computed>().id}`)
}

t.test('a run over the city is a job, and each reader gets her slice', async (t) => {
  const { app, urls, deps, owner, given, signedInAs } = await smallCity(t)
  const queue = await startWorking({ urls, deps })
  try {
    const planner = await signedInAs({ role: 'planner' })
    const officer = await signedInAs({ role: 'housing_officer', districts: [ALNA] })
    const neighbour = await signedInAs({ role: 'housing_officer', districts: [SAGENE] })

    const started = await planner.post('/matching-runs', undefined, { 'idempotency-key': 'once' })
    t.equal(started.statusCode, 202)
    const again = await planner.post('/matching-runs', undefined, { 'idempotency-key': 'once' })
    t.equal(again.json<Started>().id, started.json<Started>().id, 'the same key starts one run')
    const run = await finished(planner, started.json<Started>().id)
    t.match(run, { status: 'completed', summary: { needs: 3, placed: 2 } })

    t.equal((await planner.get(`/matching-runs/${run.id}/proposals`)).statusCode, 403, 'a planner sees no person')
    const proposals = (await officer.get(`/matching-runs/${run.id}/proposals`)).json<{
      items: { place: { districtCode: string } }[]
    }>()
    const unmet = (await officer.get(`/matching-runs/${run.id}/unmet`)).json<{ items: { sentence: string }[] }>()
    t.equal(proposals.items.length, 1, 'of Alna’s two people one is given the place')
    t.equal(proposals.items[0]?.place.districtCode, ALNA)
    t.equal(unmet.items.length, 1, 'and the other is told why not')
    t.ok((unmet.items[0]?.sentence ?? '').length > 10)
    t.same((await neighbour.get(`/matching-runs/${run.id}/proposals`)).json().items, [], 'a third bydel sees nobody')
    const rowsSeen = await asActor(deps.db, actor('planner', planner), TODAY, ({ trx }) =>
      trx.selectFrom('matchingRow').selectAll().execute(),
    )
    t.same(rowsSeen, [], 'nor does a planner by SQL')

    const stored = await owner.query<{ snapshot: Buffer }>('select snapshot from matching_run where id = $1', [run.id])
    const snapshot = unpackSnapshot(stored.rows[0]?.snapshot ?? Buffer.alloc(0))
    t.notMatch(
      JSON.stringify(snapshot),
      /personalNumber|birthDate|"name":"[A-ZÆØÅ][a-zæøå]+ [A-ZÆØÅ]/,
      'the snapshot names nobody',
    )

    const preview = await officer.post('/matching-runs', { districts: [ALNA] })
    const own = await finished(officer, preview.json<Started>().id)
    t.match(
      own,
      { status: 'completed', summary: { needs: 2, placed: 2 } },
      'a preview is about the officer’s own people',
    )
    t.equal((await neighbour.get(`/matching-runs/${own.id}`)).statusCode, 404, 'and is not there for another bydel')
    t.equal((await officer.post('/matching-runs', { districts: [GRUNERLOKKA] })).statusCode, 422)

    // a preview of one need in the city that is kept up while it changes
    const city = keepLivingCity({ url: urls.jobUrl }, TODAY, deps.changes)
    deps.livingCity = city
    try {
      type Preview = { outcome: string; place: { districtCode: string } | null; eligible: number | null }
      const { rows: needs } = await owner.query<{ id: string }>(
        'select id from need where holding_district = $1 order by id',
        [ALNA],
      )
      const previews = () =>
        Promise.all(needs.map(async ({ id }) => (await officer.get(`/needs/${id}/city-preview`)).json<Preview>()))
      const outcomes = async () => (await previews()).map(({ outcome }) => outcome).sort()
      t.same(await outcomes(), ['nothing', 'proposed'], 'one of Alna’s two is given what the run gave')
      t.match(
        (await previews()).find(({ place }) => place !== null),
        { place: { districtCode: ALNA }, eligible: 2 },
      )
      t.equal(
        (await neighbour.get(`/needs/${needs[0]?.id}/city-preview`)).statusCode,
        404,
        'and a third bydel is told nothing',
      )
      t.equal((await planner.get(`/needs/${needs[0]?.id}/city-preview`)).statusCode, 403)
      // a place more, and a need less
      await given.place(
        (await owner.query<{ id: string }>(`select id from facility where name = 'Furuset bosenter'`)).rows[0]?.id ??
          '',
      )
      t.same(await outcomes(), ['proposed', 'proposed'])
      const gone = needs[0]?.id ?? ''
      await owner.query(
        `update need set status = 'withdrawn', ended_at = now(), ended_reason = 'moved_within' where id = $1`,
        [gone],
      )
      for (let tries = 0; tries < 100; tries += 1) {
        if ((await outcomes()).includes('not_registered')) break
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      t.same(await outcomes(), ['not_registered', 'proposed'])
    } finally {
      await city.close()
      delete deps.livingCity
    }

    t.equal((await app.inject({ url: '/livez' })).statusCode, 200)
  } finally {
    await queue.stop()
  }
})

t.test(
  'a draft is tried against the policy in force, and adopted by somebody else the next run is made by it',
  async (t) => {
    const { urls, deps, owner, given, signedInAs } = await smallCity(t)
    // only Grünerløkka's own may live in its house: with that a wish, the second of Alna is given its place
    await owner.query(`update facility set serves = 'own_district'`)
    await owner.query(
      `update need set registered_at = '2020-01-01', situation_since = '2020-01-01' where holding_district = $1`,
      [ALNA],
    )
    const secret = await given.resident(ALNA, { address_protection: 'strictly_confidential' })
    await given.need(secret)
    const queue = await startWorking({ urls, deps })
    try {
      const planner = await signedInAs({ role: 'planner', name: 'Pia Planlegger' })
      const administrator = await signedInAs({ role: 'administrator', name: 'Adam Administrator' })
      const officer = await signedInAs({ role: 'housing_officer', districts: [ALNA] })
      const neighbour = await signedInAs({ role: 'district_manager', districts: [GRUNERLOKKA] })
      type Trial = { id: string; status: string; city: unknown; byDistrict: { district: string }[] }

      const held = await planner.post('/policy-trials', { wishes: ['never_together'] })
      t.equal(held.statusCode, 422)
      t.match(held.json(), {
        errors: [{ pointer: '/wishes/0', code: 'held_by_law', detail: /helse- og omsorgstjenesteloven § 4-1/ }],
      })
      t.equal((await officer.post('/policy-trials', { chainMovesMax: 6 })).statusCode, 403)

      const asked = { wishes: ['district.served'] }
      const started = await planner.post('/policy-trials', asked, { 'idempotency-key': 'draft' })
      t.equal(started.statusCode, 202, started.body)
      const { id } = started.json<Trial>()
      t.equal((await planner.post('/policy-trials', asked, { 'idempotency-key': 'draft' })).json<Trial>().id, id)
      const whole = await ended<Trial>(planner, `/policy-trials/${id}`)
      t.match(whole, {
        status: 'completed',
        baseVersion: 1,
        baseInForce: true,
        beforeProven: true,
        afterProven: true,
        differences: ['«Bydelen botilbudet er for» er et ønske, ikke et krav.'],
        city: { before: { placed: 2 }, after: { placed: 2 } },
        byDistrict: [
          { district: GRUNERLOKKA, needs: 1, before: 1, after: 0, gained: 0, lost: 1 },
          { district: ALNA, needs: 3, before: 1, after: 2, gained: 1, lost: 0 },
        ],
      })
      t.equal((await planner.get(`/policy-trials/${id}/needs`)).statusCode, 403, 'a planner sees numbers and nobody')

      const own = (await officer.get(`/policy-trials/${id}`)).json<Trial>()
      t.equal(own.city, null)
      t.same(
        own.byDistrict.map(({ district }) => district),
        [ALNA],
        'her own bydel and no other',
      )
      const people = (await officer.get(`/policy-trials/${id}/needs`)).json<{
        items: { outcome: string; before: unknown }[]
      }>().items
      // where two answers are as good, another place may be given without the rule's doing
      t.same(
        people.filter(({ outcome }) => outcome !== 'moved').map(({ outcome, before }) => [outcome, before]),
        [['gained', null]],
      )
      t.equal((await officer.get(`/policy-trials/${id}/needs`)).body.includes(secret.residentId), false)
      t.match((await neighbour.get(`/policy-trials/${id}/needs`)).json(), { items: [{ outcome: 'lost', after: null }] })
      t.same(
        await asActor(deps.db, actor('planner', planner), TODAY, ({ trx }) =>
          trx.selectFrom('policyTrialRow').selectAll().execute(),
        ),
        [],
        'nor does a planner by SQL',
      )

      // what is computed before it is adopted
      const shortly = { until: '2026-11-01', runs: 100 }
      const earlier = await computed(planner, '/forecasts', shortly)
      const scenario = async (name: string) => {
        const written = await planner.post('/scenarios', { name, changes: [] })
        return { scenarioId: written.json<{ id: string }>().id }
      }
      const writtenBefore = await scenario('Før')

      // one proposes what she has read, and another one decides
      const say = (client: Client, what: string, body: object, tag: string) =>
        client.post(`/policy-trials/${id}/${what}`, body, { 'if-match': tag })
      t.equal((await planner.post(`/policy-trials/${id}/proposals`, { reason: 'Uten' })).statusCode, 428)
      const proposed = await say(planner, 'proposals', { reason: 'Ledige plasser skal brukes' }, '"1"')
      t.equal(proposed.statusCode, 201, proposed.body)
      t.equal(proposed.headers.etag, '"2"')
      t.equal((await say(administrator, 'adoption', { note: 'Gammelt' }, '"1"')).statusCode, 412)
      t.equal((await say(planner, 'adoption', { note: 'Min egen' }, '"2"')).statusCode, 403)
      t.equal((await say(officer, 'adoption', { note: 'Nei' }, '"2"')).statusCode, 403)
      await t.rejects(
        asActor(deps.db, actor('planner', planner), TODAY, ({ trx }) =>
          trx
            .updateTable('policyProposal')
            .set({ status: 'adopted', decidedBy: planner.accountId, decidedOn: TODAY as Day, policyVersion: 2 })
            .execute(),
        ),
        /policy_proposal_two_people/,
        'nor by SQL',
      )
      const adopted = await say(administrator, 'adoption', { note: 'Sett på tallene' }, '"2"')
      t.equal(adopted.statusCode, 201, adopted.body)
      t.match(adopted.json(), { proposal: { status: 'adopted', policyVersion: 2, decidedBy: 'Adam Administrator' } })

      t.match((await planner.get('/matching-policy')).json(), {
        version: 2,
        policy: { wishes: ['district.served'], chainMovesMax: 4 },
        versions: [
          {
            version: 2,
            author: 'Pia Planlegger',
            confirmedBy: 'Adam Administrator',
            reason: 'Ledige plasser skal brukes',
            validFrom: TODAY,
          },
          { version: 1, confirmedBy: null, differences: [] },
        ],
      })
      const run = await finished(planner, (await planner.post('/matching-runs')).json<Started>().id)
      t.match(run, {
        status: 'completed',
        objectiveVersion: 2,
        summary: { byDistrict: [{ placed: 0 }, { placed: 2 }] },
      })
      const given2 = (await officer.get(`/matching-runs/${run.id}/proposals`)).json()
      t.match(JSON.stringify(given2), /Bydelen botilbudet er for \(et ønske som plassen ikke oppfyller\)/)

      // and so is what is computed of the years to come, which says so; what was made before keeps saying by which it was
      const title = 'Regnet med regelen «Hva fordelingen legger vekt på», utgave'
      t.match((await planner.get(`/forecasts/${earlier.id}`)).json(), {
        policies: { objective: 1 },
        matchingPolicy: {
          version: 1,
          inForce: false,
          sentence: /^Regnet .* Siden er regelen endret: nå gjelder utgave 2\.$/,
        },
      })
      const used = {
        version: 2,
        validFrom: TODAY,
        inForce: true,
        sentence: `${title} 2, i kraft fra 1. september 2026.`,
      }
      const forecast = await computed(planner, '/forecasts', shortly)
      t.match(forecast, { status: 'completed', policies: { objective: 2 }, matchingPolicy: used })
      t.match(JSON.stringify(forecast), /Plasser kan gis til personer fra alle bydeler/, 'by what the new version says')
      const { rows: kept } = await owner.query<{ input: Buffer }>('select input from forecast where id = $1', [
        forecast.id,
      ])
      t.match(unpackInput(kept[0]?.input ?? Buffer.alloc(0)).policy, {
        version: 2,
        choices: { wishes: ['district.served'] },
      })
      const schedule = await computed(planner, '/return-schedules', {})
      t.match(schedule, { status: 'completed', policies: { objective: 2 }, matchingPolicy: used })
      const ask = { by: '2027-10-01', level: 50, runs: 50, forms: [{ form: 'colocated_24h' }] }
      t.match(await computed(planner, '/expansion-plans', ask), { policies: { objective: 2 }, matchingPolicy: used })
      const both = { ...shortly, scenarios: [writtenBefore, await scenario('Etter')] }
      t.match(await computed(planner, '/scenario-comparisons', both), {
        matchingPolicy: used,
        writtenUnder:
          'Scenarioene er skrevet under ulike utgaver av regelen «Hva fordelingen legger vekt på»: «Før» mens utgave 1 gjaldt og «Etter» mens utgave 2 gjaldt. Alt er regnet med utgave 2.',
      })

      // the rule is a wish wherever it is asked
      const needId = (await officer.get(`/policy-trials/${id}/needs`)).json<{ items: { needId: string }[] }>().items[0]
        ?.needId
      t.match((await officer.get(`/needs/${needId}/matches`)).json(), { total: 2 })
      t.equal(
        (await say(planner, 'proposals', { reason: 'Igjen' }, '"3"')).statusCode,
        409,
        'and it is not proposed twice',
      )
    } finally {
      await queue.stop()
    }
  },
)

t.test(
  'a queued run is cancelled, and what a crash left is done by the next, until it has lost three workers',
  async (t) => {
    const { urls, deps, owner, signedInAs } = await smallCity(t)
    const planner = await signedInAs({ role: 'planner' })
    const queued = (await planner.post('/matching-runs')).json<Started>()
    t.equal(queued.status, 'queued', 'with nobody working it waits')
    const other = await signedInAs({ role: 'planner' })
    t.equal((await other.post(`/matching-runs/${queued.id}/cancellation`)).statusCode, 403)
    t.equal((await planner.post(`/matching-runs/${queued.id}/cancellation`)).statusCode, 200)

    const crashed = (await planner.post('/matching-runs')).json<Started>()
    const last = (await planner.post('/matching-runs')).json<Started>()
    for (const [id, before] of [
      [crashed.id, 0],
      [last.id, 2],
    ]) {
      await owner.query(
        `update matching_run set status = 'running', started_at = now(), heartbeat_at = now() - interval '2 minutes',
         taking = gen_random_uuid(), workers_lost = $2 where id = $1`,
        [id, before],
      )
    }
    const read = async (id: string) => (await planner.get(`/matching-runs/${id}`)).json()
    t.match(await read(crashed.id), { status: 'queued', error: null }, 'whose worker is silent waits for another')
    t.match(await read(last.id), { status: 'failed', error: /tjenesten stoppet/ }, 'but not for ever')

    const queue = await startWorking({ urls, deps })
    try {
      await queue.add('sweep_matching_runs', {}, 'sweep')
      t.match(await finished(planner, queued.id), { status: 'cancelled' })
      t.match(await finished(planner, crashed.id), { status: 'completed' })
      const { rows } = await owner.query(
        'select status, error, workers_lost as lost from matching_run where id = any ($1) order by workers_lost',
        [[crashed.id, last.id]],
      )
      t.match(rows, [
        { status: 'completed', error: null, lost: 1 },
        { status: 'failed', error: /tjenesten stoppet/, lost: 3 },
      ])
    } finally {
      await queue.stop()
    }
  },
)

t.test('the jobs’ role reads features, and no person', async (t) => {
  const { urls } = await smallCity(t)
  for (const table of PEOPLES_TABLES) {
    await t.rejects(query(urls.jobUrl, `select * from ${table}`), /permission denied/, `${table} is closed to it`)
  }
  const [row] = await query(urls.jobUrl, 'select * from matching_need')
  t.notMatch(
    Object.keys(row ?? {}),
    /(^|_)(name|id|birth|number)/,
    'and the view has no name, number, birth date or id',
  )
})
