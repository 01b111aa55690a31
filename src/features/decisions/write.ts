import type { z } from 'zod'
import type { Acting, Actor } from '../../db/actor.ts'
import { type LegalTrackRow, legalTracksInForce } from '../../db/legalTracks.ts'
import { type NeedRow, needById } from '../../db/needs.ts'
import { addPaperTask, dropPaperTasks } from '../../db/paperTasks.ts'
import { type Day, dayInOslo } from '../../domain/day.ts'
import { invalid, notFound, stale } from '../../domain/error.ts'
import { checkIssuable, checkOutcome, decisionState, lastDayToAppeal } from '../../domain/papers/decision.ts'
import { type Choice, type DraftFacts, decisionDraft } from '../../domain/papers/decisionDraft.ts'
import { decisionLanguage } from '../../domain/papers/language.ts'
import { formOfTrack, tracksCalledFor } from '../../domain/papers/legalTrack.ts'
import { decisionBesideRefusal } from '../../domain/papers/tasks.ts'
import { permit } from '../../domain/placement/decide.ts'
import type { PreconditionId } from '../../domain/placement/preconditions.ts'
import {
  acceptedOffer,
  childrenLivingIn,
  type DecisionRow,
  decisionById,
  decisionsOfNeeds,
  formOfOffer,
  languageOf,
} from './queries.ts'
import type { changedDecision, newDecision } from './schema.ts'

