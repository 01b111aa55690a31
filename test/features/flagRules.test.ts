import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { measureFlagsOnce } from '../../src/db/flags.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { TODAY, testApp } from '../support/app.ts'
import { fixturesOf, GRUNERLOKKA, SAGENE } from '../support/fixtures.ts'

// Each rule in a bydel of its own: what it counts, beside what looks like it and is ignored, each with why.

const FROGNER = '030105'
const ULLERN = '030106'
const BJERKE = '030109'
const GRORUD = '030110'
const STOVNER = '030111'

const app = await testApp(t)
const { owner, urls } = app
const given = fixturesOf(app)
const planner = await app.signedInAs({ role: 'planner' })

type Columns = Record<string, unknown>
const who = (district: string, name: string) => given.resident(district, { name, birth_date: '1980-05-17' })
const waits = async (district: string, name: string, columns: Columns = {}) => {
  const person = await who(district, name)
  return { person, need: await given.need(person, columns) }
}
const ENDED = { status: 'closed', ended_at: '2026-08-20T08:00:00Z', ended_reason: 'housed' }

const skipped = async (need: string, district: string, recordedAt: string, kind = 'forced_skip') =>
  owner.query(
    `insert into shortfall_record (need_id, holding_district, recorded_at, kind, form_needed, form_given)
     values ($1, $2, $3, $4, 'colocated_24h', 'temporary')`,
    [need, district, recordedAt, kind],
  )

async function run(asOf = TODAY): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `insert into matching_run (kind, status, as_of, requested_by, requested_at, finished_at, summary)
     values ('city', 'completed', $1, $2, now(), now(), '{}') returning id`,
    [asOf, planner.accountId],
  )
  return rows[0]?.id ?? ''
}
const inRun = (runId: string, need: string, district: string, place: string | null, shortage: number | null = null) =>
  owner.query(
    `insert into matching_row (run_id, pseudonym, holding_district, outcome, urgency_class, place_id, detail, shortage)
     values ($1, need_pseudonym($2), $3, $4, 3, $5, '{}', $6)`,
    [runId, need, district, place === null ? 'unmet' : 'proposed', place, shortage],
  )
const shortage = (runId: string, number: number, within: number | null, needs: number, places: readonly string[]) =>
  owner.query(
    `insert into matching_shortage (run_id, shortage, within, needs, deficit, place_ids, common, sentence)
     values ($1, $2, $3, $4, $5, $6, '{}', 'x')`,
    [runId, number, within, needs, needs - places.length, places],
  )

const grunerlokka = await given.facility({ name: 'Nabohuset', district_code: GRUNERLOKKA })
const homes = await Promise.all(Array.from({ length: 4 }, () => given.place(grunerlokka, { form: 'colocated_24h' })))
const [own = '', ...shared] = homes

// step_without_places
const sagene = await given.facility({ name: 'Sagene gård', district_code: SAGENE })
await given.place(sagene, { form: 'municipal' })
await given.place(sagene, { form: 'colocated_day', open_during: '[2020-01-01,2026-08-10)' })
await waits(SAGENE, 'Trenger samlokalisert', { forms: ['colocated_24h', 'municipal'] })
await waits(SAGENE, 'Trenger samlokalisert, men har ingen ansvarlig bydel', {
  forms: ['colocated_day'],
  responsible_district: null,
})
await waits(SAGENE, 'Ignorert, fordi bydelen har en plass på trinnet', { forms: ['municipal', 'colocated_24h'] })
await waits(SAGENE, 'Ignorert, fordi trinnet er hele byens', { forms: ['vel_care'] })
await waits(SAGENE, 'Ignorert, fordi behovet er avsluttet', { forms: ['colocated_24h'], ...ENDED })
await waits(SAGENE, 'Ignorert, fordi behovet er et utkast', { forms: ['colocated_24h'], status: 'draft' })
await waits(GRUNERLOKKA, 'Ignorert, fordi hun hører til en annen bydel', { forms: ['colocated_24h'] })

