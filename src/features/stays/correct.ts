import { sql } from 'kysely'
import type { Acting } from '../../db/actor.ts'
import { placeInCity } from '../../db/city.ts'
import {
  existingStay,
  homeOf,
  lockedStay,
  nextHomesOf,
  openNeedOfStay,
  type StayRow,
  stateOfStay,
} from '../../db/stays.ts'
import { addTasks } from '../../db/tasks.ts'
import { invalid } from '../../domain/error.ts'
import type { HousingForm } from '../../domain/ladder.ts'
import { permit } from '../../domain/placement/decide.ts'
import type { PreconditionId } from '../../domain/placement/preconditions.ts'
import { isReady, rightOfReturnUntil } from '../../domain/placement/stay.ts'
import { departureCorrectedTask, moveInTasks } from '../../domain/placement/stayTasks.ts'
import { givenSince, vacancyFailing } from '../../domain/placement/vacancy.ts'
import { formatDay } from '../../domain/words.ts'
import { chosenReason } from '../../reference/reasonCodes.ts'
import { ruleById } from '../../reference/rules.ts'
import { checkLeftOn } from './depart.ts'
import type { DepartureCorrectionBody, MoveInCorrectionBody } from './schema.ts'

const { checksAfterMonths } = ruleById('return_plan').parameters
const { handoverDaysMax } = ruleById('no_gap_between_homes').parameters

/**
 * Corrects a departure that was recorded wrongly: the person never left, or left on another day. Both stand on record. Refused
 * where the place has been given to somebody else for those days, with what it is.
 * @throws {DomainError} `not_found`, `stale_version`, `stay_not_departed`, `correction_blocked`, `place_taken`, `place_held`,
 * `next_home_missing` (an earlier day, before the next home was ready), `invalid_value`
 */
export async function correctDeparture(
  acting: Acting,
  id: string,
  version: number,
  body: DepartureCorrectionBody,
): Promise<StayRow> {
  const { trx, today } = acting
  const reason = correctionReason(body.reason)
  const stay = await lockedStay(acting, id, version)
  const state = stateOfStay(stay, today)
  const was = stay.to
  if (was !== null && body.on !== null) {
    checkLeftOn(body.on, stay.from, today)
    if (body.on === was) throw invalid('/on', 'same_day', `Utflyttingen er registrert ${formatDay(was)}.`)
  }
  const movedOn = stay.departureReason === 'moved_on'
  const earlier = was !== null && body.on !== null && body.on < was
  const homes = earlier && movedOn ? await nextHomesOf(acting, id) : []
  const found = stay.placeId === null ? undefined : await placeInCity(acting, stay.placeId)
  const standing =
    found === undefined || was === null ? undefined : givenSince(found.place, { from: was, to: body.on }, today)
  const failing: PreconditionId[] = [
    ...(stay.departureReason === 'transferred' ? (['left_by_departure'] as const) : []),
    ...vacancyFailing(standing),
    ...(earlier && movedOn && !homes.some((home) => isReady(home, body.on ?? was))
      ? (['next_home_ready'] as const)
      : []),
  ]
  permit('stay.correct_departure', {
    state,
    readiness: [],
    failing,
    overridden: [],
    ...(stay.placeId === null ? {} : { place: { id: stay.placeId, needId: null, standing } }),
  })
  const mayReturnUntil = body.on === null ? null : rightOfReturnUntil(stay.form as HousingForm, movedOn, body.on)
  await sql`select correct_departure(${id}::uuid, ${body.on}::date, ${mayReturnUntil}::date, ${reason}, ${body.note})`.execute(
    trx,
  )
  const openNeed = body.on === null ? await openNeedOfStay(acting, id) : null
  if (openNeed !== null) {
    await addTasks(trx, { holdingDistrict: stay.holdingDistrict, needId: openNeed, stayId: id }, [
      departureCorrectedTask(homeOf(stay), today),
    ])
  }
  return existingStay(trx, id)
}

/**
 * Corrects the day of a move-in; the checks after it are counted from the right day.
 * @throws {DomainError} `not_found`, `stale_version`, `correction_blocked`, `place_taken` (somebody else lived there then),
 * `invalid_value`
 */
export async function correctMoveIn(
  acting: Acting,
  id: string,
  version: number,
  body: MoveInCorrectionBody,
): Promise<StayRow> {
  const { trx, today } = acting
  const reason = correctionReason(body.reason)
  const stay = await lockedStay(acting, id, version)
  permit('stay.correct_move_in', {
    state: stateOfStay(stay, today),
    readiness: [],
    failing: stay.cameByTransfer ? ['came_by_move_in'] : [],
    overridden: [],
  })
  if (body.on > today) throw invalid('/on', 'in_the_future', 'Innflyttingen kan ikke være i fremtiden.')
  if (body.on === stay.from) throw invalid('/on', 'same_day', `Innflyttingen er registrert ${formatDay(stay.from)}.`)
  if (stay.to !== null && body.on >= stay.to)
    throw invalid('/on', 'after_departure', `Innflyttingen må være før utflyttingen ${formatDay(stay.to)}.`)
  if (stay.expectedUntil !== null && body.on >= stay.expectedUntil)
    throw invalid(
      '/on',
      'after_end',
      `Innflyttingen må være før ${formatDay(stay.expectedUntil)}, som oppholdet er avtalt til.`,
    )
  const { rows } = await sql<{ checks: string[] }>`
    select correct_move_in(${id}::uuid, ${body.on}::date, ${reason}, ${body.note}) as checks`.execute(trx)
  const checks = rows[0]?.checks ?? []
  const again = moveInTasks(
    {
      place: homeOf(stay),
      form: stay.form as HousingForm,
      on: body.on,
      expectedUntil: null,
      otherHomes: 0,
      decided: true,
    },
    { checksAfterMonths, handoverDaysMax },
  ).filter(({ kind }) => checks.includes(kind))
  await addTasks(trx, { holdingDistrict: stay.holdingDistrict, stayId: id }, again)
  return existingStay(trx, id)
}

function correctionReason(id: string): string {
  const reason = chosenReason('correction', id)
  if (reason === undefined) throw invalid('/reason', 'unknown_reason', 'Velg en av grunnene i listen.')
  return reason.id
}
