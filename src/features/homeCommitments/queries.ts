import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'

/** What bydeler have bound themselves to, as far as row security lets it be seen. */
function commitmentRows(db: Kysely<DB>) {
  return db
    .selectFrom('homeCommitment as word')
    .leftJoin('resident', (join) =>
      join.on(
        sql<boolean>`resident.household_id = word.household_id and not exists
          (select from resident as earlier where earlier.household_id = resident.household_id and earlier.id < resident.id)`,
      ),
    )
    .leftJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .leftJoin('place as home', 'home.id', 'word.placeId')
    .leftJoin('facility as house', 'house.id', 'home.facilityId')
    .select([
      'word.id',
      'word.version',
      'word.returnPlanId',
      'word.holdingDistrict',
      'word.readyOn',
      'word.committedOn',
      'word.placeId',
      'word.note',
      'word.settledOn',
      'word.withdrawnOn',
      'word.withdrawnNote',
      'word.synthetic',
      'resident.id as residentId',
      'identity.ciphertext',
      'home.label',
      'home.form',
      'house.name as facilityName',
    ])
    .select([
      sql<Day | null>`lower(home.open_during)`.as('opensOn'),
      sql<Day | null>`closes_on(home.id)`.as('closesOn'),
    ])
}

export type CommitmentRow = Awaited<ReturnType<ReturnType<typeof commitmentRows>['executeTakeFirstOrThrow']>>

export function commitmentById(db: Kysely<DB>, id: string) {
  return commitmentRows(db).where('word.id', '=', id).executeTakeFirst()
}

/** One page, the first to be ready first. */
export function commitmentPage(
  db: Kysely<DB>,
  {
    state,
    district,
    limit,
  }: { state: 'open' | 'settled' | 'withdrawn' | 'all'; district?: string | undefined; limit: number },
  after: readonly [Day, string] | undefined,
) {
  return commitmentRows(db)
    .$if(state === 'open', (query) => query.where('word.withdrawnOn', 'is', null).where('word.settledOn', 'is', null))
    .$if(state === 'settled', (query) => query.where('word.settledOn', 'is not', null))
    .$if(state === 'withdrawn', (query) => query.where('word.withdrawnOn', 'is not', null))
    .$if(district !== undefined, (query) => query.where('word.holdingDistrict', '=', district ?? ''))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(word.ready_on, word.id) > (${after?.[0] ?? null}::date, ${after?.[1] ?? null}::uuid)`),
    )
    .orderBy('word.readyOn')
    .orderBy('word.id')
    .limit(limit + 1)
    .execute()
}

export interface HomeRow {
  placeId: string
  label: string
  facilityId: string
  facilityName: string
  form: string
  district: string
  opensOn: Day
  closesOn: Day | null
  vacancyConfirmedAt: string | null
  taken: boolean
  /** Held for somebody else, by an offer or a reservation. */
  held: boolean
}

/** A place as a home to be ready by a day for a household. */
export async function homeById(db: Kysely<DB>, placeId: string, householdId: string): Promise<HomeRow | undefined> {
  const { rows } = await sql<HomeRow>`
    select p.id as place_id, p.label, f.id as facility_id, f.name as facility_name, p.form, f.district_code as district,
      lower(p.open_during) as opens_on, closes_on(p.id) as closes_on, f.vacancy_confirmed_at,
      exists (select from occupancy o where o.place_id = p.id and upper_inf(o.during)) as taken,
      exists (select from hold h where h.place_id = p.id and h.ended_at is null and (h.expires_at is null or h.expires_at > app_now())
        and not exists (select from need n where n.household_id = ${householdId}
          and (h.id in (select o.hold_id from offer o where o.need_id = n.id)
            or h.id in (select kept.id from need_hold kept where kept.need_id = n.id)))) as held
    from place p join facility f on f.id = p.facility_id where p.id = ${placeId}`.execute(db)
  return rows[0]
}

/** Homes of a form in a bydel that are free today or open later, and set aside for nobody: at most `limit`, the first to open first. */
export async function possibleHomes(
  db: Kysely<DB>,
  { district, forms, limit }: { district: string; forms: readonly string[]; limit: number },
): Promise<HomeRow[]> {
  const { rows } = await sql<HomeRow>`
    select p.id as place_id, p.label, f.id as facility_id, f.name as facility_name, p.form, f.district_code as district,
      lower(p.open_during) as opens_on, closes_on(p.id) as closes_on, f.vacancy_confirmed_at,
      false as taken, false as held
    from place p join facility f on f.id = p.facility_id
    where f.district_code = ${district} and p.form = any (${[...forms]}::text[])
      and coalesce(closes_on(p.id) > app_today(), true)
      and not exists (select from occupancy o where o.place_id = p.id and upper_inf(o.during))
      and not exists (select from hold h where h.place_id = p.id and h.ended_at is null
        and (h.expires_at is null or h.expires_at > app_now()))
      and p.id not in (select committed_places())
    order by greatest(lower(p.open_during), app_today()), f.name, p.label limit ${limit}`.execute(db)
  return rows
}
