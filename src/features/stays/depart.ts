import { sql } from 'kysely'
import type { Acting } from '../../db/actor.ts'
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
import type { Day } from '../../domain/day.ts'
import { invalid } from '../../domain/error.ts'
import type { HousingForm } from '../../domain/ladder.ts'
import { permit } from '../../domain/placement/decide.ts'
import { isReady, rightOfReturnUntil } from '../../domain/placement/stay.ts'
import { departureTasks } from '../../domain/placement/stayTasks.ts'
import { formatDay } from '../../domain/words.ts'
import { chosenReason } from '../../reference/reasonCodes.ts'
import type { DepartureBody } from './schema.ts'

/**
 * A day on which somebody left: it has come, and it is after the day she moved in, because a stay of no days never was.
 * @throws {DomainError} `invalid_value`
 */
export function checkLeftOn(on: Day, from: Day, today: Day): void {
  if (on > today)
    throw invalid('/on', 'in_the_future', 'Utflyttingen kan ikke være i fremtiden. Registrer den når den har skjedd.')
  if (on <= from) throw invalid('/on', 'before_arrival', `Utflyttingen må være etter innflyttingen ${formatDay(from)}.`)
}

/**
 * Records that somebody has left: the place is free from the day. Who moved on had her next home by then; who moved on from an
 * institution may come back for a time; after every other departure somebody looks at the need.
 * @throws {DomainError} `not_found`, `stale_version`, `stay_not_present`, `next_home_missing`, `invalid_value`
 */
export async function depart(acting: Acting, id: string, version: number, body: DepartureBody): Promise<StayRow> {
  const { trx, today } = acting
  const reason = chosenReason('departure', body.reason)
  if (reason === undefined) throw invalid('/reason', 'unknown_reason', 'Velg en av grunnene i listen.')
  const stay = await lockedStay(acting, id, version)
  const movesOn = reason.consequence.effect === 'requires_next_home'
  const homes = await nextHomesOf(acting, id)
  const ready = homes.filter((home) => isReady(home, body.on))
  const state = stateOfStay(stay, today)
  const failing = movesOn && ready.length === 0 ? (['next_home_ready'] as const) : []
  // the day first: a home that is ready is one that is ready by then
  if (state !== 'departed') checkLeftOn(body.on, stay.from, today)
  permit('stay.depart', { state, readiness: [], failing, overridden: [] })
  const openNeed = await openNeedOfStay(acting, id)
  const mayReturnUntil = rightOfReturnUntil(stay.form as HousingForm, movesOn, body.on)
  await sql`select depart_stay(${id}::uuid, ${body.on}::date, ${reason.id}, ${body.note}, ${mayReturnUntil}::date)`.execute(
    trx,
  )
  const tasks = departureTasks(
    {
      place: homeOf(stay),
      on: body.on,
      next: ready.map(({ beginsOn }) => beginsOn).toSorted()[0] ?? null,
      openNeed: openNeed !== null,
      otherHomes: homes.filter(({ kind }) => kind === 'stay').length,
    },
    reason,
    today,
  )
  await addTasks(trx, { holdingDistrict: stay.holdingDistrict, needId: openNeed, stayId: id }, tasks)
  return existingStay(trx, id)
}
