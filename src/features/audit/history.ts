import { type Kysely, sql } from 'kysely'
import { ROLE_NAMES, type Role } from '../../access/capabilities.ts'
import type { DB } from '../../db/types.generated.ts'
import { isDay } from '../../domain/day.ts'
import { FORMS } from '../../domain/ladder.ts'
import { districtName, featureName } from '../../domain/words.ts'
import type { RecordChangeBody } from './schema.ts'
import { recordName } from './words.ts'

/** Rows of the change log that belong to a need: itself, and everything that was written for it. */
const OF_NEED = sql`
  select 'need' as table_name, n.id::text as row_id from need n where n.id = sought
  union all select 'assessment', a.id::text from assessment a where a.need_id = sought
  union all select 'rental_worksheet', w.id::text from rental_worksheet w where w.need_id = sought
  union all select 'need_hold', h.id::text from need_hold h where h.need_id = sought
  union all select 'offer', o.id::text from offer o where o.need_id = sought
  union all select 'referral', r.id::text from referral r where r.need_id = sought
  union all select 'decision', d.id::text from decision d where d.need_id = sought`

/** Rows that belong to a person: herself, her household, where it lived, who is in her circle, and whom she shares with and keeps away from. */
const OF_RESIDENT = sql`
  select 'resident' as table_name, r.id::text as row_id from resident r where r.id = sought
  union all select 'household', r.household_id::text from resident r where r.id = sought
  union all select 'household_child', c.row_id from resident r join change_log c on c.table_name = 'household_child'
    and coalesce(c.after, c.before) ->> 'household_id' = r.household_id::text where r.id = sought
  union all select 'stay', s.id::text from resident r join stay s on s.household_id = r.household_id where r.id = sought
  union all select 'circle_member', r.id::text from resident r where r.id = sought
  union all select 'consent', c.id::text from consent c where c.resident_id = sought
  union all select 'never_together', t.id::text from never_together t where t.resident_id = sought`

interface Logged {
  id: number
  occurredAt: string
  recordedAt: string
  by: string | null
  actorRole: string
  tableName: string
  rowId: string
  action: 'insert' | 'update' | 'delete'
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  /** Whom a circle's row lets in, by name. */
  member: string | null
}

/**
 * What was changed of a person or a need, the newest first, before the number where the last page ended: what row security lets the
 * reader see of the change log.
 */
export async function changesOf(
  db: Kysely<DB>,
  kind: 'need' | 'resident',
  id: string,
  limit: number,
  before: number | undefined,
): Promise<Logged[]> {
  const { rows } = await sql<Logged>`
    with asked as (select ${id}::uuid as sought),
      wanted as (select distinct w.table_name, w.row_id from asked cross join lateral (${kind === 'need' ? OF_NEED : OF_RESIDENT}) w)
    select c.id, c.occurred_at, c.recorded_at, a.name as by, c.actor_role, c.table_name, c.row_id, c.action, c.before, c.after,
      m.name as member
    from wanted join change_log c on c.table_name = wanted.table_name and c.row_id = wanted.row_id
      left join account a on a.id = c.actor_id
      left join account m on c.table_name = 'circle_member' and m.id = (coalesce(c.after, c.before) ->> 'account_id')::uuid
    where ${before ?? null}::bigint is null or c.id < ${before ?? null}::bigint
    order by c.id desc limit ${limit + 1}`.execute(db)
  return rows
}

/** Columns that say nothing to a reader: keys, counters and clocks of the row itself. */
const SILENT = /^(id|version|created_at|updated_at|created_by|recorded_by|granted_at|synthetic)$|_id$/

