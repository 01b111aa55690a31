import { asActor } from '../../src/db/actor.ts'
import { sweepPlacement } from '../../src/db/placementSweep.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { type TestApp, TODAY } from './app.ts'
import type { fixturesOf, Person } from './fixtures.ts'

/** Who moves in a chain: first into a vacant place, then each into the home that the one before leaves. */
export interface Member {
  person: Person
  district: string
  needId: string
  /** Where she is to move. */
  placeId: string
  /** Of the home that she leaves. */
  stayId: string
}

/** Chains as a run has proposed them, and what time alone brings about. */
export function chainsOf(app: TestApp, given: ReturnType<typeof fixturesOf>) {
  const { owner } = app
  return {
    /** @param form of every place in it: one that is let, or one that is given by decision, which everybody has */
    async proposedChain(
      districts: readonly string[],
      form: 'municipal' | 'long_term_home' | 'vel_coping' = 'municipal',
      on = '2026-09-15',
    ): Promise<{ runId: string; facilityId: string; members: Member[] }> {
      const facilityId = await given.facility({ name: 'Kjedehuset' })
      let placeId = await given.place(facilityId, { form })
      const members: Member[] = []
      const moves: object[] = []
      for (const district of districts) {
        const person = await given.resident(district)
        const home = await given.place(facilityId, { form })
        const stayId = await given.livesIn(person, home, undefined, { form })
        const needId = await given.need(person, {
          forms: [form],
          service_decision_on: form === 'municipal' ? null : '2026-08-01',
          needed_during: '[2026-09-01,2027-06-01)',
          private_rental: 'not_possible',
          private_rental_considered_on: '2026-08-01',
        })
        await owner.query(
          `insert into assessment (need_id, holding_district, assessed_on, created_by)
           values ($1, $2, '2026-08-01', (select id from account limit 1))`,
          [needId, district],
        )
        members.push({ person, district, needId, placeId, stayId })
        moves.push({ placeId, fromPlaceId: home, on, urgencyClass: 4, form, district })
        placeId = home
      }
      const { rows } = await owner.query<{ id: string }>(
        `insert into matching_run (kind, status, as_of, requested_by, requested_at, summary)
         values ('city', 'completed', $1, (select id from account limit 1), now(), '{}') returning id`,
        [TODAY],
      )
      const runId = rows[0]?.id ?? ''
      await owner.query(
        `insert into matching_chain (run_id, chain, kind, moves, frees, districts) values ($1, 0, 'chain', $2, $3, $4)`,
        [runId, JSON.stringify(moves), placeId, [...new Set(districts)]],
      )
      for (const [position, { needId, district, placeId: to }] of members.entries()) {
        await owner.query(
          `insert into matching_row (run_id, pseudonym, holding_district, outcome, urgency_class, place_id, moves_on, chain, position, detail)
           values ($1, need_pseudonym($2), $3, 'proposed', 4, $4, $6, 0, $5, '{}')`,
          [runId, needId, district, to, position, on],
        )
      }
      return { runId, facilityId, members }
    },

    /** What the job does every minute, under its own role. */
    async sweep(): Promise<void> {
      const pool = openPool(app.urls.jobUrl, { max: 1 })
      try {
        await asActor(openDatabase(pool), null, TODAY, sweepPlacement)
      } finally {
        await pool.end()
      }
    },
  }
}
