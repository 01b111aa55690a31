import { type Kysely, type RawBuilder, sql } from 'kysely'
import { addDays, type Day, dayNumber } from '../domain/day.ts'
import { type Area, type ForecastInput, NEVER, NONE, UNSURE } from '../domain/forecast/input.ts'
import { FORMS } from '../domain/ladder.ts'
import { urgencyOf } from '../domain/urgency.ts'
import { type Acting, asActor } from './actor.ts'
import { matchingPolicyInForce } from './matchingPolicy.ts'
import type { DB } from './types.generated.ts'

/** Stays and needs that ended earlier say nothing of today any more. */
const HISTORY_DAYS = 3_700

const PLACE_FORMS = FORMS.filter(({ isPlace }) => isPlace)

const numbered = (day: RawBuilder<unknown>, none: number) => sql`coalesce(${day} - date '1970-01-01', ${none})`

/** Rows as arrays of one JSON value: the driver takes ten times as long for a hundred thousand rows one by one. */
async function rowsOf<T>(
  db: Kysely<DB>,
  cells: readonly RawBuilder<unknown>[],
  from: RawBuilder<unknown>,
): Promise<T[]> {
  const { rows } = await sql<{ all: T[] | null }>`
    select json_agg(json_build_array(${sql.join(cells)})) as all ${from}`.execute(db)
  return rows[0]?.all ?? []
}

type PlaceRow = [
  id: string,
  district: string,
  serves: string,
  listed: string[],
  form: string,
  opens: number,
  closes: number,
  unsure: number,
]
type StayRow = [place: string, home: string, from: number, to: number, ready: number, movedOn: number, lost: number]
type NeedRow = [
  home: string,
  first: string,
  second: string | null,
  livesIn: string | null,
  from: number,
  to: number,
  given: string | null,
  afterLoss: number,
  origin: string | null,
  grounds: string[],
  situationSince: Day | null,
  mustLeaveBy: Day | null,
  readyToMoveOnSince: Day | null,
  childrenLiving: number,
]

/** The places of all times, as a history in which nobody has lived and nobody waited; every role may read them. */
export async function readForecastPlaces({ trx, today }: Acting) {
  const { rows } = await sql<{ code: string }>`
    select code from district where valid @> ${today}::date and code ~ '^0301[0-9]{2}$' order by code`.execute(trx)
  const districts = rows.map(({ code }) => code)
  const formOf = new Map<string, number>(PLACE_FORMS.map(({ id }, index) => [id, index]))
  const districtOf = new Map(districts.map((code, index) => [code, index]))

  const areas: Area[] = []
  const areaOf = new Map<string, number>()
  const places = {
    area: [] as number[],
    form: [] as number[],
    opens: [] as number[],
    closes: [] as number[],
    unsure: [] as number[],
  }
  const placeOf = new Map<string, number>()
  const placeRows = await rowsOf<PlaceRow>(
    trx,
    [
      sql`p.id`,
      sql`f.district_code`,
      sql`f.serves`,
      sql`array(select d.district_code from facility_district d where d.facility_id = f.id and d.during @> ${today}::date
        order by 1)`,
      sql`p.form`,
      numbered(sql`lower(p.open_during)`, -NEVER),
      numbered(sql`upper(p.open_during)`, NEVER),
      sql`(select coalesce(sum(case c.kind when 'opening' then ${UNSURE.opening}::integer else ${UNSURE.closing}::integer end), 0)
        from capacity_change c where c.place_id = p.id and c.certainty = 'possible')`,
    ],
    sql`from place p join facility f on f.id = p.facility_id`,
  )
  for (const [id, district, serves, listed, form, opens, closes, unsure] of placeRows) {
    const [lies, at] = [districtOf.get(district), formOf.get(form)]
    if (lies === undefined || at === undefined) continue
    const own = serves === 'own_district' ? [district] : serves === 'city' ? districts : listed
    const key = `${district}/${own.join()}`
    const known = own.flatMap((code) => districtOf.get(code) ?? [])
    const area = areaOf.get(key) ?? areas.push({ district: lies, serves: known.length === 0 ? [lies] : known }) - 1
    areaOf.set(key, area)
    placeOf.set(id, places.area.push(area) - 1)
    places.form.push(at)
    places.opens.push(opens)
    places.closes.push(closes)
    places.unsure.push(unsure)
  }

  const input: ForecastInput = {
    asOf: dayNumber(today),
    since: dayNumber(today),
    districts,
    forms: PLACE_FORMS.map(({ id, step }) => ({ id, step })),
    areas,
    places,
    stays: { place: [], home: [], from: [], to: [], readySince: [], movedOn: [], lost: [] },
    needs: {
      home: [],
      first: [],
      second: [],
      livesIn: [],
      from: [],
      to: [],
      given: [],
      urgency: [],
      afterLoss: [],
    },
  }
  return { input, placeOf, districtOf, formOf }
}

