import { sql } from 'kysely'
import type { Acting, Actor } from '../../db/actor.ts'
import { asJson } from '../../db/json.ts'
import { mustHaveRoom } from '../../db/longJobs.ts'
import { SCHEDULE_JOB } from '../../db/returnSchedules.ts'
import { addMonths, type Day, parseDay } from '../../domain/day.ts'
import { DomainError, type FieldError } from '../../domain/error.ts'
import { formatDay } from '../../domain/words.ts'
import { RETURN_SCHEDULE_POLICY } from '../../reference/returnSchedulePolicy.ts'
import type { NewReturnSchedule } from './schema.ts'

const { parameters } = RETURN_SCHEDULE_POLICY

/** What is wrong with what was asked for; a value that was left out is never wrong. */
function problemsIn(asked: NewReturnSchedule, until: Day, today: Day, known: ReadonlySet<string>): FieldError[] {
  const last = addMonths(today, 12 * parameters.yearsMax)
  const errors: FieldError[] = []
  if (until <= today) errors.push({ pointer: '/until', code: 'day_in_the_past', detail: 'Dagen må være etter i dag.' })
  if (until > last) {
    const detail = `En tidsplan kan gå høyst ${parameters.yearsMax} år fram. Velg en dag til og med ${formatDay(last)}.`
    errors.push({ pointer: '/until', code: 'too_far', detail })
  }
  const seen = new Set<string>()
  for (const [index, { teamId }] of (asked.teams ?? []).entries()) {
    const pointer = `/teams/${index}/teamId`
    if (!known.has(teamId)) errors.push({ pointer, code: 'unknown', detail: 'Teamet finnes ikke.' })
    if (seen.has(teamId)) errors.push({ pointer, code: 'twice', detail: 'Teamet er nevnt to ganger.' })
    seen.add(teamId)
  }
  return errors
}

/**
 * Registers a schedule to be made, after everything that can be wrong with it has been looked at.
 * @throws {DomainError} `invalid_value` with each wrong value; `too_many_unfinished` when the user has enough that wait
 */
export async function startSchedule({ trx, today }: Acting, actor: Actor, asked: NewReturnSchedule): Promise<string> {
  const until = asked.until ?? parseDay(parameters.until) ?? today
  const teams = await trx.selectFrom('supportTeam').select('id').execute()
  const errors = problemsIn(asked, until, today, new Set(teams.map(({ id }) => id)))
  if (errors.length > 0) throw new DomainError('invalid_value', 'Noe av det som er fylt ut, er ikke riktig.', errors)
  await mustHaveRoom(trx, SCHEDULE_JOB, actor.accountId, parameters.unfinishedMax)
  const {
    shareOfVacancies = parameters.shareOfVacancies,
    certainty = parameters.certainty,
    keptMonths = parameters.keptMonths,
  } = asked
  const { id } = await trx
    .insertInto('returnSchedule')
    .values({
      asOf: today,
      until,
      shareOfVacancies,
      certainty,
      keptMonths,
      teams: asJson(asked.teams ?? []),
      requestedBy: actor.accountId,
      // a job's times are the real clock's, also in the demo: they say how long it took
      requestedAt: sql<string>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
