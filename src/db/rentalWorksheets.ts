import { type Kysely, sql } from 'kysely'
import type { RentalFacts } from '../domain/papers/rental.ts'
import type { DB } from './types.generated.ts'

/** The worksheet of a need, when one has been saved. */
export function worksheetOf(db: Kysely<DB>, needId: string) {
  return db
    .selectFrom('rentalWorksheet')
    .select([
      'version',
      'landlordId',
      'address',
      'rentMonth',
      'electricityMonth',
      'guaranteeAmount',
      'housingAllowanceMonth',
      'leaseFrom',
      'leaseUntil',
    ])
    .select([
      sql<RentalFacts['guarantee']>`guarantee`.as('guarantee'),
      sql<RentalFacts['housingAllowance']>`housing_allowance`.as('housingAllowance'),
    ])
    .where('needId', '=', needId)
    .executeTakeFirst()
}

export type WorksheetRow = NonNullable<Awaited<ReturnType<typeof worksheetOf>>>
