import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'

/** One resident with household and sealed identity, as far as row security lets her be seen. */
export async function residentById(db: Kysely<DB>, id: string) {
  const row = await residentRows(db).where('resident.id', '=', id).executeTakeFirst()
  if (row === undefined) return undefined
  const children = await db
    .selectFrom('householdChild')
    .select(['birthYear', 'arrangement'])
    .where('householdId', '=', row.householdId)
    .orderBy('id')
    .execute()
  return { ...row, children }
}

export type ResidentRow = NonNullable<Awaited<ReturnType<typeof residentById>>>

function residentRows(db: Kysely<DB>) {
  return db
    .selectFrom('resident')
    .innerJoin('household', 'household.id', 'resident.householdId')
    .innerJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .leftJoin('need', (join) =>
      join.onRef('need.householdId', '=', 'resident.householdId').on('need.status', 'in', ['draft', 'registered']),
    )
    .selectAll('resident')
    .select([
      'household.adults',
      'household.pets',
      'household.version as householdVersion',
      'identity.ciphertext',
      'need.id as openNeedId',
    ])
}

/** The residents of the reader's own districts, newest first: names are sealed, so the caller looks through them. */
export function sealedResidents(db: Kysely<DB>) {
  return residentRows(db).orderBy('resident.id', 'desc').execute()
}

export function residentByFingerprint(db: Kysely<DB>, fingerprint: Buffer) {
  return residentRows(db).where('identity.fingerprint', '=', fingerprint).limit(10).execute()
}

interface Resident {
  id: string
  householdId: string
  holdingDistrict: string
}

/** Makes the actor the first of a person's circle: whoever protects an address must still see it. */
export async function startCircle(db: Kysely<DB>, residentId: string): Promise<void> {
  await sql`select start_circle(${residentId})`.execute(db)
}

/** A household of its own, before the resident that lives in it. */
export async function insertHousehold(
  db: Kysely<DB>,
  holdingDistrict: string,
  adults: number,
  pets: boolean | null,
): Promise<string> {
  const { id } = await db
    .insertInto('household')
    .values({ holdingDistrict, adults, pets })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function replaceChildren(
  db: Kysely<DB>,
  { householdId, holdingDistrict }: Pick<Resident, 'householdId' | 'holdingDistrict'>,
  children: readonly { birthYear: number; arrangement: string }[],
): Promise<void> {
  await db.deleteFrom('householdChild').where('householdId', '=', householdId).execute()
  if (children.length === 0) return
  await db
    .insertInto('householdChild')
    .values(children.map((child) => ({ ...child, householdId, holdingDistrict })))
    .execute()
}

export async function newId(db: Kysely<DB>): Promise<string> {
  const { rows } = await sql<{ id: string }>`select uuidv7() as id`.execute(db)
  const id = rows[0]?.id
  if (id === undefined) throw new Error('the database gave no id')
  return id
}

export async function saveIdentity(
  db: Kysely<DB>,
  { id, holdingDistrict }: Pick<Resident, 'id' | 'holdingDistrict'>,
  ciphertext: Buffer,
  fingerprint: Buffer | null,
): Promise<void> {
  await db
    .insertInto('residentIdentity')
    .values({ residentId: id, holdingDistrict, ciphertext, fingerprint })
    .onConflict((conflict) => conflict.column('residentId').doUpdateSet({ ciphertext, fingerprint }))
    .execute()
}

export function consentsOf(db: Kysely<DB>, residentId: string) {
  return db
    .selectFrom('consent')
    .select(['id', 'version', 'scope', 'givenOn', 'revokedOn', 'note'])
    .where('residentId', '=', residentId)
    .orderBy('id')
    .execute()
}

export function consentById(db: Kysely<DB>, id: string) {
  return db
    .selectFrom('consent')
    .select(['id', 'version', 'scope', 'givenOn', 'revokedOn', 'note'])
    .where('id', '=', id)
    .executeTakeFirst()
}

export function neverTogetherOf(db: Kysely<DB>, residentId: string) {
  return db
    .selectFrom('neverTogether')
    .leftJoin('residentIdentity as other', 'other.residentId', 'neverTogether.otherResidentId')
    .select(['neverTogether.id', 'neverTogether.otherResidentId', 'neverTogether.reason', 'other.ciphertext'])
    .where('neverTogether.residentId', '=', residentId)
    .orderBy('neverTogether.id')
    .execute()
}
