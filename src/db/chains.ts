import { type Kysely, sql } from 'kysely'
import { addDays, type Day } from '../domain/day.ts'
import { DomainError, invalid, notFound } from '../domain/error.ts'
import { brokenStepSentence, firmStepSentence, type StepBreak, settleChain } from '../domain/placement/chain.ts'
import { type OfferFacts, type OfferState, offerState } from '../domain/placement/offer.ts'
import { PLACEMENT_POLICY } from '../reference/policies.ts'
import type { Acting } from './actor.ts'
import { endOfDay } from './day.ts'
import type { DB } from './types.generated.ts'

interface FactRow extends Omit<OfferFacts, 'placeGone' | 'notArrivedReason'> {
  position: number
  placeId: string
  fromPlaceId: string | null
  plannedOn: Day
  brokenBy: StepBreak | null
  hasOffer: boolean
  stillWanted: boolean
}

/** A step as it stands, with the state of its offer now. */
export interface ChainFact extends FactRow {
  offer: OfferState | null
}

/** A chain before any of its places: whoever changes one of its offers waits here for whoever is doing so. */
export async function lockChain({ trx }: Pick<Acting, 'trx'>, chainId: string): Promise<void> {
  await sql`select lock_chain(${chainId}::uuid)`.execute(trx)
}

/** The chains in which a move of the need is still to come, locked before anything else: what ends it settles them. */
export async function lockChainsOf({ trx }: Pick<Acting, 'trx'>, needId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select lock_chains_of(${needId}::uuid) as id`.execute(trx)
  return rows.map(({ id }) => id)
}

/** The steps of a chain in order, wherever its people belong, and without them. */
export async function chainFacts(acting: Acting, chainId: string): Promise<ChainFact[]> {
  return (await factsOfChains(acting, [chainId])).get(chainId) ?? []
}

/** The same of several chains, in one query. */
export async function factsOfChains({ trx, now }: Acting, ids: readonly string[]): Promise<Map<string, ChainFact[]>> {
  const { rows } = await sql<FactRow & { chainId: string }>`
    select wanted.id as chain_id, facts.* from unnest(${ids}::uuid[]) as wanted (id)
      cross join lateral chain_facts(wanted.id) as facts order by wanted.id, facts.position`.execute(trx)
  const facts = new Map<string, ChainFact[]>()
  for (const { chainId, ...row } of rows) {
    const fact = {
      ...row,
      offer: row.hasOffer ? offerState({ ...row, placeGone: false, notArrivedReason: null }, now) : null,
    }
    facts.set(chainId, [...(facts.get(chainId) ?? []), fact])
  }
  return facts
}

/**
 * Draws the consequences of what has happened in a chain: what becomes firm, what falls with a break, and that the rest is
 * proposed again. Nothing happens twice. The chain must be locked.
 * @param leaving a step without an offer whose person is taken out of the chain
 */
export async function settle(acting: Acting, chainId: string, leaving?: number): Promise<void> {
  const { trx, today } = acting
  const facts = await chainFacts(acting, chainId)
  const { broken, firm } = settleChain(
    facts.map(({ position, brokenBy, offer, conditional, firmAt, stillWanted, plannedOn }) => ({
      position,
      brokenBy,
      offer,
      waits: conditional && firmAt === null,
      stillWanted: stillWanted && position !== leaving,
      late: plannedOn < today,
    })),
  )
  if (broken.length === 0 && firm.length === 0) return
  const places = await namesOf(acting, facts)
  for (const { position, by } of broken) {
    const reason = brokenStepSentence(places(position), by)
    await sql`select break_step(${chainId}::uuid, ${position}, ${by}, ${reason})`.execute(trx)
  }
  for (const position of firm) {
    const until = answerUntil(facts[position]?.plannedOn ?? today, today)
    await sql`select firm_step(${chainId}::uuid, ${position}, ${await endOfDay(trx, until)}::timestamptz,
      ${firmStepSentence(places(position), until)})`.execute(trx)
  }
  if (broken.length > 0) await sql`select propose_again(${chainId}::uuid)`.execute(trx)
}

/** As long as for any offer, but not beyond the day of the move. */
function answerUntil(plannedOn: Day, today: Day): Day {
  const week = addDays(today, PLACEMENT_POLICY.parameters.replyDays)
  return plannedOn < today ? today : plannedOn < week ? plannedOn : week
}

async function namesOf({ trx }: Acting, facts: readonly ChainFact[]) {
  const rows = await trx
    .selectFrom('place')
    .innerJoin('facility', 'facility.id', 'place.facilityId')
    .select(['place.id', 'place.label', 'facility.name as facilityName'])
    .where(sql<boolean>`place.id = any(${facts.map(({ placeId }) => placeId)}::uuid[])`)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return (position: number) => {
    const place = byId.get(facts[position]?.placeId ?? '')
    if (place === undefined) throw new Error('a step has no place')
    return place
  }
}

/** Chains in which something ended and nobody has drawn the consequence; locked, in order. */
export async function unsettledChains(acting: Acting): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select unsettled_chains() as id`.execute(acting.trx)
  for (const { id } of rows) await lockChain(acting, id)
  return rows.map(({ id }) => id)
}

/** Whether the one who lives in the place of a step has moved into her own new home; true for the first step, which waits for nobody. */
export async function stepBeforeHasMoved(
  acting: Acting,
  { chainId, chainPosition }: { chainId: string | null; chainPosition: number | null },
): Promise<boolean> {
  if (chainId === null || chainPosition === null || chainPosition === 0) return true
  const facts = await chainFacts(acting, chainId)
  return facts[chainPosition - 1]?.offer === 'moved_in'
}

/** Whose move a step of a chain is: the need, as far as the reader may know. */
export async function memberOf(db: Kysely<DB>, chainId: string, position: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('chainMember')
    .select('needId')
    .where('chainId', '=', chainId)
    .where('position', '=', position)
    .executeTakeFirst()
  return row?.needId
}

/**
 * The step of a chain that a place is wanted for, with the chain locked: hers to fill, for this need and this place, and still open.
 * @throws {DomainError} `not_found`, `invalid_value`, `chain_step_closed`
 */
export async function openStep(
  acting: Acting,
  { needId, placeId }: { needId: string; placeId: string },
  { id, position }: { id: string; position: number },
): Promise<ChainFact> {
  await lockChain(acting, id)
  // another bydel's step is like a missing one
  if ((await memberOf(acting.trx, id, position)) !== needId) throw notFound()
  const step = (await chainFacts(acting, id))[position]
  if (step === undefined) throw notFound()
  if (step.placeId !== placeId) throw invalid('/placeId', 'not_of_step', 'Leddet i kjeden gjelder en annen plass.')
  if (step.brokenBy !== null || step.offer !== null)
    throw new DomainError('chain_step_closed', 'Leddet i kjeden er brutt, eller tilbudet er allerede sendt.')
  return step
}
