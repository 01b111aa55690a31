import type { z } from 'zod'
import { openIdentity } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { Acting } from '../../db/actor.ts'
import { type NeedRow, needPage } from '../../db/needs.ts'
import type { Day } from '../../domain/day.ts'
import { encodeCursor } from '../../http/cursor.ts'
import { alarmCursor } from '../../http/cursorKeys.ts'
import { trackBodies } from './present.ts'
import { type DecisionRow, decisionsOfNeeds } from './queries.ts'
import type { decisionAlarms, needDecisions } from './schema.ts'

/** More registered needs than a district has; each is looked at, since the oldest deadline may stand at the last one. */
const MOST_NEEDS = 10_000
/** Sorts what has no deadline of its own after all that have. */
const LAST: Day = '9999-12-31' as Day

type Late<N> = { need: N; standing: z.infer<typeof needDecisions>['tracks'][number] }

/** Each decision that is late, the oldest deadline first; one need may lack several, and none stands for another. */
function lateDecisions<N extends Pick<NeedRow, 'id'> & Parameters<typeof trackBodies>[0]>(
  needs: readonly N[],
  decisions: readonly DecisionRow[],
  today: Day,
): Late<N>[] {
  const byNeed = Map.groupBy(decisions, ({ needId }) => needId)
  return needs
    .flatMap((need) =>
      trackBodies(need, byNeed.get(need.id) ?? [], today)
        .filter(({ alarm }) => alarm !== null)
        .map((standing): Late<N> => ({ need, standing })),
    )
    .sort((a, b) => compare(keyOf(a), keyOf(b)))
}

type Key = [Day, string, string]
const keyOf = ({ need, standing }: Late<Pick<NeedRow, 'id'>>): Key => [standing.dueOn ?? LAST, need.id, standing.track]

function compare(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, position) => part !== b[position])
  return at === -1 ? 0 : (a[at] ?? '') < (b[at] ?? '') ? -1 : 1
}

/** A page of the districts' late decisions, with how many there are in all. */
export async function decisionAlarmPage(
  { trx, today }: Acting,
  keyring: Keyring,
  districts: readonly string[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<z.infer<typeof decisionAlarms>> {
  const after = alarmCursor(cursor)
  const needs = await needPage(trx, {
    limit: MOST_NEEDS,
    cursor: undefined,
    statuses: ['registered'],
    districts: [...districts],
  })
  const decisions = await decisionsOfNeeds(
    trx,
    needs.map(({ id }) => id),
  )
  const late = lateDecisions(needs, decisions, today)
  const left = after === undefined ? late : late.filter((one) => compare(keyOf(one), after) > 0)
  const page = left.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ need, standing }) => ({
      needId: need.id,
      residentName: openIdentity(keyring, need.residentId, need.ciphertext).name,
      standing,
    })),
    nextCursor: left.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null,
    counts: {
      decisions: late.length,
      people: new Set(late.map(({ need }) => need.id)).size,
      drafts: late.filter(({ standing }) => standing.draftId !== null).length,
    },
  }
}