/** @throws {DomainError} `not_found`: not there, or not hers to see */
export async function existingDecision({ trx }: Acting, id: string): Promise<DecisionRow> {
  const row = await decisionById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

async function needOf({ trx }: Acting, needId: string): Promise<NeedRow> {
  const need = await needById(trx, needId)
  if (need === undefined) throw notFound()
  return need
}

/** A need that something can be decided on: registered, or met before there was time to decide. */
const undecidable = ({ status }: NeedRow): PreconditionId[] =>
  status === 'registered' || status === 'closed' ? [] : ['need_decidable']

async function trackFor({ trx, today }: Acting, track: string): Promise<LegalTrackRow> {
  const inForce = (await legalTracksInForce(trx, today)).find(({ id }) => id === track)
  if (inForce === undefined) throw invalid('/track', 'unknown_track', 'Denne vedtakstypen gjelder ikke i dag.')
  return inForce
}

/** @param given the form of the home that the decision gives, before what the need asks for */
async function draftFactsOf({ trx }: Acting, need: NeedRow, given: string | null): Promise<DraftFacts> {
  return {
    forms: given === null ? need.forms : [given, ...need.forms],
    registeredOn: registeredOn(need),
    origin: need.origin,
    situationSince: need.situationSince,
    mustLeaveBy: need.mustLeaveBy,
    privateRental: need.privateRental,
    childrenBornIn: await childrenLivingIn(trx, need.householdId),
  }
}

const registeredOn = (need: NeedRow) => (need.registeredAt === null ? null : dayInOslo(new Date(need.registeredAt)))

/** The form that the offer gives, null without an offer. */
async function givenBy({ trx }: Acting, offerId: string | null, needId: string): Promise<string | null> {
  if (offerId === null) return null
  const form = await formOfOffer(trx, offerId, needId)
  if (form === undefined) throw invalid('/offerId', 'unknown_offer', 'Tilbudet finnes ikke på dette behovet.')
  return form
}

/** What a yes gives when nobody says: the home that was said yes to, where the track is about such a home. */
async function offerGiven({ trx }: Acting, body: z.output<typeof newDecision>, needId: string): Promise<string | null> {
  if (body.offerId !== undefined) return body.offerId
  // a right to help is not a right to one home
  if (body.outcome === 'refused' || body.track === 'help_with_home') return null
  const accepted = await acceptedOffer(trx, needId)
  return accepted !== undefined && tracksCalledFor([accepted.formGiven]).includes(body.track) ? accepted.id : null
}

/**
 * Writes a draft from what is registered already, by the version of the track that is in force.
 * @throws {DomainError} `not_found`, `need_not_open`, `draft_exists`, `invalid_value`
 */
export async function draftDecision(
  acting: Acting,
  actor: Actor,
  needId: string,
  body: z.output<typeof newDecision>,
): Promise<DecisionRow> {
  const { trx, today, now } = acting
  checkOutcome(body)
  const need = await needOf(acting, needId)
  const standing = (await decisionsOfNeeds(trx, [needId])).find(
    (decision) => decision.track === body.track && decision.issuedOn === null,
  )
  permit('decision.draft', {
    state: 'none',
    readiness: [],
    failing: [...undecidable(need), ...(standing === undefined ? [] : (['no_draft'] as const))],
    overridden: [],
    blocking: standing === undefined ? undefined : { kind: 'decision', id: standing.id },
  })
  const track = await trackFor(acting, body.track)
  const offerId = await offerGiven(acting, body, needId)
  const given = await givenBy(acting, offerId, needId)
  const language = body.language ?? decisionLanguage(await languageOf(trx, need.residentId))
  const text = decisionDraft({ ...body, language }, await draftFactsOf(acting, need, given), today)
  const { id } = await trx
    .insertInto('decision')
    .values({
      ...body,
      ...text,
      language,
      offerId,
      needId,
      holdingDistrict: need.holdingDistrict,
      trackVersion: track.version,
      appealBody: track.appealBody,
      draftedBy: actor.accountId,
      createdAt: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return existingDecision(acting, id)
}

function permitOn(id: 'decision.change' | 'decision.issue', row: DecisionRow, need: NeedRow, today: Day): void {
  const state = decisionState(row.appealDeadline, row.appeals, today)
  permit(id, { state, readiness: [], failing: undecidable(need), overridden: [] })
}

/**
 * Changes a draft. Another outcome or language writes the text anew where nobody has touched it, and leaves what somebody wrote.
 * @throws {DomainError} `not_found`, `decision_issued`, `stale_version`, `invalid_value`
 */
export async function changeDecision(
  acting: Acting,
  id: string,
  version: number,
  body: z.output<typeof changedDecision>,
): Promise<DecisionRow> {
  const { trx, today } = acting
  const row = await existingDecision(acting, id)
  const need = await needOf(acting, row.needId)
  permitOn('decision.change', row, need, today)
  const before: Choice = row
  const after: Choice = {
    track: row.track,
    outcome: body.outcome ?? row.outcome,
    // what was a no for lack of homes is not one when it becomes a yes
    lackOfSuitableHome: body.lackOfSuitableHome ?? (body.outcome === 'granted' ? false : row.lackOfSuitableHome),
    language: body.language ?? row.language,
  }
  checkOutcome(after)
  const offerId = body.offerId === undefined ? row.offerId : body.offerId
  const given = await givenBy(acting, offerId, row.needId)
  const was = decisionDraft(
    before,
    await draftFactsOf(acting, need, await givenBy(acting, row.offerId, row.needId)),
    today,
  )
  const becomes = decisionDraft(after, await draftFactsOf(acting, need, given), today)
  const result = await trx
    .updateTable('decision')
    .set({
      outcome: after.outcome,
      lackOfSuitableHome: after.lackOfSuitableHome,
      language: after.language,
      mainContent: body.mainContent ?? (row.mainContent === was.mainContent ? becomes.mainContent : row.mainContent),
      reasons:
        body.reasons === undefined ? (row.reasons === was.reasons ? becomes.reasons : row.reasons) : body.reasons,
      offerId,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (result.numUpdatedRows === 0n) throw stale()
  return existingDecision(acting, id)
}

/**
 * Issues a draft: from now on it stays as it is. Its deadline and body are those of the track in force on the day. A granted
 * health-and-care decision is the need's service decision; a no for lack of homes is evidence of shortfall; a no to a municipal
 * home alone calls for the decision under boligsosialloven at once.
 * @throws {DomainError} `not_found`, `decision_issued`, `stale_version`, `invalid_value`
 */
export async function issueDecision(
  acting: Acting,
  actor: Actor,
  id: string,
  version: number,
  day: DecisionRow['issuedOn'] | undefined,
): Promise<DecisionRow> {
  const { trx, today, now } = acting
  const row = await existingDecision(acting, id)
  const need = await needOf(acting, row.needId)
  permitOn('decision.issue', row, need, today)
  const issuedOn = day ?? today
  const registered = registeredOn(need)
  if (issuedOn > today) throw invalid('/issuedOn', 'in_the_future', 'Vedtaket kan ikke være fra en dag som kommer.')
  if (registered !== null && issuedOn < registered)
    throw invalid('/issuedOn', 'before_registration', 'Vedtaket kan ikke være eldre enn behovet.')
  checkIssuable(row)
  const track = await trackFor(acting, row.track)
  const result = await trx
    .updateTable('decision')
    .set({
      issuedOn,
      issuedBy: actor.accountId,
      trackVersion: track.version,
      appealBody: track.appealBody,
      appealDeadline: lastDayToAppeal(issuedOn, track.deadlineWeeks),
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (result.numUpdatedRows === 0n) throw stale()
  if (row.track === 'health_and_care' && row.outcome === 'granted') {
    await trx.updateTable('need').set({ serviceDecisionOn: issuedOn }).where('id', '=', row.needId).execute()
  }
  if (row.lackOfSuitableHome) {
    await trx
      .insertInto('shortfallRecord')
      .values({
        needId: row.needId,
        holdingDistrict: row.holdingDistrict,
        recordedAt: now,
        kind: 'refusal',
        formNeeded: formOfTrack(row.track, need.forms) ?? '',
        reason: row.reasons,
        decisionId: id,
      })
      .execute()
  }
  await dropPaperTasks(trx, row.needId, [`decide_${row.track}`], now)
  if (row.track === 'municipal_home' && row.outcome === 'refused') {
    const issued = (await decisionsOfNeeds(trx, [row.needId])).filter((decision) => decision.issuedOn !== null)
    if (!issued.some(({ track: other }) => other === 'help_with_home')) {
      await addPaperTask(trx, row, decisionBesideRefusal(issuedOn))
    }
  }
  return existingDecision(acting, id)
}
