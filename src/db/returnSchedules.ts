import { type Kysely, sql } from 'kysely'
import { addMonths, type Day, dayInOslo } from '../domain/day.ts'
import { minimumOpenDays } from '../domain/eligibility.ts'
import { policyOfInput } from '../domain/forecast/givingOrder.ts'
import { turnoverOf } from '../domain/forecast/turnover.ts'
import type { HousingForm } from '../domain/ladder.ts'
import { availability, type City } from '../domain/place.ts'
import { HOME_FORMS, missingIn } from '../domain/returnPlan/plan.ts'
import type { ScheduleAsked } from '../domain/returnSchedule/assumptions.ts'
import type { Home, Mover, ScheduleInput, Team } from '../domain/returnSchedule/input.ts'
import type { ScheduleNumber, ScheduleResult } from '../domain/returnSchedule/schedule.ts'
import { expectedHomes } from '../domain/returnSchedule/vacancies.ts'
import { URGENCY_POLICY } from '../reference/policies.ts'
import type { OwnPart } from '../reference/returnPlans.ts'
import { RETURN_SCHEDULE_POLICY } from '../reference/returnSchedulePolicy.ts'
import type { Acting } from './actor.ts'
import type { ReadCity } from './city.ts'
import { readForecastInput } from './forecastInput.ts'
import { asJson } from './json.ts'
import { COMPLETED, type LongJob, stillWanted, type Taken } from './longJobs.ts'
import { rangeFrom, rangeTo } from './range.ts'
import type { DB } from './types.generated.ts'

const { parameters } = RETURN_SCHEDULE_POLICY

/** A schedule as work that takes its time, with what its user reads when it does not complete. */
export const SCHEDULE_JOB = {
  table: 'return_schedule',
  one: 'tidsplanen',
  plural: 'tidsplaner',
  cancelled: 'Tidsplanen ble avbrutt.',
  failed: 'Tidsplanen feilet. Den er registrert, prøv igjen.',
  stopped: 'Tidsplanen ble avbrutt fordi tjenesten stoppet. Start en ny.',
} as const satisfies LongJob

/** A team's capacity as it is asked about. */
export interface AskedTeam {
  teamId: string
  capacity: number | null
  newPerMonth: number | null
}

export interface AskedSchedule extends ScheduleAsked {
  until: Day
  teams: AskedTeam[]
}

