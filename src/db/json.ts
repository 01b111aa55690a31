import { sql } from 'kysely'
import type { Json } from './types.generated.ts'

/** A value as `jsonb`: the driver would make an array of a list. */
export const asJson = (value: unknown) => sql<Json>`${JSON.stringify(value)}::jsonb`