/**
 * The history that a forecast is made from and the policy in force, as of the transaction's day, under the jobs' own role: no name, number or id of a
 * person comes with it. A second and some for the whole city.
 */
export async function readForecastInput(acting: Acting): Promise<ForecastInput> {
  const { trx, today } = acting
  const since = addDays(today, -HISTORY_DAYS)
  const asOf = dayNumber(today)
  const { input, placeOf, districtOf, formOf } = await readForecastPlaces(acting)

  const stays: Mutable<ForecastInput['stays']> = {
    place: [],
    home: [],
    from: [],
    to: [],
    readySince: [],
    movedOn: [],
    lost: [],
  }
  const stayRows = await rowsOf<StayRow>(
    trx,
    [
      sql`place_id`,
      sql`holding_district`,
      numbered(sql`from_day`, 0),
      numbered(sql`to_day`, NEVER),
      numbered(sql`ready_to_move_on_since`, NEVER),
      sql`moved_on::integer`,
      sql`lost::integer`,
    ],
    sql`from forecast_stay where from_day <= ${today}::date and (to_day is null or to_day > ${since}::date)`,
  )
  for (const [id, home, from, to, ready, movedOn, lost] of stayRows) {
    const [place, district] = [placeOf.get(id), districtOf.get(home)]
    if (place === undefined || district === undefined) continue
    stays.place.push(place)
    stays.home.push(district)
    stays.from.push(from)
    stays.to.push(to > asOf ? NEVER : to)
    stays.readySince.push(ready >= asOf ? NEVER : ready)
    stays.movedOn.push(to > asOf ? 0 : movedOn)
    stays.lost.push(to > asOf ? 0 : lost)
  }

  const needs: Mutable<ForecastInput['needs']> = {
    home: [],
    first: [],
    second: [],
    livesIn: [],
    from: [],
    to: [],
    given: [],
    urgency: [],
    afterLoss: [],
  }
  const needRows = await rowsOf<NeedRow>(
    trx,
    [
      sql`district`,
      sql`first`,
      sql`second`,
      sql`lives_in`,
      numbered(sql`registered_day`, 0),
      numbered(sql`ended_day`, NEVER),
      sql`given`,
      sql`after_loss::integer`,
      sql`origin`,
      sql`urgency_grounds`,
      sql`situation_since`,
      sql`must_leave_by`,
      sql`ready_to_move_on_since`,
      sql`children_living`,
    ],
    sql`from forecast_need where registered_day <= ${today}::date and (ended_day is null or ended_day > ${since}::date)`,
  )
  let first = asOf
  for (const row of needRows) {
    const [home, asked, next, lives, from, to, given, afterLoss] = row
    const [district, form] = [districtOf.get(home), formOf.get(asked)]
    if (district === undefined || form === undefined) continue
    const [origin, grounds, situationSince, mustLeaveBy, readyToMoveOnSince, childrenLiving] = row.slice(8) as [
      NeedRow[8],
      NeedRow[9],
      NeedRow[10],
      NeedRow[11],
      NeedRow[12],
      NeedRow[13],
    ]
    const open = to > asOf
    const facts = {
      origin,
      grounds,
      situationSince,
      mustLeaveBy,
      readyToMoveOnSince,
      childrenLiving,
      registeredOn: null,
    }
    needs.home.push(district)
    needs.first.push(form)
    needs.second.push(next === null ? NONE : (formOf.get(next) ?? NONE))
    needs.livesIn.push(lives === null ? NONE : (formOf.get(lives) ?? NONE))
    needs.from.push(from)
    needs.to.push(open ? NEVER : to)
    needs.given.push(open || given === null ? NONE : (formOf.get(given) ?? NONE))
    needs.urgency.push(open ? urgencyOf(facts, today).urgencyClass : 5)
    needs.afterLoss.push(afterLoss)
    first = Math.min(first, from)
  }
  const { version, policy: choices } = await matchingPolicyInForce(acting)
  return { ...input, since: Math.max(first, dayNumber(since)), policy: { version, choices }, stays, needs }
}

type Mutable<T> = { [K in keyof T]: number[] }

/** The whole history as of one moment, with the day and the city's version that it is of, under the jobs' own role. */
export function readHistory(db: Kysely<DB>, demoDate: string | undefined) {
  return asActor(
    db,
    null,
    demoDate,
    async (acting) => {
      const { version } = await acting.trx.selectFrom('cityVersion').select('version').executeTakeFirstOrThrow()
      return { input: await readForecastInput(acting), today: acting.today, cityVersion: version }
    },
    'reading',
  )
}
