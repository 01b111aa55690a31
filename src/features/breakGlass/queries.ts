import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'
import type { GlassQuery } from './schema.ts'

function glassRows(db: Kysely<DB>) {
  return (
    db
      .selectFrom('breakGlass as glass')
      .innerJoin('account as asker', 'asker.id', 'glass.requestedBy')
      .leftJoin('account as answerer', 'answerer.id', 'glass.answeredBy')
      .leftJoin('account as reviewer', 'reviewer.id', 'glass.reviewedBy')
      .selectAll('glass')
      .select(['asker.name as askerName', 'asker.role as askerRole', 'asker.districts as askerDistricts'])
      .select(['answerer.name as answererName', 'reviewer.name as reviewerName'])
      // the database's own clock, not the demo's: what ends by itself ends for good
      .select(sql<string>`now()`.as('clock'))
  )
}

export function glassById(db: Kysely<DB>, id: string) {
  return glassRows(db).where('glass.id', '=', id).executeTakeFirst()
}

export type GlassRow = NonNullable<Awaited<ReturnType<typeof glassById>>>

/** One page of what row security lets the reader see, newest first, after `cursor`. */
export function glassPage(db: Kysely<DB>, { state, limit }: GlassQuery, cursor: string | undefined) {
  return glassRows(db)
    .$if(state === 'to_answer', (query) =>
      query.where(
        sql<boolean>`(glass.approved is null and glass.opened_at is null and glass.closed_at is null and glass.answer_by > now())`,
      ),
    )
    .$if(state === 'to_review', (query) =>
      query.where(sql<boolean>`(glass.opened_at is not null and glass.verdict is null)`),
    )
    .$if(cursor !== undefined, (query) => query.where('glass.id', '<', cursor ?? ''))
    .orderBy('glass.id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** Asks to see the person of a fingerprint; undefined: nobody, or nobody who may be shown. */
export async function breakGlass(db: Kysely<DB>, fingerprint: Buffer, reason: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`select break_the_glass(${fingerprint}, ${reason}) as id`.execute(db)
  return rows[0]?.id ?? undefined
}

/** Sets what one party decides, if it is still as it was seen. */
export async function setGlass(
  db: Kysely<DB>,
  id: string,
  version: number,
  changes: { approved: boolean } | { closedAt: 'now' } | { verdict: string; reviewNote: string | null },
): Promise<boolean> {
  const values = 'closedAt' in changes ? { closedAt: sql<string>`now()` } : changes
  const { numUpdatedRows } = await db
    .updateTable('breakGlass')
    .set(values)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

interface BehindGlass {
  residentId: string
  holdingDistrict: string
  ciphertext: Buffer
  birthDate: Day | null
  gender: string
  language: string
  interpreter: boolean
  contactPerson: string | null
  addressProtection: 'none' | 'confidential'
  adults: number
  children: number
  homeForm: string | null
  homeLabel: string | null
  homeFacility: string | null
  homeSince: Day | null
  openNeed: boolean
}

/** The person behind a glass that the reader has open; undefined when it is not open, or not hers. */
export async function personBehind(db: Kysely<DB>, id: string): Promise<BehindGlass | undefined> {
  const { rows } = await sql<BehindGlass>`select * from person_behind_glass(${id})`.execute(db)
  return rows[0]
}
