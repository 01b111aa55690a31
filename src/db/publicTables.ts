import { type Kysely, sql } from 'kysely'
import { count, emptyTally, placesIn } from '../domain/capacity.ts'
import type { Day } from '../domain/day.ts'
import { FORMS, type HousingForm, STEP_NAMES, stepOf } from '../domain/ladder.ts'
import { countedOn, monthsToPublish, type PeopleCell, roundedCells } from '../domain/publicTable.ts'
import { PUBLIC_TABLES, type PublicTableId } from '../reference/publicTables.ts'
import type { Acting } from './actor.ts'
import { placesOn } from './capacity/day.ts'
import { districtNames, districtsKnown } from './districts.ts'
import type { DB, Json } from './types.generated.ts'
import { queueOn } from './waiting.ts'

/** Places of one district and form. */
export interface PlaceCell {
  district: string
  form: string
  places: number
  admitting: number
}

const STEPS = Object.keys(STEP_NAMES).map(Number)

/** People who wait, rounded before they leave this function: nothing finer is stored where everybody reads. */
async function waiting(db: Kysely<DB>, on: Day): Promise<PeopleCell[]> {
  const queue = await queueOn(db, [on])
  const counts = queue.map(({ district, form, waiting: people }) => ({
    district,
    step: stepOf(form as HousingForm),
    people,
  }))
  const districts = [...(await districtsKnown(db, [...(await districtNames(db)).keys()], on))].sort()
  return roundedCells(counts, districts, STEPS)
}

async function places(db: Kysely<DB>, on: Day): Promise<PlaceCell[]> {
  const found = await placesOn(db, on, {})
  const groups = Map.groupBy(found, ({ facility, form }) => `${facility.district}/${form}`)
  const position = new Map<string, number>(FORMS.map(({ id }, at) => [id, at]))
  return [...groups.values()]
    .flatMap((alike): PlaceCell[] => {
      const [first] = alike
      if (first === undefined) return []
      const tally = emptyTally()
      for (const { facts, amount } of alike) count(tally, facts, amount)
      // who lives in a place that is not open is no place
      return placesIn(tally) === 0
        ? []
        : [{ district: first.facility.district, form: first.form, places: placesIn(tally), admitting: tally.admitting }]
    })
    .sort((a, b) =>
      a.district < b.district
        ? -1
        : a.district > b.district
          ? 1
          : (position.get(a.form) ?? 0) - (position.get(b.form) ?? 0),
    )
}

const COUNTED: Record<PublicTableId, (db: Kysely<DB>, on: Day) => Promise<readonly (PeopleCell | PlaceCell)[]>> = {
  ventende: waiting,
  plasser: places,
}

/**
 * Publishes the tables of the months that are over, each once however many instances there are; a month on whose end nothing ran
 * is counted from history. What is published stays as it is: a late registration is in the next month's.
 * @returns what this call has published
 */
export async function publishTables({ trx, now, today }: Acting): Promise<{ tableId: PublicTableId; month: Day }[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended('boligtrapp.public_tables', 0))`.execute(trx)
  const published: { tableId: PublicTableId; month: Day }[] = []
  for (const { id: tableId, version } of PUBLIC_TABLES) {
    const newest = await newestMonth(trx, tableId)
    for (const month of monthsToPublish(newest, today)) {
      const cells = await COUNTED[tableId](trx, countedOn(month))
      await trx
        .insertInto('publicTable')
        .values({ tableId, month, version, publishedAt: now, cells: sql<Json>`${JSON.stringify(cells)}::jsonb` })
        .execute()
      published.push({ tableId, month })
    }
  }
  return published
}

async function newestMonth(db: Kysely<DB>, tableId: PublicTableId): Promise<Day | undefined> {
  const row = await db
    .selectFrom('publicTable')
    .select('month')
    .where('tableId', '=', tableId)
    .orderBy('month', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.month as Day | undefined
}
