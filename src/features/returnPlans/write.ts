import type { Acting, Actor } from '../../db/actor.ts'
import { existingReturnPlan, type ReturnPlanRow } from '../../db/returnPlans.ts'
import { DomainError, invalid, notFound, stale } from '../../domain/error.ts'
import { changesBetween, isOpen, missingIn, type PlanFields, problemsIn } from '../../domain/returnPlan/plan.ts'
import { districtName } from '../../domain/words.ts'
import { DISTRICTS } from '../../reference/districts.ts'
import { planInTheWay, residentInVel } from './queries.ts'
import type { ChangedReturnPlan, NewReturnPlan } from './schema.ts'

type EventKind =
  | 'begun'
  | 'changed'
  | 'agreed'
  | 'agreement_ended'
  | 'moved_home'
  | 'moved_elsewhere'
  | 'moved_back'
  | 'withdrawn'

/** Writes down what was done with a plan; nothing of it is ever changed. */
export async function recordEvent(
  { trx, now, today }: Acting,
  actor: Actor,
  planId: string,
  event: {
    kind: EventKind
    on?: ReturnPlanRow['begunOn']
    changes?: Record<string, [unknown, unknown]>
    note?: string | null
  },
): Promise<void> {
  await trx
    .insertInto('returnPlanEvent')
    .values({
      returnPlanId: planId,
      kind: event.kind,
      occurredOn: event.on ?? today,
      recordedAt: now,
      recordedBy: actor.accountId,
      changes: JSON.stringify(event.changes ?? {}),
      note: event.note ?? null,
    })
    .execute()
}

/**
 * Begins a plan for somebody who lives in one of VEL's institutions.
 * @throws {DomainError} `not_found` for another district's person, `invalid_value`, `return_plan_open` beside another plan
 */
