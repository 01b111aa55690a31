import pg from 'pg'
import t from 'tap'
import { newKey, openKeyring } from '../../src/access/keyring.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { generateCity } from '../../src/demo/generate.ts'
import { loadDemoCity } from '../../src/demo/load.ts'
import { type Day, parseDay } from '../../src/domain/day.ts'
import { testDatabase } from '../support/database.ts'

const TODAY = parseDay('2026-09-01') as Day
const keyring = openKeyring(newKey('k1'), newKey('f1'))
const options = { asOf: TODAY, seed: 5, size: 'small' } as const
const city = generateCity(options)

t.test('the made city is what the database holds', async (t) => {
  const { ownerUrl, appUrl } = await testDatabase(t)
  const owner = openPool(ownerUrl, { max: 2 })
  const app = new pg.Pool({ connectionString: appUrl, max: 1 })
  const rows = async (text: string, values: unknown[] = []) => (await owner.query(text, values)).rows
  try {
    const before = await rows('select version from city_version')
    const told: [number, number, string][] = []
    await loadDemoCity(openDatabase(owner), keyring, options, (...said) => told.push(said))

    t.test('every row arrives', async (t) => {
      const counts = {
        account: city.accounts,
        facility: city.facilities,
        facility_admission: city.facilityAdmissions,
        facility_district: city.facilityDistricts,
        cross_district_quota: city.quotas,
        place: city.places,
        closure: city.closures,
        household: city.households,
        household_child: city.householdChildren,
        resident: city.residents,
        resident_identity: city.identities,
        circle_member: city.circleMembers,
        occupancy: city.occupancies,
        stay: city.stays,
        need: city.needs,
        assessment: city.assessments,
        shortfall_record: city.shortfallRecords,
        consent: city.consents,
        never_together: city.neverTogether,
        supplier: city.suppliers,
        framework_agreement: city.frameworkAgreements,
        quality_note: city.qualityNotes,
        call_off: city.callOffs,
        purchase_budget: city.purchaseBudgets,
        support_team: city.supportTeams,
        return_plan: city.returnPlans,
        return_plan_event: city.returnPlanEvents,
        home_commitment: city.homeCommitments,
        capacity_change: city.capacityChanges,
      }
      for (const [table, made] of Object.entries(counts)) {
        t.same(await rows(`select count(*)::int as n from ${table}`), [{ n: made.length }], table)
      }
      const total = Object.values(counts).reduce((sum, made) => sum + made.length, 0)
      t.same(told.at(-1)?.slice(0, 2), [total, total])
      t.ok(
        told.every(([done, all], index) => all === total && done > (told[index - 1]?.[0] ?? 0)),
        'progress only grows',
      )
    })

    t.test('it says which city it is', async (t) => {
      t.match(await rows('select as_of, seed from demo_city'), [{ as_of: '2026-09-01', seed: 5 }])
    })

    t.test('nothing of it is a change, and its version is raised once', async (t) => {
      t.same(await rows('select count(*)::int as n from change_log'), [{ n: 0 }])
      t.same(await rows('select version from city_version'), [{ version: before[0].version + 1 }])
      t.same(await rows("select tgname from pg_trigger where tgenabled <> 'O'"), [], 'every trigger is on again')
      await rows('update facility set pets_allowed = not pets_allowed where id = $1', [city.facilities[0]?.id])
      t.same(await rows('select count(*)::int as n from change_log'), [{ n: 1 }])
      t.same(await rows('select version from city_version'), [{ version: before[0].version + 2 }])
    })

    t.test('identities are sealed, each for its own resident, and found by their number', async (t) => {
      const [first] = city.residents
      const identity = city.identities[0]
      const [row] = await rows('select ciphertext, fingerprint from resident_identity where resident_id = $1', [
        first?.id,
      ])
      t.same(JSON.parse(keyring.open(row.ciphertext, first?.id ?? '')), identity)
      t.throws(() => keyring.open(row.ciphertext, city.residents[1]?.id ?? ''))
      t.same(row.fingerprint, keyring.fingerprint(identity?.personalNumber ?? ''))
      const stored =
        JSON.stringify(await rows('select * from resident')) + JSON.stringify(await rows('select * from household'))
      t.notOk(stored.includes(identity?.name ?? ''), 'no name lies beside the identity')
    })

    t.test('what is stored reads like what was made', async (t) => {
      const need = city.needs.find(({ neededDuring, status }) => neededDuring !== null && status === 'registered')
      const [stored] = await rows(
        'select *, lower(needed_during) as from, upper(needed_during) as to from need where id = $1',
        [need?.id],
      )
      t.same(stored.forms, need?.forms)
      t.same(stored.required_features, need?.requiredFeatures)
      t.same({ from: stored.from, to: stored.to }, need?.neededDuring)
      t.equal(stored.registered_at, need?.registeredAt)
      t.equal(stored.updated_at, need?.startedAt)
      const assessment = city.assessments[0]
      t.match(await rows('select life_areas from assessment where id = $1', [assessment?.id]), [
        { life_areas: assessment?.lifeAreas },
      ])
    })

    t.test('a bydel sees its own people and nobody else', async (t) => {
      const officer = city.accounts.find(({ username }) => username === 'officer_alna')
      const client = await app.connect()
      try {
        await client.query('begin')
        await client.query(
          "select set_config('app.actor', $1, true), set_config('app.role', 'housing_officer', true), set_config('app.districts', '030112', true)",
          [officer?.id],
        )
        const { rows: seen } = await client.query(
          'select holding_district, count(*)::int as n from resident group by 1',
        )
        const own = city.residents.filter(({ holdingDistrict }) => holdingDistrict === '030112').length
        t.same(seen, [{ holding_district: '030112', n: own }], 'protected people too, since she is in their circle')
        await client.query('rollback')
        t.same((await client.query('select count(*)::int as n from resident')).rows, [{ n: 0 }], 'and nobody sees none')
      } finally {
        client.release()
      }
    })

    t.test('a second city is refused and leaves the first as it was', async (t) => {
      await t.rejects(loadDemoCity(openDatabase(owner), keyring, { ...options, seed: 6 }))
      t.same(await rows('select count(*)::int as n from household'), [{ n: city.households.length }])
      t.same(await rows("select tgname from pg_trigger where tgenabled <> 'O'"), [])
    })
  } finally {
    t.teardown(async () => {
      await app.end()
      await owner.end()
    })
  }
})
