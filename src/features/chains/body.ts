import { openIdentity } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { Acting } from '../../db/actor.ts'
import { factsOfChains } from '../../db/chains.ts'
import { placesNamed } from '../../db/places.ts'
import { lastDayBefore } from '../../domain/day.ts'
import {
  breakSentence,
  CHAIN_STATE_NAMES,
  chainState,
  STEP_STATE_NAMES,
  stepState,
} from '../../domain/placement/chain.ts'
import { type ChainRow, marksOf, ownMembers, proposedAgain, runGoesOn } from './queries.ts'
import type { FollowedChain, MovingChain, ProposedAgain } from './schema.ts'

type Place = MovingChain['steps'][number]['place']

/** Chains with their steps, and names of the reader's own people alone; as many queries for a page as for one. */
export async function chainBodies(keyring: Keyring, acting: Acting, rows: readonly ChainRow[]): Promise<MovingChain[]> {
  const ids = rows.map(({ id }) => id)
  const factsOf = await factsOfChains(acting, ids)
  const at = (chainId: string, position: number) => `${chainId} ${position}`
  const marks = new Map((await marksOf(acting.trx, ids)).map((mark) => [at(mark.chainId, mark.position), mark]))
  const own = new Map(
    (await ownMembers(acting.trx, ids)).map((member) => [at(member.chainId, member.position), member]),
  )
  const placeOf = await placeNames(
    acting,
    [...factsOf.values()].flat().flatMap(({ placeId, fromPlaceId }) => [placeId, fromPlaceId]),
  )
  return rows.map(({ id, runId, runChain, districts, againRunId }) => {
    const steps = (factsOf.get(id) ?? []).map((fact): MovingChain['steps'][number] => {
      const state = stepState(fact)
      const member = own.get(at(id, fact.position))
      const mark = marks.get(at(id, fact.position))
      return {
        position: fact.position,
        place: placeOf(fact.placeId),
        from: fact.fromPlaceId === null ? null : placeOf(fact.fromPlaceId),
        plannedOn: fact.plannedOn,
        answerBy: fact.hasOffer ? lastDayBefore(fact.replyBy) : null,
        urgencyClass: mark?.urgencyClass ?? 5,
        state,
        stateName: STEP_STATE_NAMES[state],
        brokenBy: fact.brokenBy,
        brokenAt: mark?.brokenAt ?? null,
        why: fact.brokenBy === null ? null : breakSentence(fact.brokenBy),
        needId: member?.needId ?? null,
        residentName: member === undefined ? null : openIdentity(keyring, member.residentId, member.ciphertext).name,
        offerId: member?.offerId ?? null,
      }
    })
    const state = chainState(steps.map((step) => step.state))
    return { id, state, stateName: CHAIN_STATE_NAMES[state], runId, runChain, districts, againRunId, steps }
  })
}

/** One of them. */
export async function chainBody(keyring: Keyring, acting: Acting, row: ChainRow): Promise<MovingChain> {
  const [body] = await chainBodies(keyring, acting, [row])
  if (body === undefined) throw new Error('one chain has one body')
  return body
}

/** The same with what is proposed instead for the reader's own people whose move fell. */
export async function followedBody(keyring: Keyring, acting: Acting, row: ChainRow): Promise<FollowedChain> {
  const chain = await chainBody(keyring, acting, row)
  const fell = chain.steps.flatMap(({ state, needId }) => (state === 'broken' && needId !== null ? [needId] : []))
  const again = row.againRunId === null ? new Map() : await againFor(acting, row.againRunId, fell)
  return {
    ...chain,
    againEnded: row.againRunId !== null && !(await runGoesOn(acting.trx, row.againRunId)),
    steps: chain.steps.map((step) => ({ ...step, again: again.get(step.needId) ?? null })),
  }
}

async function againFor(
  acting: Acting,
  runId: string,
  needIds: readonly string[],
): Promise<Map<string, ProposedAgain>> {
  if (needIds.length === 0) return new Map()
  const rows = await proposedAgain(acting.trx, runId, needIds)
  const placeOf = await placeNames(
    acting,
    rows.map(({ placeId }) => placeId),
  )
  return new Map(
    rows.map(({ needId, placeId, movesOn, chain, detail }) => [
      needId,
      {
        place: placeId === null ? null : placeOf(placeId),
        movesOn,
        chain,
        sentence: placeId === null ? (detail as unknown as { sentence: string }).sentence : null,
      },
    ]),
  )
}

async function placeNames({ trx }: Acting, ids: readonly (string | null)[]): Promise<(id: string) => Place> {
  const named = await placesNamed(
    trx,
    ids.filter((id) => id !== null),
  )
  const byId = new Map(named.map((place) => [place.id, place]))
  return (id) => {
    const place = byId.get(id)
    if (place === undefined) throw new Error('a place of a chain is gone')
    return { ...place, form: place.form as Place['form'] }
  }
}
