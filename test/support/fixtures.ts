import type pg from 'pg'
import { sealIdentity } from '../../src/access/identity.ts'
import type { Keyring } from '../../src/access/keyring.ts'
import type { TestApp } from './app.ts'

export const ALNA = '030112'
export const GRUNERLOKKA = '030102'
export const SAGENE = '030103'

/** Columns as the owner writes them; a `daterange` is its text, as `[2020-01-01,)`. */
type Columns = Record<string, unknown>

export interface Person {
  residentId: string
  householdId: string
  district: string
}

let numbers = 0

const K1 = [3, 7, 6, 1, 8, 9, 4, 5, 2]
const K2 = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]

function control(digits: readonly number[], weights: readonly number[]): number {
  const rest = weights.reduce((sum, weight, i) => sum + weight * (digits[i] ?? 0), 0) % 11
  return rest === 0 ? 0 : 11 - rest
}

/** A personal number with right control digits that no other call gives; synthetic ones have month + 80. */
export function personalNumber({ synthetic = true } = {}): string {
  for (;;) {
    numbers += 1
    const day = String(1 + (numbers % 28)).padStart(2, '0')
    const body = `${day}${synthetic ? '85' : '05'}80${String(100 + (numbers % 400)).padStart(3, '0')}`
    const digits = [...body].map(Number)
    const first = control(digits, K1)
    const second = control([...digits, first], K2)
    if (first < 10 && second < 10) return `${body}${first}${second}`
  }
}

export async function insert(owner: pg.Pool, table: string, row: Columns): Promise<string> {
  const names = Object.keys(row)
  const { rows } = await owner.query<{ id: string }>(
    `insert into ${table} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})
     returning to_jsonb(${table}) ->> 'id' as id`,
    Object.values(row),
  )
  return rows[0]?.id ?? ''
}

/** Named states, written past row security as the owner: in few words what a test needs to be there. */
export function fixturesOf({ owner, deps }: Pick<TestApp, 'owner' | 'deps'>) {
  let labels = 0
  return {
    /** A house in Alna that serves the whole city and takes everybody, open since 2020. */
    facility: (columns: Columns = {}) =>
      insert(owner, 'facility', {
        name: 'Furuset bosenter',
        operator: 'Bydel Alna',
        operator_kind: 'district',
        district_code: ALNA,
        serves: 'city',
        open_during: '[2020-01-01,)',
        ...columns,
      }),

    /** An ordinary municipal home for one, open since 2020, free. */
    place: (facilityId: string, columns: Columns = {}) => {
      labels += 1
      return insert(owner, 'place', {
        facility_id: facilityId,
        label: `H${labels}`,
        form: 'municipal',
        open_during: '[2020-01-01,)',
        ...columns,
      })
    },

    closed: (placeId: string, during: string, columns: Columns = {}) =>
      insert(owner, 'closure', { place_id: placeId, during, reason: 'repair', ...columns }),

    /** A person alone in her household, held by `district`, with nothing unusual about her. */
    resident: async (
      district: string,
      {
        name = 'Kari Prøve',
        number = null as string | null,
        phone = null as string | null,
        ...columns
      }: Columns & {
        name?: string
        number?: string | null
        phone?: string | null
      } = {},
    ): Promise<Person> => {
      const householdId = await insert(owner, 'household', { holding_district: district })
      const residentId = await insert(owner, 'resident', {
        household_id: householdId,
        holding_district: district,
        synthetic: true,
        ...columns,
      })
      await insert(owner, 'resident_identity', identityRow(deps.keyring, residentId, district, name, number, phone))
      return { residentId, householdId, district }
    },

    /** Puts an account into the circle of a protected person. */
    inCircle: (person: Person, accountId: string) =>
      insert(owner, 'circle_member', { resident_id: person.residentId, account_id: accountId }),

    /** The household lives in the place since 2025, and has not moved out. */
    livesIn: async (
      person: Person,
      placeId: string,
      during = '[2025-01-01,)',
      columns: Columns = {},
    ): Promise<string> => {
      const occupancyId = await insert(owner, 'occupancy', { place_id: placeId, during })
      return insert(owner, 'stay', {
        household_id: person.householdId,
        holding_district: person.district,
        occupancy_id: occupancyId,
        form: 'municipal',
        during,
        ...columns,
      })
    },

    /** Taken by nobody in particular. */
    taken: (placeId: string, during = '[2025-01-01,)') => insert(owner, 'occupancy', { place_id: placeId, during }),

    /** A registered need of an ordinary municipal home; `status: 'draft'` for one that is not registered yet. */
    need: (person: Person, columns: Columns = {}) =>
      insert(owner, 'need', {
        household_id: person.householdId,
        holding_district: person.district,
        responsible_district: person.district,
        status: 'registered',
        registered_at: columns.status === 'draft' ? null : '2026-08-01T08:00:00Z',
        forms: ['municipal'],
        ...columns,
      }),

    apart: (person: Person, other: Person) =>
      insert(owner, 'never_together', {
        resident_id: person.residentId,
        holding_district: person.district,
        other_resident_id: other.residentId,
        reason: 'Vold',
      }),

    consent: (person: Person) =>
      insert(owner, 'consent', {
        resident_id: person.residentId,
        holding_district: person.district,
        scope: 'facility',
        given_on: '2026-01-01',
      }),

    assessment: (needId: string, district: string, accountId: string) =>
      insert(owner, 'assessment', {
        need_id: needId,
        holding_district: district,
        assessed_on: '2026-08-01',
        created_by: accountId,
      }),

    child: (person: Person, arrangement: 'living' | 'visiting' = 'living') =>
      insert(owner, 'household_child', {
        household_id: person.householdId,
        holding_district: person.district,
        birth_year: 2018,
        arrangement,
      }),
  }
}

function identityRow(
  keyring: Keyring,
  residentId: string,
  district: string,
  name: string,
  number: string | null,
  phone: string | null,
): Columns {
  return {
    resident_id: residentId,
    holding_district: district,
    ciphertext: sealIdentity(keyring, residentId, { name, personalNumber: number, phone }),
    fingerprint: number === null ? null : keyring.fingerprint(number),
  }
}

export const PEOPLES_TABLES = [
  'household',
  'household_child',
  'resident',
  'resident_identity',
  'circle_member',
  'stay',
  'need',
  'assessment',
  'consent',
  'never_together',
] as const

/** How many rows every table has that a request could write to: equal before and after one that was refused. */
export async function countRows(owner: pg.Pool): Promise<Record<string, number>> {
  const tables = [
    ...PEOPLES_TABLES,
    'facility',
    'facility_district',
    'place',
    'closure',
    'occupancy',
    'decision',
    'appeal',
    'landlord',
    'rental_worksheet',
    'hold',
    'need_hold',
    'rule_version',
    'task',
    'change_log',
    'idempotency_answer',
  ]
  const { rows } = await owner.query<Record<string, string>>(
    `select ${tables.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ')}`,
  )
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([table, count]) => [table, Number(count)]))
}
