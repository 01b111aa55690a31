import { sql } from 'kysely'
import type { Acting } from '../../db/actor.ts'
import { lockChainsOf, settle } from '../../db/chains.ts'
import { placeInCity } from '../../db/city.ts'
import { mustAvoid } from '../../db/needs.ts'
import { decidedFor, existingOffer, leaseOf, lockedOffer, type OfferRow, stateOf } from '../../db/offers.ts'
import { addTasks } from '../../db/tasks.ts'
import { addDays, type Day, dayInOslo } from '../../domain/day.ts'
import { invalid } from '../../domain/error.ts'
import { formById, type HousingForm } from '../../domain/ladder.ts'
import { permit } from '../../domain/placement/decide.ts'
import { basisFailing, decidedOn } from '../../domain/placement/moveInBasis.ts'
import type { PreconditionId } from '../../domain/placement/preconditions.ts'
import { moveInTasks } from '../../domain/placement/stayTasks.ts'
import { standingOn, vacancyFailing } from '../../domain/placement/vacancy.ts'
import { readinessOf } from '../../domain/readiness.ts'
import { ruleById } from '../../reference/rules.ts'

const { checksAfterMonths } = ruleById('return_plan').parameters
const { handoverDaysMax } = ruleById('no_gap_between_homes').parameters

/**
 * Records the move-in: the place is taken, the stay begins, the need is met, and looking in afterwards becomes tasks. May be
 * recorded later than it happened, and on another day than was planned; both days are kept.
 * @param expected when the stay is expected to end; undefined: as the lease or the form says
 * @throws {DomainError} `not_found`, `stale_version`, `offer_not_open`, `lease_missing`, `decision_missing`, `step_stopped`,
 * `place_taken`, `place_closed`, `place_unfit`, `invalid_value`
 */
export async function moveIn(
  acting: Acting,
  id: string,
  version: number,
  on: Day,
  expected: Day | null | undefined,
): Promise<OfferRow> {
  const { trx, now, today } = acting
  const chains = await lockChainsOf(acting, (await existingOffer(trx, id)).needId)
  const offer = await lockedOffer(acting, id, version)
  const form = offer.formGiven as HousingForm
  if (on > today) throw invalid('/on', 'in_the_future', 'Innflyttingen kan ikke være i fremtiden.')
  if (on < dayInOslo(new Date(offer.sentAt)))
    throw invalid('/on', 'before_offer', 'Innflyttingen kan ikke være før tilbudet ble sendt.')
  const found = await placeInCity(acting, offer.placeId)
  if (found === undefined) throw new Error('an offer has no place')
  const decided = decidedOn(decidedFor(offer), on)
  // what has begun to be lived in already is asked about as it is today
  const standing = standingOn(found.place, found.facility, { on: today, today, ownHold: true })
  const failing: PreconditionId[] = [
    ...(offer.needStatus === 'registered' ? [] : (['need_registered'] as const)),
    ...basisFailing(form, leaseOf(offer), decidedFor(offer), on),
    ...vacancyFailing(standing?.kind === 'not_admitting' ? undefined : standing),
    // whoever came to the house since she said yes
    ...((await mustAvoid(acting, offer.householdId, found.facility.id)) ? (['lives_apart'] as const) : []),
  ]
  permit('offer.move_in', {
    state: stateOf(offer, now),
    readiness: readinessOf(
      {
        forms: [form],
        serviceDecisionOn: decided ? on : null,
        windowStated: true,
        responsibleDistrict: null,
        lastAssessedOn: null,
        privateRental: 'not_considered',
        consents: [],
        individualPlanOfferedOn: null,
        contactPerson: null,
      },
      today,
    ),
    failing,
    overridden: [],
    place: { id: offer.placeId, needId: offer.needId, standing },
  })
  const expectedUntil = expected === undefined ? expectedEnd(offer, form, on) : expected
  if (expectedUntil !== null && expectedUntil <= on)
    throw invalid('/expectedUntil', 'not_later', 'Oppholdet må være avtalt til etter innflyttingen.')
  const otherHomes = offer.otherHomes ?? 0
  const { rows } = await sql<{ stayId: string }>`
    select begin_stay(${id}::uuid, ${on}::date, ${expectedUntil}::date) as stay_id`.execute(trx)
  const stayId = rows[0]?.stayId
  if (stayId === undefined) throw new Error('the stay was not begun')
  await addTasks(
    trx,
    { holdingDistrict: offer.holdingDistrict, needId: offer.needId, stayId },
    moveInTasks({ place: offer, form, on, expectedUntil, otherHomes, decided }, { checksAfterMonths, handoverDaysMax }),
  )
  // moves of hers elsewhere are over with the need: what waited for them is proposed again now
  for (const chain of chains) await settle(acting, chain)
  return existingOffer(trx, id)
}

/** The end of the lease, or the longest stay that the norm for the form allows; null where there is neither. */
function expectedEnd(offer: OfferRow, form: HousingForm, on: Day): Day | null {
  if (offer.leaseSignedOn !== null) return offer.leaseTo
  const { stayNormDays } = formById(form)
  return stayNormDays === null ? null : addDays(on, stayNormDays)
}
