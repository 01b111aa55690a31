import type { Day } from '../domain/day.ts'
import { explain, type Pair } from '../domain/eligibility.ts'
import { type FieldError, invalid, type PlaceStanding } from '../domain/error.ts'
import type { HousingForm } from '../domain/ladder.ts'
import type { PreconditionId } from '../domain/placement/preconditions.ts'
import { type ExplainedSkip, explainedSkip, type Skip, wantedMore } from '../domain/placement/skip.ts'
import { afterMove, pairOnDay, standingOn, unfitBy, vacancyFailing } from '../domain/placement/vacancy.ts'
import { readinessOf } from '../domain/readiness.ts'
import type { Acting } from './actor.ts'
import { placeInCity } from './city.ts'
import { fittingForms } from './fittingForms.ts'
import { reservedFor } from './holds.ts'
import { type NeedRow, readinessFactsOf, requirementsOf } from './needs.ts'
import { lockNeed, lockPlace, otherOffers } from './offers.ts'

/** A place that somebody wants to give to a need, with all that decides whether it may be. */
export interface ProposedPlace {
  pair: Pair
  standing: PlaceStanding | undefined
  failing: PreconditionId[]
  unfit: FieldError[]
  readiness: ReturnType<typeof readinessOf>
  /** The rules and what the need had, as they are now: frozen on the offer. */
  frozen: unknown
  /** The hold that keeps the place for this need already. */
  reservation: string | undefined
}

/**
 * Locks the place and the need, and asks everything about it and the need that giving it away depends on. Readiness is asked for the form
 * of the place, which is what is given.
 * @param vacated who lives there moves first, in the same chain: asked as if she had
 * @throws {DomainError} `invalid_value`: no such place, or a move-in day that is past or outside the need's own days
 */
export async function proposedPlace(
  acting: Acting,
  need: NeedRow,
  placeId: string,
  moveInOn: Day,
  overridden: readonly string[],
  vacated = false,
): Promise<ProposedPlace> {
  const { trx, today } = acting
  await lockPlace(trx, placeId)
  const status = await lockNeed(trx, need.id)
  const found = await placeInCity(acting, placeId)
  if (found === undefined) throw invalid('/placeId', 'unknown_place', 'Plassen finnes ikke.')
  if (moveInOn < today) throw invalid('/moveInOn', 'in_the_past', 'Innflyttingen kan ikke være før i dag.')
  const { neededFrom, neededTo } = need
  if ((neededFrom !== null && moveInOn < neededFrom) || (neededTo !== null && moveInOn >= neededTo)) {
    throw invalid('/moveInOn', 'outside_window', 'Dagen er utenfor tidsrommet personen kan flytte i.')
  }
  const place = vacated ? afterMove(found.place) : found.place
  const { facility } = found
  const [requirements] = await requirementsOf(acting, [need])
  if (requirements === undefined) throw new Error('one need has one set of requirements')
  const pair = pairOnDay(requirements, place, facility, moveInOn, today)
  const { here: reservation } = await reservedFor(trx, need.id, placeId)
  const standing = standingOn(place, facility, { on: moveInOn, today, ownHold: reservation !== undefined })
  const unfit = unfitBy(pair, overridden)
  const others = await otherOffers(trx, need.id)
  const readiness = readinessOf({ ...readinessFactsOf(need), forms: [place.form] }, today)
  const failing: PreconditionId[] = [
    ...vacancyFailing(standing),
    ...(unfit.length > 0 ? (['place_fits'] as const) : []),
    ...(status === 'registered' ? [] : (['need_registered'] as const)),
    ...(others.some(({ acceptedAt }) => acceptedAt !== null) ? (['no_home_accepted'] as const) : []),
    ...(others.some((other) => other.placeId === placeId) ? (['not_offered_before'] as const) : []),
  ]
  const frozen = {
    rules: explain(pair).map(({ ruleId, outcome, needed, offered }) => ({ ruleId, outcome, needed, offered })),
    readiness: readiness.map(({ id, present }) => ({ id, present })),
  }
  return { pair, standing, failing, unfit, readiness, frozen, reservation }
}

/**
 * Why another form is given than the one needed, for the offer to keep; undefined where nobody has accounted for it. Whether the
 * forms wanted more could be had is looked up only where it matters.
 * @param asked the form that a referral asked for
 */
export async function skipOf(
  acting: Acting,
  need: NeedRow,
  { pair }: ProposedPlace,
  moveInOn: Day,
  said: { skip: Skip; skipReason: string | null },
  { returns, asked }: { returns: boolean; asked: HousingForm | null },
): Promise<ExplainedSkip | undefined> {
  const forms = need.forms as HousingForm[]
  const given = pair.place.form
  const better = wantedMore(forms, given)
  const matters = said.skip === 'forced' || (said.skip === 'none' && !returns && forms.includes(given))
  const fitting = matters ? await fittingForms(acting, pair.requirements, better, moveInOn) : []
  return explainedSkip({ forms, given, said: said.skip, reason: said.skipReason, returns, asked, fitting, moveInOn })
}

/** The need's most wanted form. */
export function formNeededOf(need: NeedRow): HousingForm {
  const [form] = need.forms
  if (form === undefined) throw new Error('a registered need has no form')
  return form as HousingForm
}
