import { DECISION_POLICY } from '../../reference/decisionPolicy.ts'
import { LEGAL_TRACKS, type LegalTrackId } from '../../reference/legalTracks.ts'
import { addDays, type Day } from '../day.ts'
import type { TaskKind } from '../placement/tasks.ts'
import { formatDay } from '../words.ts'
import { type AppealFacts, appealDueOn, servicesDecided } from './decision.ts'
import { tracksCalledFor } from './legalTrack.ts'

/** Kinds of tasks that papers make, each named beside the others. */
export type PaperTaskKind = Extract<TaskKind, `decide_${LegalTrackId}` | 'forward_appeal' | 'appeal_answer_due'>

/** What somebody has to do with a paper, before it is stored; the reason is a bokmål sentence that names nobody. */
export interface PaperTask {
  kind: PaperTaskKind
  dueOn: Day
  reason: string
}

function titleOf(track: LegalTrackId): string {
  const title = LEGAL_TRACKS.find(({ id }) => id === track)?.title ?? track
  return title.charAt(0).toLowerCase() + title.slice(1)
}

/**
 * The decisions that a need calls for from the day it is registered, one for each track: they do not replace each other.
 * @param serviceDecisionOn the day of a decision on services that is registered already
 */
export function decisionTasks(forms: readonly string[], registeredOn: Day, serviceDecisionOn: Day | null): PaperTask[] {
  const called = tracksCalledFor(forms).filter((track) => !servicesDecided(track, serviceDecisionOn, registeredOn))
  return called.map((track) => {
    const dueOn = addDays(registeredOn, DECISION_POLICY.parameters.decideWithinDays[track])
    return {
      kind: `decide_${track}`,
      dueOn,
      reason: `Behovet krever vedtak om ${titleOf(track)} innen ${formatDay(dueOn)}. Fristen er et valg, ikke lov.`,
    }
  })
}

/** A no to a municipal home is no answer under boligsosialloven: the other decision is due at once. */
export function decisionBesideRefusal(refusedOn: Day): PaperTask {
  return {
    kind: 'decide_help_with_home',
    dueOn: refusedOn,
    reason:
      'Kommunal bolig er avslått. Avslaget erstatter ikke vedtaket etter boligsosialloven om hjelp til å skaffe og beholde bolig. Fatt det også.',
  }
}

/** A decision was changed or set aside after an appeal: it is decided again. */
export function decisionAfterAppeal(track: LegalTrackId, decidedOn: Day): PaperTask {
  return {
    kind: `decide_${track}`,
    dueOn: addDays(decidedOn, DECISION_POLICY.parameters.decideWithinDays[track]),
    reason: `Klagen førte fram ${formatDay(decidedOn)}. Fatt nytt vedtak om ${titleOf(track)}.`,
  }
}

/** What is next to be done with an appeal, or nothing when it is decided. */
export function appealTask(appeal: AppealFacts, appealBody: string): PaperTask | undefined {
  const dueOn = appealDueOn(appeal)
  if (dueOn === null) return undefined
  return appeal.forwardedOn === null
    ? {
        kind: 'forward_appeal',
        dueOn,
        reason: `Klagen kom ${formatDay(appeal.receivedOn)}. Endre vedtaket eller send klagen til ${appealBody}.`,
      }
    : {
        kind: 'appeal_answer_due',
        dueOn,
        reason: `Klagen ble sendt til ${appealBody} ${formatDay(appeal.forwardedOn)}. Spør etter svaret.`,
      }
}
