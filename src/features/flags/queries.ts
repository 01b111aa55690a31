import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Acting } from '../../db/actor.ts'
import { newestRun } from '../../db/matchingRun.ts'
import { applicantOf, ownRunPeople } from '../../db/needs.ts'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'
import { FORMS } from '../../domain/ladder.ts'
import { FLAG_RULES } from '../../reference/flagRules.ts'
import { ruleById } from '../../reference/rules.ts'

const { parameters } = ruleById('flags')

const RULE_IDS = FLAG_RULES.map(({ id }) => id)
/** A rule's place in the list of rules. */
const ruleOrder = (ruleId: RawBuilder<unknown>) =>
  sql<number>`coalesce(array_position(${RULE_IDS}::text[], ${ruleId}::text), 0)`

/** Flags, those of the whole city first, then by district and in the order of the rules. */
export function flagRows(db: Kysely<DB>) {
  return db.selectFrom('flag').selectAll()
}

export type FlagRow = NonNullable<Awaited<ReturnType<ReturnType<typeof flagRows>['executeTakeFirst']>>>

export function flagPage(
  db: Kysely<DB>,
  asked: { district?: string | undefined; ruleId?: string | undefined; closed: boolean; limit: number },
  after: string[] | undefined,
) {
  return flagRows(db)
    .where('closedAt', asked.closed ? 'is not' : 'is', null)
    .$if(asked.district === 'city', (query) => query.where('district', 'is', null))
    .$if(asked.district !== undefined && asked.district !== 'city', (query) =>
      query.where('district', '=', asked.district ?? ''),
    )
    .$if(asked.ruleId !== undefined, (query) => query.where('ruleId', '=', asked.ruleId ?? ''))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(coalesce(district, ''), ${ruleOrder(sql.ref('rule_id'))}, id) > (${after?.[0] ?? ''}, ${ruleOrder(sql`${after?.[1] ?? ''}`)}, ${after?.[2] ?? ''}::uuid)`,
      ),
    )
    .orderBy(sql`coalesce(district, '')`)
    .orderBy(ruleOrder(sql.ref('rule_id')))
    .orderBy('id')
    .limit(asked.limit + 1)
    .execute()
}

export function flagEvents(db: Kysely<DB>, flagId: string) {
  return db
    .selectFrom('flagEvent')
    .leftJoin('account', 'account.id', 'flagEvent.accountId')
    .select(['flagEvent.at', 'flagEvent.kind', 'flagEvent.measured', 'flagEvent.comment', 'account.name as by'])
    .where('flagId', '=', flagId)
    .orderBy('flagEvent.id')
    .execute()
}

export interface Asked {
  district: string
  subject: string | null
  limit: number
  after: string | undefined
}

/** A need or a stay behind a flag; whose it is only her own district reads. */
export interface PersonRecord {
  id: string
  needId: string | null
  facilityId: string | null
  residentId: string
  ciphertext: Buffer
  note: string
}

export const formsOf = (subject: string | null) =>
  FORMS.filter(({ id, step }) =>
    subject === null ? true : subject === 'colocated' ? id.startsWith('colocated') : subject === `step_${step}`,
  ).map(({ id }) => id)

function ownNeeds(db: Kysely<DB>, { district, limit, after }: Asked) {
  return db
    .selectFrom('need')
    .innerJoin('resident', (join) => join.on(applicantOf))
    .innerJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .select(['need.id', 'need.id as needId', 'resident.id as residentId', 'identity.ciphertext'])
    .select(sql<string | null>`null`.as('facilityId'))
    .select(sql<string>`to_char(need.registered_at at time zone 'Europe/Oslo', 'YYYY-MM-DD')`.as('note'))
    .where('need.status', '=', 'registered')
    .where(sql<boolean>`coalesce(need.responsible_district, need.holding_district) = ${district}`)
    .$if(after !== undefined, (query) => query.where('need.id', '>', after ?? ''))
    .orderBy('need.id')
    .limit(limit + 1)
}

/** Registered needs that ask for one of the subject's forms; of a step, first of all. */
export function needsOfForms(db: Kysely<DB>, asked: Asked): Promise<PersonRecord[]> {
  const forms = formsOf(asked.subject)
  return ownNeeds(db, asked)
    .where(
      asked.subject === 'colocated'
        ? sql<boolean>`need.forms && ${forms}::text[]`
        : sql<boolean>`need.forms[1] = any (${forms}::text[])`,
    )
    .execute()
}

export function needsOutside(db: Kysely<DB>, asked: Asked, today: Day): Promise<PersonRecord[]> {
  return ownNeeds(db, asked)
    .where(sql<boolean>`need.stay_district <> coalesce(need.responsible_district, need.holding_district)
      and coalesce(need.situation_since, need.registered_at::date) < ${today}::date - ${parameters.outsideResponsibleDistrictDays}::integer`)
    .execute()
}

export function needsSkipped(db: Kysely<DB>, { district, limit, after }: Asked): Promise<PersonRecord[]> {
  return db
    .selectFrom('shortfallRecord as record')
    .innerJoin('need', 'need.id', 'record.needId')
    .innerJoin('resident', (join) => join.on(applicantOf))
    .innerJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .select(['record.id', 'need.id as needId', 'resident.id as residentId', 'identity.ciphertext'])
    .select(sql<string | null>`null`.as('facilityId'))
    .select(sql<string>`to_char(record.recorded_at at time zone 'Europe/Oslo', 'YYYY-MM-DD')`.as('note'))
    .where('record.kind', '=', 'forced_skip')
    .where('record.holdingDistrict', '=', district)
    .where(sql<boolean>`record.recorded_at >= app_now() - interval '1 year'`)
    .$if(after !== undefined, (query) => query.where('record.id', '>', after ?? ''))
    .orderBy('record.id')
    .limit(limit + 1)
    .execute()
}

/** Needs of the run that the flag was measured by, in the shortages that it counts; null: in any. */
export async function needsShort(
  db: Kysely<DB>,
  { district, limit, after }: Asked,
  runId: string,
  shortages: readonly number[] | null,
): Promise<PersonRecord[]> {
  return ownRunPeople(db, runId)
    .select('need.id')
    .select(sql<string | null>`null`.as('facilityId'))
    .select(sql<string>`coalesce(row.moves_on::text, '')`.as('note'))
    .where('row.holdingDistrict', '=', district)
    .where('row.shortage', 'is not', null)
    .$if(shortages !== null, (query) =>
      query.where(sql<boolean>`row.shortage = any (${[...(shortages ?? [])]}::integer[])`),
    )
    .$if(after !== undefined, (query) => query.where('need.id', '>', after ?? ''))
    .orderBy('need.id')
    .limit(limit + 1)
    .execute()
}

/** Needs of people in a bought place whom the newest completed run over the city proposes an own place for. */
export async function needsBought(db: Kysely<DB>, { district, limit, after }: Asked): Promise<PersonRecord[]> {
  const runId = await newestRun(db, 'city')
  if (runId === undefined) return []
  return ownRunPeople(db, runId, ['registered'])
    .select('need.id')
    .select(sql<string | null>`null`.as('facilityId'))
    .select(sql<string>`coalesce(row.moves_on::text, '')`.as('note'))
    .where('row.holdingDistrict', '=', district)
    .where('row.outcome', '=', 'proposed')
    .where(sql<boolean>`exists (select from stay s join occupancy o on o.id = s.occupancy_id
      join place own on own.id = o.place_id and own.form = 'private_institution'
      join place given on given.id = row.place_id and given.form <> 'private_institution'
      where s.household_id = need.household_id and o.during @> app_today())`)
    .$if(after !== undefined, (query) => query.where('need.id', '>', after ?? ''))
    .orderBy('need.id')
    .limit(limit + 1)
    .execute()
}

/** The stays behind a rule: the day that each is told with, and which they are. */
const BEHIND = {
  overdue: {
    note: sql<string>`stay.expected_until::text`,
    // whoever is ready and waits stands behind that flag
    holds: (today: Day) => sql<boolean>`stay.expected_until < ${today}::date
      and not coalesce(stay.ready_to_move_on_since < ${today}::date - ${parameters.waitingWhileReadyDays}::integer, false)`,
  },
  ready: {
    note: sql<string>`stay.ready_to_move_on_since::text`,
    holds: (today: Day) =>
      sql<boolean>`stay.ready_to_move_on_since < ${today}::date - ${parameters.waitingWhileReadyDays}::integer`,
  },
  closing: {
    note: sql<string>`closes_on(occupancy.place_id)::text`,
    holds: (today: Day) =>
      sql<boolean>`closes_on(occupancy.place_id) <= ${today}::date + ${parameters.closingWithinDays}::integer
        and not has_home_on(stay.household_id, stay.id, closes_on(occupancy.place_id))`,
  },
}

/** Present stays past their date, or ready for longer than the rule says. */
export function staysBehind(
  db: Kysely<DB>,
  { district, limit, after }: Asked,
  today: Day,
  which: keyof typeof BEHIND,
): Promise<PersonRecord[]> {
  const { note, holds } = BEHIND[which]
  return db
    .selectFrom('stay')
    .innerJoin('resident', (join) =>
      join.on(
        sql<boolean>`resident.household_id = stay.household_id and not exists
          (select from resident as earlier where earlier.household_id = resident.household_id and earlier.id < resident.id)`,
      ),
    )
    .innerJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .leftJoin('occupancy', 'occupancy.id', 'stay.occupancyId')
    .leftJoin('place', 'place.id', 'occupancy.placeId')
    .leftJoin('need', (join) =>
      join.onRef('need.householdId', '=', 'stay.householdId').on('need.status', '=', 'registered'),
    )
    .select(['stay.id', 'need.id as needId', 'place.facilityId', 'resident.id as residentId', 'identity.ciphertext'])
    .select(note.as('note'))
    .where('stay.holdingDistrict', '=', district)
    .where(sql<boolean>`upper_inf(stay.during)`)
    .where(holds(today))
    .$if(after !== undefined, (query) => query.where('stay.id', '>', after ?? ''))
    .orderBy('stay.id')
    .limit(limit + 1)
    .execute()
}

/**
 * A district's purchases that cost the most this year, the dearest first and no more than the rule counts; the note is what each
 * costs, in whole kroner. Whose they are only her own district reads.
 */
export async function largestPurchases({ trx, today }: Acting, { district, after }: Asked): Promise<PersonRecord[]> {
  // all of them stand on the first page
  if (after !== undefined) return []
  const year = Number(today.slice(0, 4))
  const { rows } = await sql<PersonRecord>`
    with cost as (
      select c.stay_id, sum(c.price_per_day * greatest(0, least(coalesce(upper(s.during * c.ordered), make_date(${year + 1}, 1, 1)),
        make_date(${year + 1}, 1, 1)) - greatest(lower(s.during * c.ordered), make_date(${year}, 1, 1)))) as kroner
      from call_off c join stay s on s.id = c.stay_id
      where c.holding_district = ${district} and s.during && c.ordered group by c.stay_id
    )
    select stay.id, need.id as need_id, place.facility_id, resident.id as resident_id, identity.ciphertext,
      cost.kroner::text as note
    from cost join stay on stay.id = cost.stay_id
    join resident on resident.household_id = stay.household_id and not exists
      (select from resident as earlier where earlier.household_id = resident.household_id and earlier.id < resident.id)
    join resident_identity as identity on identity.resident_id = resident.id
    left join occupancy on occupancy.id = stay.occupancy_id left join place on place.id = occupancy.place_id
    left join need on need.household_id = stay.household_id and need.status = 'registered'
    order by cost.kroner desc, stay.id limit ${parameters.fewCases}`.execute(trx)
  return rows
}
