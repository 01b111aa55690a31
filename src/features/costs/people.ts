import { type Kysely, sql } from 'kysely'
import { openIdentity } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'
import type { GapPerson, GapQuery } from './schema.ts'

interface GapRow {
  id: string
  needId: string | null
  facilityId: string | null
  placeName: string | null
  since: Day
  residentId: string | null
  ciphertext: Buffer | null
}

const firstOfHousehold = (household: string) => sql`
  left join resident on resident.household_id = ${sql.ref(household)} and not exists
    (select from resident as earlier where earlier.household_id = resident.household_id and earlier.id < resident.id)
  left join resident_identity as identity on identity.resident_id = resident.id`

/**
 * The reader's own people behind the figures of the gap, by id: those in temporary accommodation, those ready to move on from an
 * institution, and those reported ready for discharge. The same that the figures count, as far as row security lets them be seen.
 * @returns a page, and one more
 */
export async function gapPeople(
  db: Kysely<DB>,
  keyring: Keyring,
  { situation, limit }: GapQuery,
  after: string | undefined,
): Promise<GapPerson[]> {
  const past = after ?? null
  const { rows } =
    situation === 'discharge_ready'
      ? await sql<GapRow>`
          select need.id, need.id as need_id, null::uuid as facility_id, null::text as place_name, resident.id as resident_id,
            identity.ciphertext, coalesce(need.situation_since, (need.registered_at at time zone 'Europe/Oslo')::date) as since
          from need ${firstOfHousehold('need.household_id')}
          where need.status = 'registered' and need.origin = 'specialist_care' and 'discharge_ready' = any (need.urgency_grounds)
            and coalesce(need.situation_since, (need.registered_at at time zone 'Europe/Oslo')::date) <= app_today()
            and (${past}::uuid is null or need.id > ${past}::uuid)
          order by need.id limit ${limit + 1}`.execute(db)
      : await sql<GapRow>`
          select stay.id, need.id as need_id, facility.id as facility_id, facility.name || ', ' || place.label as place_name,
            resident.id as resident_id, identity.ciphertext,
            case when ${situation} = 'ready' then stay.ready_to_move_on_since else lower(stay.during) end as since
          from stay join housing_form form on form.id = stay.form
          left join occupancy on occupancy.id = stay.occupancy_id left join place on place.id = occupancy.place_id
          left join facility on facility.id = place.facility_id
          left join need on need.household_id = stay.household_id and need.status = 'registered'
          ${firstOfHousehold('stay.household_id')}
          where upper_inf(stay.during) and case when ${situation} = 'temporary' then stay.form = 'temporary'
              else form.step = 1 and stay.form <> 'private_institution' and stay.ready_to_move_on_since <= app_today() end
            and (${past}::uuid is null or stay.id > ${past}::uuid)
          order by stay.id limit ${limit + 1}`.execute(db)
  return rows.map(({ residentId, ciphertext, ...row }) => ({
    ...row,
    residentName:
      residentId === null || ciphertext === null ? null : openIdentity(keyring, residentId, ciphertext).name,
  }))
}
