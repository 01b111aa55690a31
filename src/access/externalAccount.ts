import { type Kysely, sql } from 'kysely'
import type { DB } from '../db/types.generated.ts'
import type { Grant } from './grants.ts'

/** Somebody whom an issuer vouches for. */
interface External {
  issuer: string
  subject: string
  name: string
  /** What her account is called where it is free and of the right form. */
  username?: string | undefined
}

/** The id of the account of somebody at an issuer, made or brought up to what she is now; null when it is disabled here. */
export async function externalAccount(
  db: Kysely<DB>,
  { issuer, subject, name, username = '' }: External,
  { role, districts, facilities }: Grant,
): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select account_signed_in(${issuer}, ${subject}, ${username}, ${name}, ${role}, ${[...districts]}::text[],
      ${[...facilities]}::uuid[]) as id`.execute(db)
  return rows[0]?.id ?? null
}
