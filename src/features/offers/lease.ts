import { sql } from 'kysely'
import type { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import { stepBeforeHasMoved } from '../../db/chains.ts'
import { existingOffer, lockedOffer, type OfferRow, stateOf } from '../../db/offers.ts'
import { dateRange } from '../../db/range.ts'
import { addDays, type Day } from '../../domain/day.ts'
import { invalid } from '../../domain/error.ts'
import type { HousingForm } from '../../domain/ladder.ts'
import { type LeaseFacts, type LeaseProposal, leaseProposal } from '../../domain/lease.ts'
import { permit } from '../../domain/placement/decide.ts'
import { hasLease } from '../../domain/placement/tasks.ts'
import { formatDay } from '../../domain/words.ts'
import { LEASE_POLICY } from '../../reference/policies.ts'
import type { lease, leaseProposal as proposalBody } from './schema.ts'

async function proposed({ trx }: Acting, offer: OfferRow, from: Day): Promise<LeaseProposal | null> {
  const { rows } = await sql<LeaseFacts>`
    select children_born_in, rents_municipal from lease_facts(${offer.id}::uuid)`.execute(trx)
  const facts = rows[0] ?? { childrenBornIn: [], rentsMunicipal: false }
  return leaseProposal(offer.formGiven, from, facts)
}

/**
 * How long the lease of an offer is proposed to last when it begins on `from`.
 * @throws {DomainError} `not_found`
 */
export async function proposedLease(acting: Acting, id: string, from: Day): Promise<z.infer<typeof proposalBody>> {
  const proposal = await proposed(acting, await existingOffer(acting.trx, id), from)
  return {
    from,
    years: proposal?.years ?? null,
    to: proposal?.to ?? null,
    sentence: proposal?.sentence ?? null,
    source: proposal === null ? null : LEASE_POLICY.municipal.source,
  }
}

/**
 * Records that the lease is signed: from then on the person may leave where she lives.
 * @throws {DomainError} `not_found`, `stale_version`, `offer_not_open`, `no_lease`, `invalid_value` (also where it lasts for
 * another time than is proposed, without why)
 */
export async function signLease(
  acting: Acting,
  id: string,
  version: number,
  { signedOn, during, termReason }: z.output<typeof lease>,
): Promise<OfferRow> {
  const { trx, now, today } = acting
  const offer = await lockedOffer(acting, id, version)
  permit('offer.sign_lease', {
    state: stateOf(offer, now),
    readiness: [],
    failing: [
      ...(hasLease(offer.formGiven as HousingForm) ? [] : (['form_has_lease'] as const)),
      ...((await stepBeforeHasMoved(acting, offer)) ? [] : (['step_before_moved'] as const)),
    ],
    overridden: [],
  })
  if (signedOn > today) throw invalid('/signedOn', 'in_the_future', 'Datoen kan ikke være i fremtiden.')
  if (during.to !== null && during.to <= offer.moveInOn)
    throw invalid('/during/to', 'before_move_in', 'Leieforholdet kan ikke være over før innflyttingen.')
  const proposal = await proposed(acting, offer, during.from)
  const asProposed = proposal === null || proposal.to === during.to
  if (!asProposed && termReason === null)
    throw invalid(
      '/termReason',
      'missing',
      `Skriv hvorfor kontrakten ikke varer til og med ${formatDay(addDays(proposal.to, -1))}. ${proposal.sentence}`,
    )
  await trx
    .updateTable('offer')
    .set({ leaseSignedOn: signedOn, leaseDuring: dateRange(during), leaseTermReason: asProposed ? null : termReason })
    .where('id', '=', id)
    .execute()
  return existingOffer(trx, id)
}
