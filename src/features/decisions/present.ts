import type { z } from 'zod'
import type { LegalTrackRow } from '../../db/legalTracks.ts'
import type { NeedRow } from '../../db/needs.ts'
import { addDays, type Day, dayInOslo } from '../../domain/day.ts'
import { appealDueOn, decisionState, trackStandings } from '../../domain/papers/decision.ts'
import { LIX_LIMIT, lix } from '../../domain/papers/readability.ts'
import { standingInWords, trackTitle } from '../../domain/papers/trackWords.ts'
import type { DecisionRow } from './queries.ts'
import type { decision, needDecisions } from './schema.ts'

/** A decision on the wire, by the version of the track that it was written by. */
export function decisionBody(
  row: DecisionRow,
  versions: readonly LegalTrackRow[],
  today: Day,
): z.infer<typeof decision> {
  const track = versions.find(({ id, version }) => id === row.track && version === row.trackVersion)
  if (track === undefined) throw new Error(`${row.track} has no version ${row.trackVersion}`)
  const measured = lix(`${row.mainContent}\n${row.reasons ?? ''}`)
  return {
    id: row.id,
    version: row.version,
    needId: row.needId,
    offerId: row.offerId,
    track: {
      id: track.id,
      version: track.version,
      title: track.title,
      legalBasis: track.legalBasis,
      deadlineWeeks: track.deadlineWeeks,
      checked: track.checked,
      checkedOn: track.checkedOn,
    },
    outcome: row.outcome,
    lackOfSuitableHome: row.lackOfSuitableHome,
    language: row.language,
    mainContent: row.mainContent,
    reasons: row.reasons,
    readability: {
      lix: measured === null ? null : Math.round(measured),
      easy: measured === null || measured <= LIX_LIMIT,
    },
    state: decisionState(row.appealDeadline, row.appeals, today),
    draftedBy: row.draftedBy,
    issuedOn: row.issuedOn,
    issuedBy: row.issuedBy,
    appealBody: row.appealBody,
    appealWindow:
      row.issuedOn === null || row.appealDeadline === null
        ? null
        : { from: row.issuedOn, to: addDays(row.appealDeadline, 1) },
    appeals: row.appeals.map((appeal) => {
      const dueOn = appealDueOn(appeal)
      return {
        ...appeal,
        inTime: row.appealDeadline !== null && appeal.receivedOn <= row.appealDeadline,
        dueOn,
        overdue: dueOn !== null && today > dueOn,
      }
    }),
  }
}

/** How each track of a need stands, with its sentence. */
export function trackBodies(
  need: Pick<NeedRow, 'forms' | 'registeredAt' | 'status' | 'serviceDecisionOn'>,
  rows: readonly DecisionRow[],
  today: Day,
): z.infer<typeof needDecisions>['tracks'] {
  const facts = {
    forms: need.forms,
    registeredOn: need.registeredAt === null ? null : dayInOslo(new Date(need.registeredAt)),
    open: need.status === 'registered',
    serviceDecisionOn: need.serviceDecisionOn,
  }
  return trackStandings(facts, rows, today).map((standing) => ({
    ...standing,
    title: trackTitle(standing.track),
    sentence: standingInWords(standing),
    draftId: rows.find(({ track, issuedOn }) => track === standing.track && issuedOn === null)?.id ?? null,
  }))
}
