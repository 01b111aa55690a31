import { type Kysely, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import type { LegalTrackVersion } from '../domain/papers/legalTrack.ts'
import type { LegalTrackId } from '../reference/legalTracks.ts'
import { ruleChecks, standingCheck } from './ruleConfirmations.ts'
import type { DB } from './types.generated.ts'

interface Parameters {
  legalBasis: string
  appealBody: string
  appealBodySource: string
  deadlineWeeks: number
  deadlineSource: string
}

/** A version of a track with who wrote it and why. */
export type LegalTrackRow = LegalTrackVersion & { validFrom: Day; author: string; reason: string }

/** A version as somebody writes it: that it is confirmed comes after. */
export type NewLegalTrackRow = Omit<LegalTrackRow, 'checked' | 'checkedOn'>

const prefix = 'legal.'

/** All versions of the legal tracks, the newest of each first. */
export async function legalTrackVersions(db: Kysely<DB>): Promise<LegalTrackRow[]> {
  const rows = await db
    .selectFrom('ruleVersion')
    .select(['ruleId', 'version', 'title', 'sentence', 'source', 'checked', 'validFrom', 'author', 'reason'])
    .select(sql<Parameters>`parameters`.as('parameters'))
    .where('kind', '=', 'legal')
    .orderBy('ruleId')
    .orderBy('version', 'desc')
    .execute()
  const checks = await ruleChecks(db)
  return rows.map(({ ruleId, sentence, parameters, ...row }) => {
    const checkedOn = standingCheck(checks, ruleId, row.version)?.decidedOn ?? null
    return {
      ...row,
      ...parameters,
      id: ruleId.slice(prefix.length) as LegalTrackId,
      content: sentence,
      checked: row.checked || checkedOn !== null,
      checkedOn,
    }
  })
}

/** The version of each track that is in force on `today`. */
export async function legalTracksInForce(db: Kysely<DB>, today: Day): Promise<LegalTrackRow[]> {
  const inForce = (await legalTrackVersions(db)).filter(({ validFrom }) => validFrom <= today)
  return inForce.filter(({ id }, i) => inForce.findIndex((other) => other.id === id) === i)
}

/** Adds a version; what a version says is never changed. A version that is there already is a unique violation. */
export async function insertLegalTrackVersion(db: Kysely<DB>, row: NewLegalTrackRow): Promise<void> {
  const { id, version, title, content, source, validFrom, author, reason, ...parameters } = row
  const { legalBasis, appealBody, appealBodySource, deadlineWeeks, deadlineSource } = parameters
  await db
    .insertInto('ruleVersion')
    .values({
      ruleId: `${prefix}${id}`,
      version,
      kind: 'legal',
      title,
      sentence: content,
      parameters: JSON.stringify({ legalBasis, appealBody, appealBodySource, deadlineWeeks, deadlineSource }),
      source,
      validFrom,
      author,
      reason,
    })
    .execute()
}
