import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'

interface KeptCircle {
  residentId: string
  holdingDistrict: string
  addressProtection: 'confidential' | 'strictly_confidential'
  ciphertext: Buffer | null
}

/** The circles that the reader keeps: a manager those of her bydel, an officer those she is in. Named only to those in them. */
export async function keptCircles(db: Kysely<DB>, id?: string): Promise<KeptCircle[]> {
  const { rows } = await sql<KeptCircle>`
    select c.resident_id, c.holding_district, c.address_protection, i.ciphertext
    from kept_circles() c left join resident_identity i on i.resident_id = c.resident_id
    where ${id ?? null}::uuid is null or c.resident_id = ${id ?? null}::uuid
    order by c.resident_id`.execute(db)
  return rows
}

export function membersOf(db: Kysely<DB>, residentIds: readonly string[]) {
  return db
    .selectFrom('circleMember as member')
    .innerJoin('account', 'account.id', 'member.accountId')
    .select(['member.residentId', 'member.accountId', 'member.grantedAt', 'account.name', 'account.role'])
    .select(sql<boolean>`account.disabled_at is not null`.as('disabled'))
    .where(sql<boolean>`member.resident_id = any(${residentIds}::uuid[])`)
    .orderBy('account.name')
    .orderBy('account.id')
    .execute()
}

/** Officers and managers of these districts, by name. */
export function officersOf(db: Kysely<DB>, districts: readonly string[], except: string) {
  return db
    .selectFrom('account')
    .select(['id as accountId', 'name', 'role', 'districts'])
    .where('role', 'in', ['housing_officer', 'district_manager'])
    .where('disabledAt', 'is', null)
    .where('id', '!=', except)
    .where(sql<boolean>`account.districts && ${districts}::text[]`)
    .orderBy('name')
    .orderBy('id')
    .execute()
}

/** Lets a colleague into a circle; the database asks who may. */
export async function addToCircle(db: Kysely<DB>, residentId: string, accountId: string): Promise<void> {
  await sql`select add_to_circle(${residentId}, ${accountId})`.execute(db)
}

/** Takes somebody out of a circle; the database asks who may, and keeps the last one. */
export async function removeFromCircle(db: Kysely<DB>, residentId: string, accountId: string): Promise<void> {
  await sql`select remove_from_circle(${residentId}, ${accountId})`.execute(db)
}