export async function askedSchedule(db: Kysely<DB>, id: string): Promise<AskedSchedule> {
  const { teams, ...row } = await db
    .selectFrom('returnSchedule')
    .select(['until', 'shareOfVacancies', 'certainty', 'keptMonths', 'teams'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { ...row, teams: teams as unknown as AskedTeam[] }
}

/** Everything that a schedule is computed from, as of the transaction, under the jobs' own role. */
export async function readScheduleInput(
  acting: Acting,
  readCity: ReadCity,
  asked: AskedSchedule,
): Promise<{ input: ScheduleInput; cityVersion: number }> {
  const { trx, today: asOf } = acting
  const { until, shareOfVacancies: share, certainty, keptMonths } = asked
  const city = await readCity(acting)
  const rows = await trx
    .selectFrom('returnScheduleMover')
    .selectAll()
    .orderBy('registeredAt')
    .orderBy('pseudonym')
    .execute()
  const movers = rows.map(moverOf)
  const committed = rows.flatMap(({ pseudonym, committedPlace, committedOn }) =>
    pseudonym === null || committedPlace === null || committedOn === null
      ? []
      : [{ pseudonym, placeId: committedPlace, readyOn: committedOn }],
  )
  const history = await readForecastInput(acting)
  const { version: objective, choices } = policyOfInput(history)
  const turnover = turnoverOf(history)
  const homes = [
    ...knownHomes(city, { asOf, until, keptMonths }, committed),
    ...expectedHomes(turnover, { asOf, until, share, certainty, keptMonths }),
  ]
  const there = new Set(homes.map(({ id }) => id))
  return {
    cityVersion: city.version,
    input: {
      asOf,
      until,
      followUpMonths: parameters.followUpMonths,
      policy: { objective, urgency: URGENCY_POLICY.version, choices },
      // a home that is closed for good by then is no promise any more: she looks for another
      movers: movers.map((mover) => (there.has(mover.committedTo ?? '') ? mover : { ...mover, committedTo: null })),
      homes,
      teams: await readTeams(trx, asOf, asked.teams),
    },
  }
}

type MoverRow = DB['returnScheduleMover'] extends infer Row ? { [K in keyof Row]: Row[K] } : never

function moverOf(row: MoverRow): Mover {
  const plan = {
    homeDistrict: given(row.homeDistrict),
    verdict: 'right',
    verdictReason: null,
    targetForm: row.targetForm,
    earliestOn: row.earliestOn as Day | null,
    targetOn: row.targetOn as Day | null,
    ownPart: row.ownPart as OwnPart | null,
    ownPartOn: null,
    ownWords: null,
    // who it is, is not read
    districtOwner: row.hasOwner === true ? '' : null,
    velContact: row.hasContact === true ? '' : null,
    supportTeamId: row.supportTeamId,
    supportFrom: row.supportFrom as Day | null,
  } as const
  const registeredAt = String(given(row.registeredAt))
  return {
    pseudonym: given(row.pseudonym),
    holdingDistrict: given(row.holdingDistrict),
    homeDistrict: plan.homeDistrict,
    form: plan.targetForm as HousingForm | null,
    earliestOn: plan.earliestOn,
    targetOn: plan.targetOn,
    teamId: plan.supportTeamId,
    supportFrom: plan.supportFrom,
    // support is a limit of its own
    missing: missingIn(plan).flatMap(({ id }) => (id === 'support_before_move' ? [] : [id])),
    people: given(row.people),
    registeredAt,
    situation:
      row.hasNeed === true
        ? {
            grounds: row.urgencyGrounds ?? [],
            origin: row.origin,
            situationSince: row.situationSince as Day | null,
            mustLeaveBy: row.mustLeaveBy as Day | null,
            readyToMoveOnSince: row.readyToMoveOnSince as Day | null,
            childrenLiving: 0,
            registeredOn: dayInOslo(new Date(registeredAt)),
          }
        : {
            grounds: [],
            origin: 'vel',
            situationSince: row.livedSince as Day | null,
            mustLeaveBy: null,
            readyToMoveOnSince: row.readySince as Day | null,
            childrenLiving: 0,
            registeredOn: dayInOslo(new Date(registeredAt)),
          },
    committedTo: row.committedPlace,
  }
}

/** A view's columns are nullable to the database; these never are, by the tables behind it. */
function given<T>(value: T | null): T {
  if (value === null) throw new Error('a return plan lacks what the database requires of it')
  return value
}

/** Homes that are free, become free by a recorded departure or open before the end, and those that are set aside for somebody. */
function knownHomes(
  city: City,
  { asOf, until, keptMonths }: { asOf: Day; until: Day; keptMonths: number },
  committed: readonly { pseudonym: string; placeId: string; readyOn: Day }[],
): Home[] {
  const promised = new Map(committed.map((one) => [one.placeId, one]))
  return city.places.flatMap((place): Home[] => {
    const facility = city.facilities.get(place.facilityId)
    if (facility === undefined || !HOME_FORMS.includes(place.form)) return []
    const { id, form, open } = place
    const own = { id, placeId: id, district: facility.district, form }
    const closes = open.to === null || open.to > until ? until : open.to
    const word = promised.get(id)
    if (word !== undefined) {
      const from = [asOf, open.from, word.readyOn].reduce((latest, day) => (day > latest ? day : latest))
      return from < closes ? [{ ...own, source: 'committed', from, to: closes, reservedFor: word.pseudonym }] : []
    }
    if (!facility.admitting) return []
    const answer = availability(place, { from: asOf, to: until }, asOf, minimumOpenDays(place))
    if (answer.kind !== 'available') return []
    const kept = addMonths(answer.from, keptMonths)
    const source = open.from > asOf ? ('opening' as const) : ('vacant' as const)
    return [{ ...own, source, from: answer.from, to: kept < closes ? kept : closes, reservedFor: null }]
  })
}

async function readTeams(db: Kysely<DB>, asOf: Day, asked: readonly AskedTeam[]): Promise<Team[]> {
  const rows = await db
    .selectFrom('supportTeam')
    .select(['id', 'capacity', 'newPerMonth'])
    .select([rangeFrom('supportTeam.during').as('from'), rangeTo('supportTeam.during').as('to')])
    .orderBy('id')
    .execute()
  const loads = await db
    .selectFrom('returnTeamLoad')
    .select(['supportTeamId', 'movedOn', 'people'])
    .where(sql<boolean>`moved_on > ${addMonths(asOf, -parameters.followUpMonths - 1)}::date`)
    .execute()
  const loadOf = Map.groupBy(loads, ({ supportTeamId }) => supportTeamId)
  return rows.map(({ id, ...team }) => {
    const other = asked.find(({ teamId }) => teamId === id)
    return {
      id,
      ...team,
      ...(other === undefined ? {} : { capacity: other.capacity, newPerMonth: other.newPerMonth }),
      load: (loadOf.get(id) ?? []).map(({ movedOn, people }) => ({
        movedOn: given(movedOn) as Day,
        people: given(people),
      })),
    }
  })
}

/** What a finished schedule leaves behind. */
export interface MadeSchedule {
  input: ScheduleInput
  /** The input, compressed. */
  packed: Uint8Array
  cityVersion: number
  assumptions: readonly string[]
  result: ScheduleResult
  numbers: readonly ScheduleNumber[]
  milliseconds: number
}

/** Stores a verified schedule, all of it or nothing; false when it was cancelled or failed meanwhile. */
export async function saveSchedule(db: Kysely<DB>, taken: Taken, made: MadeSchedule): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const finished = await trx
      .updateTable('returnSchedule')
      .set({
        ...COMPLETED,
        asOf: made.input.asOf,
        cityVersion: made.cityVersion,
        policies: asJson({
          returnSchedule: RETURN_SCHEDULE_POLICY.version,
          objective: made.input.policy.objective,
          urgency: made.input.policy.urgency,
        }),
        assumptions: asJson(made.assumptions),
        summary: asJson({ ...made.result.summary, milliseconds: made.milliseconds }),
        input: Buffer.from(made.packed),
        expiresAt: sql<string>`now() + make_interval(days => ${parameters.keptDays})`,
      })
      .where(stillWanted(taken))
      .executeTakeFirst()
    if (finished.numUpdatedRows === 0n) return false
    await sql`
      insert into return_schedule_row (schedule_id, pseudonym, holding_district, home_district, target_form, people,
        urgency_class, moves_on, home_source, place_id, limited_by, also_limited_by, could_move_on)
      select ${taken.id}::uuid, r.pseudonym, r."holdingDistrict", r."homeDistrict", r."targetForm", r.people, r."urgencyClass", r."movesOn",
        r."homeSource", r."placeId", r."limitedBy", array(select jsonb_array_elements_text(r."alsoLimitedBy")), r."couldMoveOn"
      from jsonb_to_recordset(${JSON.stringify(made.result.rows)}::jsonb) as r (pseudonym uuid, "holdingDistrict" text,
        "homeDistrict" text, "targetForm" text, people integer, "urgencyClass" integer, "movesOn" date, "homeSource" text,
        "placeId" uuid, "limitedBy" text, "alsoLimitedBy" jsonb, "couldMoveOn" date)`.execute(trx)
    await sql`
      insert into return_schedule_number (schedule_id, district, form, month, limited_by, people)
      select ${taken.id}::uuid, n.district, n.form, n.month, n."limitedBy", n.people
      from jsonb_to_recordset(${JSON.stringify(made.numbers)}::jsonb) as n (district text, form text, month date,
        "limitedBy" text, people integer)`.execute(trx)
    return true
  })
}

/** Who could move when, and what it was made from, go when their time is over; the numbers stay. */
export async function dropOldSchedules(db: Kysely<DB>): Promise<void> {
  await sql`delete from return_schedule_row r using return_schedule s where s.id = r.schedule_id and s.expires_at < now()`.execute(
    db,
  )
  await sql`update return_schedule set input = null where expires_at < now() and input is not null`.execute(db)
}
