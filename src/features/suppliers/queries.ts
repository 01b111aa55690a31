import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'

/** Suppliers with what is in force with them today and what is noted of them. */
function supplierRows(db: Kysely<DB>) {
  const inForce = <T>(what: string) =>
    sql<T>`(select ${sql.raw(what)} from framework_agreement a where a.supplier_id = supplier.id and a.valid @> app_today())`
  const notes = (kind: string) =>
    sql<number>`(select count(*)::integer from quality_note q where q.supplier_id = supplier.id
      and q.withdrawn_at is null and q.kind = ${kind})`
  return db
    .selectFrom('supplier')
    .select(['id', 'version', 'name', 'synthetic'])
    .select([
      inForce<number>('count(*)::integer').as('agreements'),
      inForce<number | null>('min(a.price_per_day)').as('lowestPricePerDay'),
      inForce<number | null>('max(a.price_per_day)').as('highestPricePerDay'),
      inForce<boolean>('coalesce(bool_or(a.dual_diagnosis), false)').as('dualDiagnosis'),
      notes('good').as('good'),
      notes('concern').as('concern'),
      notes('deviation').as('deviation'),
    ])
}

export function supplierById(db: Kysely<DB>, id: string) {
  return supplierRows(db).where('id', '=', id).executeTakeFirst()
}

export type SupplierRow = NonNullable<Awaited<ReturnType<typeof supplierById>>>

/** One page by name, after the name and id where the last one ended. */
export function supplierPage(db: Kysely<DB>, limit: number, after: [name: string, id: string] | undefined) {
  return supplierRows(db)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(name, id) > (${after?.[0] ?? ''}, ${after?.[1] ?? null}::uuid)`),
    )
    .orderBy('name')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
}
