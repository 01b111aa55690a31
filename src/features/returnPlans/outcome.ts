import { type Kysely, sql } from 'kysely'
import type { Acting, Actor } from '../../db/actor.ts'
import type { ReturnPlanRow } from '../../db/returnPlans.ts'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'
import { DomainError, invalid } from '../../domain/error.ts'
import { HOME_FORMS } from '../../domain/returnPlan/plan.ts'
import { districtName, formatDay } from '../../domain/words.ts'
import type { OutcomeBody } from './schema.ts'
import { recordEvent, updatePlan } from './write.ts'

interface LivedIn {
  form: string
  from: Day
  to: Day | null
  /** Null: a home that is none of our places. */
  district: string | null
}

async function staysOf(db: Kysely<DB>, householdId: string): Promise<LivedIn[]> {
  const { rows } = await sql<LivedIn>`
    select s.form, lower(s.during) as from, upper(s.during) as to, f.district_code as district
    from stay s left join occupancy o on o.id = s.occupancy_id left join place p on p.id = o.place_id
      left join facility f on f.id = p.facility_id
    where s.household_id = ${householdId}`.execute(db)
  return rows
}

/**
 * Writes down what came of a plan, as the stays have it: a move is registered where it happens, and this says what it was.
 * @throws {DomainError} `invalid_value`, `return_plan_closed`, `not_moved` where no stay tells of it, `stale_version`
 */
export async function recordOutcome(
  acting: Acting,
  actor: Actor,
  plan: ReturnPlanRow,
  version: number,
  { outcome, on, note }: OutcomeBody,
): Promise<ReturnPlanRow> {
  if (on > acting.today) throw invalid('/on', 'in_future', 'Dagen kan ikke være etter i dag.')
  if (on < plan.begunOn) throw invalid('/on', 'before_plan', `Planen ble begynt ${formatDay(plan.begunOn)}.`)
  const lived = (await staysOf(acting.trx, plan.householdId)).filter(
    ({ from, to }) => from <= on && (to === null || to > on),
  )
  const values = outcome === 'moved_back' ? backOf(plan, lived, on) : movedOf(plan, lived, outcome, on)
  await recordEvent(acting, actor, plan.id, { kind: outcome, on, note })
  await updatePlan(acting, plan.id, version, values)
  return { ...plan, ...values, version: version + 1 }
}

function movedOf(plan: ReturnPlanRow, lived: LivedIn[], outcome: 'moved_home' | 'moved_elsewhere', on: Day) {
  if (plan.withdrawnOn !== null) throw new DomainError('return_plan_closed', 'Planen er trukket.')
  if (plan.movedOn !== null)
    throw new DomainError('return_plan_closed', `Planen sier at personen flyttet ${formatDay(plan.movedOn)}.`)
  const homes = lived.filter(({ form }) => HOME_FORMS.includes(form))
  if (outcome === 'moved_home' && homes.length === 0)
    throw new DomainError(
      'not_moved',
      `Det er ikke registrert at personen bodde i en bolig utenfor institusjon ${formatDay(on)}. Registrer innflyttingen først.`,
    )
  if (outcome === 'moved_home' && !homes.some(({ district }) => district === null || district === plan.homeDistrict))
    throw invalid(
      '/outcome',
      'other_district',
      `Boligen ligger ikke i ${districtName(plan.homeDistrict)}. Velg at personen flyttet et annet sted.`,
    )
  if (outcome === 'moved_elsewhere' && lived.some(({ form }) => form.startsWith('vel_')) && homes.length === 0)
    throw new DomainError(
      'not_moved',
      `Personen bodde på en av VELs institusjoner ${formatDay(on)}. Registrer utflyttingen først.`,
    )
  return { movedOn: on, movedTo: outcome === 'moved_home' ? ('home' as const) : ('elsewhere' as const) }
}

function backOf(plan: ReturnPlanRow, lived: LivedIn[], on: Day) {
  if (plan.movedOn === null || plan.withdrawnOn !== null || plan.movedBackOn !== null)
    throw new DomainError('return_plan_closed', 'Bare den som har flyttet ut etter planen, kan flytte tilbake.')
  if (on < plan.movedOn) throw invalid('/on', 'before_move', `Personen flyttet ut ${formatDay(plan.movedOn)}.`)
  const moved = plan.movedOn
  if (!lived.some(({ form, from }) => form.startsWith('vel_') && from >= moved))
    throw new DomainError(
      'not_moved',
      `Det er ikke registrert at personen flyttet inn på en av VELs institusjoner innen ${formatDay(on)}. Registrer innflyttingen først.`,
    )
  return { movedBackOn: on }
}