// outside_responsible_district: 92 days before 1 September is 1 June
const away = { stay_district: GRUNERLOKKA }
await waits(FROGNER, 'Borte i 93 dager', { ...away, situation_since: '2026-05-31' })
await waits(FROGNER, 'Borte siden hun ble registrert', { ...away, registered_at: '2026-03-01T08:00:00Z' })
await waits(FROGNER, 'Ignorert, fordi det er 92 dager og ikke mer', { ...away, situation_since: '2026-06-01' })
await waits(FROGNER, 'Ignorert, fordi hun er i bydelen', { stay_district: FROGNER, situation_since: '2020-01-01' })
await waits(FROGNER, 'Ignorert, fordi ingen vet hvor hun er', { stay_district: null, situation_since: '2020-01-01' })
await waits(FROGNER, 'Ignorert, fordi behovet er avsluttet', { ...away, situation_since: '2020-01-01', ...ENDED })
await waits(GRORUD, 'Ignorert, fordi en annen bydel er ansvarlig', { situation_since: '2020-01-01' })

// forced_skip
for (const [name, at, kind] of [
  ['Fikk en annen form', '2025-09-02T08:00:00Z', 'forced_skip'],
  ['Ignorert, fordi det er over et år siden', '2025-08-30T08:00:00Z', 'forced_skip'],
  ['Ignorert, fordi ingen fikk noe', '2026-08-01T08:00:00Z', 'no_capacity'],
] as const)
  await skipped((await waits(ULLERN, name)).need, ULLERN, at, kind)
const abroad = await waits(GRORUD, 'Ignorert, fordi det var en annen bydel')
await skipped(abroad.need, GRORUD, '2026-08-01T08:00:00Z')

// bought_beside_own
const bought = await given.facility({ name: 'Kjøpte plasser', operator_kind: 'private', district_code: GRUNERLOKKA })
const boughtPlace = () => given.place(bought, { form: 'private_institution' })
const lives = async (name: string, columns: Columns = {}, form = 'private_institution') => {
  const { person, need } = await waits(BJERKE, name, columns)
  const place = form === 'private_institution' ? await boughtPlace() : await given.place(grunerlokka, { form })
  await given.livesIn(person, place, '[2025-01-01,)', { form })
  return need
}
// found on 20 August, not on the 22nd, and again from the 25th on: since then
await inRun(await run('2026-08-20'), await lives('Ignorert, fordi en senere kjøring ikke fant noe'), BJERKE, own)
await run('2026-08-22')
const earlier = await run('2026-08-25')
await inRun(earlier, await lives('Ignorert, fordi det var en tidligere kjøring'), BJERKE, own)
const newest = await run()
await inRun(newest, await lives('Kan få en egen plass'), BJERKE, own)
await inRun(newest, await lives('Ignorert, fordi forslaget er en kjøpt plass'), BJERKE, await boughtPlace())
await inRun(newest, await lives('Ignorert, fordi hun ikke fikk forslag'), BJERKE, null)
await inRun(newest, await lives('Ignorert, fordi hun bor i egen plass', {}, 'vel_care'), BJERKE, own)
await inRun(newest, await lives('Ignorert, fordi behovet er avsluttet', ENDED), BJERKE, own)

// certified_shortfall: seven of Stovner's for two homes, inside a shortage that Stovner shares, and one whom no place fits
await shortage(newest, 0, null, 10, shared)
await shortage(newest, 1, 0, 7, shared.slice(0, 2))
await shortage(newest, 2, null, 2, [])
const short = async (district: string, name: string, number: number | null) =>
  inRun(newest, (await waits(district, name)).need, district, null, number)
for (let i = 1; i <= 7; i += 1) await short(STOVNER, `Stovners, nummer ${i} om to boliger`, 1)
await short(STOVNER, 'Stovners, som ingen plass passer', 2)
await short(STOVNER, 'Ignorert, fordi hun deler plassene med en annen bydel', 0)
await short(STOVNER, 'Ignorert, fordi det er nok plasser til alle som henne', null)
for (const name of ['Grorud en', 'Grorud to']) await short(GRORUD, name, 0)
await short(GRORUD, 'Ignorert, fordi én er under grensen på fem', 2)

const jobs = openDatabase(openPool(urls.jobUrl, { max: 1 }))
await asActor(jobs, null, TODAY, (acting) => measureFlagsOnce(acting, true))
await jobs.destroy()

interface Found {
  id: string
  measured: number
  behind: number
  since: string
  sinceFrom: string
  sentence: string
}
const flagOf = async (ruleId: string, district: string) =>
  (await planner.get(`/flags?ruleId=${ruleId}&district=${district}`)).json<{ items: Found[] }>().items[0]

