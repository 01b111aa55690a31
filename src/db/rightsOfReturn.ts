import { type Kysely, sql } from 'kysely'
import type { RightOfReturn } from '../domain/placement/rightOfReturn.ts'
import type { Acting } from './actor.ts'
import { needById } from './needs.ts'
import type { DB } from './types.generated.ts'

/**
 * Where a household may come back to: the institutions it moved on from, while the days run and it has not come back. Told to its
 * bydel, and to Felles inntak while it is referred to it; to everybody else nothing.
 */
export async function rightsOfReturn(db: Kysely<DB>, householdId: string): Promise<RightOfReturn[]> {
  const { rows } = await sql<RightOfReturn>`
    select stay_id, form, facility_id, facility_name, right_until as until from rights_of_return(${householdId}::uuid)`.execute(
    db,
  )
  return rows
}

/** The same for the household of a need; none where the need is not to be seen. */
export async function rightsOfReturnOfNeed({ trx }: Acting, needId: string): Promise<RightOfReturn[]> {
  const need = await needById(trx, needId)
  return need === undefined ? [] : rightsOfReturn(trx, need.householdId)
}
