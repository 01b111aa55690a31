import { type Kysely, sql } from 'kysely'
import { openIdentity, sealIdentity } from '../access/identity.ts'
import type { Keyring } from '../access/keyring.ts'
import { logSecurityEvent } from '../access/securityEvents.ts'
import type { DB } from './types.generated.ts'

const BATCH = 500
const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Seals every identity with the keyring's own key that another one sealed, a batch a transaction: what was done stays done when it is
 * stopped, and the next time begins with what is left. Rows that are written meanwhile are waited for and read as they are then.
 * @param keyring must open what the old keys sealed
 * @param onBatch told how many are done so far
 * @returns how many were sealed anew
 */
export async function resealIdentities(
  db: Kysely<DB>,
  keyring: Keyring,
  onBatch: (done: number) => void | Promise<void> = () => {},
): Promise<number> {
  let done = 0
  for (let after: string | undefined = NOBODY; after !== undefined; ) {
    const last: string = after
    const sealed = await db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ residentId: string; ciphertext: Buffer }>`
        select resident_id, ciphertext from resident_identity
        where resident_id > ${last}::uuid
          and substring(ciphertext from 2 for get_byte(ciphertext, 0)) <> convert_to(${keyring.keyId}, 'LATIN1')
        order by resident_id limit ${BATCH} for update`.execute(trx)
      const anew = rows.map(({ residentId, ciphertext }) =>
        sealIdentity(keyring, residentId, openIdentity(keyring, residentId, ciphertext)),
      )
      await sql`
        update resident_identity i set ciphertext = decode(n.sealed, 'hex')
        from unnest(${rows.map(({ residentId }) => residentId)}::uuid[], ${anew.map((one) => one.toString('hex'))}::text[])
          as n (id, sealed) where i.resident_id = n.id`.execute(trx)
      return rows.map(({ residentId }) => residentId)
    })
    done += sealed.length
    after = sealed.at(-1)
    if (sealed.length > 0) await onBatch(done)
  }
  await db.transaction().execute((trx) => logSecurityEvent(trx, { kind: 'keys_rotated', detail: keyring.keyId }))
  return done
}