const RULES: [rule: string, district: string, measured: number, since: string, behind: string[]][] = [
  [
    'step_without_places',
    SAGENE,
    2,
    // the last home closed then, and the oldest of those who wait was registered before
    '2026-08-10 history',
    ['Trenger samlokalisert', 'Trenger samlokalisert, men har ingen ansvarlig bydel'],
  ],
  [
    'outside_responsible_district',
    FROGNER,
    2,
    // 93 days after the first of March
    '2026-06-02 history',
    ['Borte i 93 dager', 'Borte siden hun ble registrert'],
  ],
  ['forced_skip', ULLERN, 1, '2025-09-02 history', ['Fikk en annen form']],
  ['bought_beside_own', BJERKE, 1, '2026-08-25 history', ['Kan få en egen plass']],
  [
    'certified_shortfall',
    STOVNER,
    6,
    `${TODAY} raised`,
    [
      ...Array.from({ length: 7 }, (_, i) => `Stovners, nummer ${i + 1} om to boliger`),
      'Stovners, som ingen plass passer',
    ],
  ],
]

for (const [rule, district, measured, since, names] of RULES) {
  t.test(`${rule}: what it counts, and what it does not`, async (t) => {
    const flag = await flagOf(rule, district)
    t.match(flag, { measured, behind: names.length })
    t.equal(`${flag?.since} ${flag?.sinceFrom}`, since)
    const manager = await app.signedInAs({ role: 'district_manager', districts: [district] })
    const { items } = (await manager.get(`/flags/${flag?.id}/records?limit=100`)).json<{ items: { title: string }[] }>()
    t.same(items.map(({ title }) => title).sort(), names, 'the records behind it are those that it counts')
    const neighbour = await app.signedInAs({ role: 'district_manager', districts: [GRUNERLOKKA] })
    t.same((await neighbour.get(`/flags/${flag?.id}/records`)).json().items, [], 'and only her own bydel opens them')
  })
}

t.test('of a shortage the flag says how many go without, and how many ask for the same', async (t) => {
  t.match(
    (await flagOf('certified_shortfall', STOVNER))?.sentence,
    /6 behov, beregnet\. 8 behov venter på de samme plassene\./,
  )
  t.match(await flagOf('certified_shortfall', 'city'), { measured: 9, behind: 12 })
  t.equal(await flagOf('certified_shortfall', GRORUD), undefined)
})

t.test('what was recorded of shortfall is told beside it: how often, of which form, and of nobody', async (t) => {
  type Recorded = { from: string; records: number; items: { kind: string; formGivenName: string | null }[] }
  const recorded = async (query: string) => (await planner.get(`/shortages/recorded?${query}`)).json<Recorded>()
  const ullern = await recorded(`district=${ULLERN}`)
  t.match(ullern, {
    from: '2025-09-02',
    records: 2,
    items: [
      { kind: 'no_capacity', kindName: /fordi det manglet plass$/, records: 1, needs: 1 },
      { kind: 'forced_skip', formNeeded: 'colocated_24h', formGivenName: 'Midlertidig botilbud', records: 1 },
    ],
  })
  t.equal(
    (await recorded(`district=${ULLERN}&from=2025-01-01`)).records,
    3,
    'what is older counts where it is asked for',
  )
  t.match(await recorded('from=2026-08-01&to=2026-08-02'), { records: 2 }, 'a day, and every district')
  t.match(await recorded(`district=${FROGNER}`), { records: 0, items: [] })
  t.equal((await planner.get('/shortages/recorded?from=2026-01-01&to=2026-01-01')).statusCode, 422)
})

t.test('a home on the step closes the hole, after a week', async (t) => {
  await given.place(sagene, { form: 'colocated_24h' })
  const later = openDatabase(openPool(urls.jobUrl, { max: 1 }))
  t.teardown(() => later.destroy())
  const on = (day: string) => asActor(later, null, day, (acting) => measureFlagsOnce(acting, true))
  await on(TODAY)
  t.match(await flagOf('step_without_places', SAGENE), { measured: 0 })
  await on('2026-09-08')
  t.equal(await flagOf('step_without_places', SAGENE), undefined)
})