export async function beginPlan(acting: Acting, actor: Actor, body: NewReturnPlan): Promise<ReturnPlanRow> {
  const { trx, now, today } = acting
  const { residentId, homeDistrict, ...given } = body
  const resident = await residentInVel(trx, residentId)
  if (resident === undefined) throw notFound()
  if (resident.stayId === null)
    throw invalid(
      '/residentId',
      'not_in_institution',
      'Personen bor ikke på en av Velferdsetatens institusjoner i dag.',
    )
  const other = await planInTheWay(trx, resident.householdId)
  if (other !== undefined)
    throw new DomainError(
      'return_plan_open',
      other.movedOn === null
        ? 'Personen har en plan fra før. Endre den i stedet.'
        : 'Planen fra før sier at personen har flyttet ut. Registrer at personen flyttet tilbake, først.',
      [],
      { kind: 'return_plan', id: other.id },
    )
  const fields: PlanFields = { homeDistrict: homeDistrict ?? resident.holdingDistrict, ...given }
  await check(acting, fields, null)
  const { id } = await trx
    .insertInto('returnPlan')
    .values({
      ...fields,
      householdId: resident.householdId,
      holdingDistrict: resident.holdingDistrict,
      stayId: resident.stayId,
      createdAt: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordEvent(acting, actor, id, { kind: 'begun', on: today })
  return existingReturnPlan(trx, id)
}

async function check({ trx, today }: Acting, fields: PlanFields, before: PlanFields | null): Promise<void> {
  const problems = problemsIn(fields, before, today)
  if (!DISTRICTS.some(({ code }) => code === fields.homeDistrict))
    problems.push({ pointer: '/homeDistrict', code: 'unknown', detail: 'Velg en bydel i listen.' })
  if (fields.supportTeamId !== null) {
    const team = await trx
      .selectFrom('supportTeam')
      .select('district')
      .where('id', '=', fields.supportTeamId)
      .executeTakeFirst()
    if (team?.district !== fields.homeDistrict)
      problems.push({
        pointer: '/supportTeamId',
        code: 'unknown',
        detail: `Velg et team i bydelen personen flytter til: ${districtName(fields.homeDistrict)}.`,
      })
  }
  if (problems.length > 0)
    throw new DomainError('invalid_value', 'Noe av det som er fylt ut, er ikke riktig.', problems)
}

function fieldsOf(row: ReturnPlanRow): PlanFields {
  const { homeDistrict, verdict, verdictReason, targetForm, earliestOn, targetOn, ownPart, ownPartOn, ownWords } = row
  const { districtOwner, velContact, supportTeamId, supportFrom } = row
  return {
    homeDistrict,
    verdict,
    verdictReason,
    targetForm,
    earliestOn,
    targetOn,
    ownPart,
    ownPartOn,
    ownWords,
    districtOwner,
    velContact,
    supportTeamId,
    supportFrom,
  }
}

function mustBeOpen(plan: ReturnPlanRow): void {
  if (!isOpen(plan))
    throw new DomainError(
      'return_plan_closed',
      plan.withdrawnOn === null ? 'Personen har flyttet.' : 'Planen er trukket.',
    )
}

/** What an agreement, and the bydel's word for a home, rest on. */
const AGREED_ON = ['homeDistrict', 'targetForm', 'verdict'] as const

/**
 * Changes what is sent of a plan and leaves the rest. What was agreed on falls when something that it rested on is gone or is
 * another; so does the bydel's word, by the database, where the home would lie in another bydel or be for another end.
 * @throws {DomainError} `invalid_value`, `return_plan_closed`, `stale_version`
 */
export async function changePlan(
  acting: Acting,
  actor: Actor,
  plan: ReturnPlanRow,
  version: number,
  body: ChangedReturnPlan,
): Promise<ReturnPlanRow> {
  mustBeOpen(plan)
  const before = fieldsOf(plan)
  const sent = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
  const after: PlanFields = { ...before, ...sent }
  await check(acting, after, before)
  const ends =
    plan.agreedOn !== null && (missingIn(after).length > 0 || AGREED_ON.some((field) => before[field] !== after[field]))
  await updatePlan(acting, plan.id, version, { ...after, ...(ends ? { agreedOn: null } : {}) })
  await recordEvent(acting, actor, plan.id, { kind: 'changed', changes: changesBetween(before, after) })
  if (ends) await recordEvent(acting, actor, plan.id, { kind: 'agreement_ended' })
  return existingReturnPlan(acting.trx, plan.id)
}

export async function updatePlan(
  { trx }: Acting,
  id: string,
  version: number,
  values: Partial<PlanFields> & {
    agreedOn?: ReturnPlanRow['agreedOn']
    movedOn?: ReturnPlanRow['movedOn']
    movedTo?: ReturnPlanRow['movedTo']
    movedBackOn?: ReturnPlanRow['movedBackOn']
    withdrawnOn?: ReturnPlanRow['withdrawnOn']
    withdrawnReason?: string
  },
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('returnPlan')
    .set(values)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw stale()
}

/**
 * The plan is agreed on by bydel, VEL and the person; from then on the home is being made ready.
 * @throws {DomainError} `return_plan_incomplete` names what rule 11 misses; `return_plan_closed`, `stale_version`
 */
export async function agree(
  acting: Acting,
  actor: Actor,
  plan: ReturnPlanRow,
  version: number,
  note: string | null,
): Promise<ReturnPlanRow> {
  mustBeOpen(plan)
  if (plan.agreedOn !== null) throw new DomainError('return_plan_closed', 'Planen er avtalt fra før.')
  const missing = missingIn(fieldsOf(plan))
  if (missing.length > 0)
    throw new DomainError(
      'return_plan_incomplete',
      'Planen kan ikke avtales før alt er på plass.',
      missing.map(({ pointer, id, title }) => ({ pointer, code: id, detail: `Mangler: ${title}` })),
    )
  await updatePlan(acting, plan.id, version, { agreedOn: acting.today })
  await recordEvent(acting, actor, plan.id, { kind: 'agreed', note })
  return existingReturnPlan(acting.trx, plan.id)
}

/** Takes a plan back with its reason; it stays to be read. @throws {DomainError} `return_plan_closed`, `stale_version` */
export async function withdraw(
  acting: Acting,
  actor: Actor,
  plan: ReturnPlanRow,
  version: number,
  { reason, note }: { reason: string; note: string | null },
): Promise<ReturnPlanRow> {
  mustBeOpen(plan)
  await recordEvent(acting, actor, plan.id, { kind: 'withdrawn', note })
  await updatePlan(acting, plan.id, version, { withdrawnOn: acting.today, withdrawnReason: reason })
  return { ...plan, version: version + 1, withdrawnOn: acting.today, withdrawnReason: reason }
}
