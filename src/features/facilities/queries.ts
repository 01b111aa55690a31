import { type Kysely, sql } from 'kysely'
import { unconfirmed } from '../../db/freshness.ts'
import { rangeFrom, rangeTo } from '../../db/range.ts'
import type { DB } from '../../db/types.generated.ts'
import { admitsOn, keptOn } from '../../db/vacancy.ts'
import type { Day } from '../../domain/day.ts'

/** Facilities with the districts they list and how many of their places are open and free on `today`. */
function facilityRows(db: Kysely<DB>, today: Day) {
  const open = sql<boolean>`p.facility_id = facility.id and p.open_during @> ${today}::date`
  return db
    .selectFrom('facility')
    .selectAll('facility')
    .select([rangeFrom('facility.openDuring').as('openFrom'), rangeTo('facility.openDuring').as('openTo')])
    .select([
      sql<number>`(select count(*) from place p where ${open})`.as('places'),
      sql<number>`(select count(*) from place p where ${open} and ${admitsOn('facility.id', today)}
        and not ${keptOn('p.id', today)}
        and not exists (select from occupancy o where o.place_id = p.id and o.during @> ${today}::date)
        and not exists (select from closure c where c.place_id = p.id and not c.admits and c.during @> ${today}::date))`.as(
        'freePlaces',
      ),
      sql<{ districtCode: string; from: Day; to: Day | null }[]>`(select coalesce(json_agg(json_build_object(
        'districtCode', d.district_code, 'from', lower(d.during), 'to', upper(d.during)) order by d.district_code, d.during), '[]')
        from facility_district d where d.facility_id = facility.id)`.as('served'),
    ])
}

export type FacilityRow = NonNullable<Awaited<ReturnType<typeof facilityById>>>

export function facilityById(db: Kysely<DB>, id: string, today: Day) {
  return facilityRows(db, today).where('facility.id', '=', id).executeTakeFirst()
}

/** One page by name and id, after `cursor`. */
export function facilityPage(
  db: Kysely<DB>,
  today: Day,
  limit: number,
  cursor: string[] | undefined,
  { district, confirmedBefore }: { district?: string | undefined; confirmedBefore?: Day | undefined },
) {
  return (
    facilityRows(db, today)
      .$if(district !== undefined, (query) => query.where('facility.districtCode', '=', district ?? ''))
      // a house that has closed for good, or has no places, has nothing to confirm
      .$if(confirmedBefore !== undefined, (query) =>
        query.where(unconfirmed('facility', confirmedBefore ?? today, today)),
      )
      .$if(cursor !== undefined, (query) =>
        query.where(sql<boolean>`(facility.name, facility.id::text) > (${cursor?.[0] ?? ''}, ${cursor?.[1] ?? ''})`),
      )
      .orderBy('facility.name')
      .orderBy(sql`facility.id::text`)
      .limit(limit + 1)
      .execute()
  )
}

export async function replaceServed(
  db: Kysely<DB>,
  facilityId: string,
  served: readonly { districtCode: string; during: { from: Day; to: Day | null } }[],
): Promise<void> {
  await db.deleteFrom('facilityDistrict').where('facilityId', '=', facilityId).execute()
  for (const { districtCode, during } of served) {
    await sql`insert into facility_district (facility_id, district_code, during)
      values (${facilityId}, ${districtCode}, daterange(${during.from}::date, ${during.to}::date))`.execute(db)
  }
}