const FIELD_NAMES: Record<string, string> = {
  holding_district: 'Bydel som har saken',
  responsible_district: 'Ansvarlig bydel',
  stay_district: 'Oppholdsbydel',
  status: 'Status',
  started_at: 'Påbegynt',
  registered_at: 'Registrert',
  ended_at: 'Avsluttet',
  ended_reason: 'Grunn til avslutning',
  ended_note: 'Merknad til avslutning',
  origin: 'Kommer fra',
  situation_since: 'I situasjonen siden',
  urgency_grounds: 'Grunner til hast',
  must_leave_by: 'Må flytte innen',
  forms: 'Boligformer',
  form: 'Boligform',
  required_features: 'Må ha',
  wanted_features: 'Ønsker',
  excluded_districts: 'Ikke i bydel',
  excluded_facilities: 'Ikke på botilbud',
  wanted_districts: 'Ønsker bydel',
  substance_stance: 'Rus i boligen',
  behaviour: 'Behov knyttet til atferd',
  security: 'Sikkerhet',
  needed_during: 'Trenger bolig i perioden',
  private_rental: 'Privat leie vurdert',
  private_rental_reason: 'Begrunnelse for privat leie',
  private_rental_considered_on: 'Privat leie vurdert dato',
  service_decision_on: 'Vedtak om tjenester',
  what_matters: 'Hva er viktig for deg?',
  ready_to_move_on_since: 'Klar for utflytting siden',
  parked_until: 'Satt på vent til',
  parked_reason: 'Grunn til venting',
  birth_date: 'Fødselsdato',
  gender: 'Kjønn',
  address_protection: 'Adressebeskyttelse',
  language: 'Språk',
  interpreter: 'Trenger tolk',
  contact_person: 'Kontaktperson',
  individual_plan_offered_on: 'Individuell plan tilbudt',
  individual_plan_answered_on: 'Individuell plan besvart',
  individual_plan_answer: 'Svar om individuell plan',
  adults: 'Voksne',
  pets: 'Dyr',
  birth_year: 'Fødselsår',
  arrangement: 'Bor eller på besøk',
  during: 'Periode',
  expected_until: 'Avtalt til',
  original_expected_until: 'Opprinnelig avtalt til',
  right_of_return_until: 'Rett til å komme tilbake til',
  departure_reason: 'Grunn til utflytting',
  scope: 'Gjelder',
  given_on: 'Gitt',
  revoked_on: 'Trukket tilbake',
  note: 'Merknad',
  reason: 'Grunn',
  assessed_on: 'Kartlagt',
  life_areas: 'Livsområder',
  living_skills: 'Boevne',
  living_training: 'Botrening',
  care_track: 'Hovedforløp',
  sent_at: 'Sendt',
  reply_by: 'Svarfrist',
  accepted_at: 'Takket ja',
  declined_at: 'Takket nei',
  withdrawn_at: 'Trukket',
  moved_in_at: 'Flyttet inn',
  move_in_on: 'Innflytting',
  answer: 'Svar',
  answered_at: 'Besvart',
}

const FORM_NAMES: ReadonlyMap<string, string> = new Map(FORMS.map(({ id, name }) => [id, name]))

/** A value as the log keeps it, in words; null: nothing stood there. */
function inWords(field: string, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return value ? 'ja' : 'nei'
  if (Array.isArray(value)) {
    return value.length === 0 ? null : value.map((part) => inWords(field, part)).join(', ')
  }
  if (typeof value === 'object') {
    const parts = Object.entries(value).map(([key, part]) => `${key}: ${inWords(key, part) ?? 'tomt'}`)
    return parts.length === 0 ? null : parts.join(', ')
  }
  const text = String(value)
  if (field.includes('district')) return districtName(text)
  if (field.endsWith('features')) return featureName(text)
  return FORM_NAMES.get(text) ?? text
}

/** The same value said twice in two ways is no change: instants and days are told as they are written. */
const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/** One logged row as it is told: each field that differs, with what stood there and what stands there. */
export function changeBody(row: Logged): RecordChangeBody {
  const { before, after } = row
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return {
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt,
    by: row.by,
    roleName: ROLE_NAMES[row.actorRole as Role] ?? null,
    record: row.member === null ? recordName(row.tableName) : `${recordName(row.tableName)} (${row.member})`,
    recordId: row.rowId,
    action: row.action,
    changes: fields
      .filter((field) => !SILENT.test(field) && !same(before?.[field], after?.[field]))
      .map((field) => ({
        field,
        fieldName: FIELD_NAMES[field] ?? field.replaceAll('_', ' '),
        before: dated(inWords(field, before?.[field])),
        after: dated(inWords(field, after?.[field])),
      }))
      .filter((change) => change.before !== change.after),
  }
}

/** `2026-09-01` → `1.9.2026`; what is no day stands as it is. */
function dated(text: string | null): string | null {
  if (text === null || !isDay(text)) return text
  const [year, month, date] = text.split('-').map(Number)
  return `${date}.${month}.${year}`
}
