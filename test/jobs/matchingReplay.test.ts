import t from 'tap'
import { unpackSnapshot } from '../../src/db/packedSnapshot.ts'
import { computeRun } from '../../src/domain/matching/run.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA, type Person, SAGENE } from '../support/fixtures.ts'
import { ended, startWorking } from '../support/queue.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)

/**
 * A flat that a mover leaves a room for, a second chain, two who want one room and must not meet, a house that takes one
 * more with extensive needs, somebody whom nothing fits, and one who could if a rule were relaxed.
 */
async function city(): Promise<{ flat: string; waiting: Person }> {
  const house = await given.facility({ name: 'Furuset bosenter', max_extensive_behaviour: 1 })
  const other = await given.facility({ name: 'Løkka bosenter', district_code: GRUNERLOKKA })
  const flat = await given.place(house)
  await given.place(other)
  const person = (district: string) => given.resident(district)
  for (const [facility, district] of [
    [house, ALNA],
    [other, GRUNERLOKKA],
  ] as const) {
    const room = await given.place(facility, { form: 'vel_care' })
    const mover = await person(district)
    await given.livesIn(mover, room)
    await given.need(mover)
    await given.need(await person(SAGENE), { forms: ['vel_care'], urgency_grounds: ['no_place_tonight'] })
  }
  const waiting = await person(ALNA)
  await given.need(waiting, { forms: ['vel_care'], urgency_grounds: ['eviction'] })
  const enemy = await person(GRUNERLOKKA)
  await given.need(enemy, { forms: ['vel_care'], behaviour: 3 })
  await given.apart(waiting, enemy)
  await given.need(await person(ALNA), { forms: ['assisted'] })
  await given.need(await person(SAGENE), { required_features: ['lift'] })
  return { flat, waiting }
}

t.test('a stored run is computed again from its snapshot, whatever became of the city', async (t) => {
  const { flat, waiting } = await city()
  const queue = await startWorking(app)
  try {
    const planner = await app.signedInAs({ role: 'planner' })
    const started = (await planner.post('/matching-runs')).json<{ id: string }>()
    const kept = async () =>
      (
        await owner.query(
          `select status, objective_version, urgency_version, as_of::text, city_version::integer, summary, snapshot, priced_places
             from matching_run where id = $1`,
          [started.id],
        )
      ).rows[0]
    await ended(planner, `/matching-runs/${started.id}`)
    const run = await kept()
    t.match(run.summary, { needs: 8, placed: 4, moves: 2, forbiddenMoves: Number })

    // the city goes on: the answer of then is not asked of the city of today
    await given.closed(flat, `[${TODAY},)`)
    await owner.query(`delete from need where household_id = $1`, [waiting.householdId])
    await owner.query(`update place set form = 'assisted' where form = 'municipal'`)

    const snapshot = unpackSnapshot(run.snapshot)
    t.same(
      [snapshot.policy.objective, snapshot.policy.urgency, snapshot.asOf, snapshot.cityVersion],
      [run.objective_version, run.urgency_version, run.as_of, run.city_version],
      'stored under the versions it was computed by',
    )
    const again = JSON.parse(JSON.stringify(computeRun(snapshot, () => 0, undefined, true)))
    const rows = await owner.query(
      `select pseudonym, holding_district as "holdingDistrict", outcome, urgency_class as "urgencyClass", place_id as "placeId",
              moves_on::text as "movesOn", chain, position, shortage, detail
         from matching_row where run_id = $1 order by pseudonym`,
      [started.id],
    )
    const byPseudonym = (a: { pseudonym: string }, b: { pseudonym: string }) => (a.pseudonym < b.pseudonym ? -1 : 1)
    t.same(rows.rows, again.rows.sort(byPseudonym), 'every need gets the same answer for the same reason')
    t.equal(rows.rows.length, 8)
    const chains = await owner.query(
      'select chain, kind, moves, frees, districts from matching_chain where run_id = $1 order by chain',
      [started.id],
    )
    t.same(chains.rows, again.chains, 'and so do the chains')
    t.equal(chains.rows.length, 2)
    const shortages = await owner.query(
      `select shortage, within, needs, deficit, place_ids as "placeIds", common, sentence from matching_shortage where run_id = $1 order by shortage`,
      [started.id],
    )
    t.same(shortages.rows, again.shortages, 'and where places are too few')
    t.ok(shortages.rows.length > 0)
    const prices = await owner.query(
      `select form, variant, district, fits, people, by_class as "byClass", released, moves from matching_price
         where run_id = $1 order by position`,
      [started.id],
    )
    const items = again.prices.items.map((item: { byClass: object }) => ({
      ...item,
      byClass: Object.values(item.byClass),
    }))
    t.same(prices.rows, items, 'and what one more place would change')
    t.ok(prices.rows.some(({ people }) => people > 0))
    t.same(run.priced_places, again.prices.usual)
    const untimed = ({ milliseconds: _, ...summary }: Record<string, unknown>) => summary
    t.same(untimed(run.summary), untimed(again.summary), 'and the comparison')

    const later = { ...snapshot, policy: { ...snapshot.policy, objective: snapshot.policy.objective + 1 } }
    t.throws(() => computeRun(later, () => 0), /no version/, 'of a policy that is not there nothing is made up')
  } finally {
    await queue.stop()
  }
})
