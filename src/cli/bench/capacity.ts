import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Keyring } from '../../access/keyring.ts'
import { SESSION_COOKIE, startSession } from '../../access/session.ts'
import { buildApp } from '../../app.ts'
import { openDatabase, openPool } from '../../db/pool.ts'
import { addMonths, type Day } from '../../domain/day.ts'
import { DAY_SQL } from './capacitySql.ts'
import { lengthenHistory } from './longHistory.ts'
import { compare, type Line } from './measure.ts'
import { demoDate, openCity } from './world.ts'

/** How many times the demo city's history. */
const TIMES = [1, 10, 100]
const MONTHS = 60
const DAY_REPEATS = 15
const SERIES_REPEATS = 5
/** So much longer may an answer take where the history is longest, and still count as flat. */
const FLAT = 1.5

const DAY = '/capacity?groupBy=district,form'
const SERIES = '/capacity/series?groupBy=district,form'

type Figures = Record<string, unknown>

/** The program over one copy of the city's database. */
interface Copy {
  times: number
  get(path: string): Promise<unknown>
  bare(sql: string, values: unknown[]): Promise<{ rows: Figures[] }>
  end(): Promise<void>
}

/** A day of the whole city and five years by month, beside the bare SQL, at 1, 10 and 100 times the history. */
export async function capacity(): Promise<Line[]> {
  const { server, keyring } = await openCity()
  const copies: Copy[] = []
  try {
    const city = await fingerprint(server.ownerUrl)
    for (const times of TIMES) {
      const name = await historyOf(server.ownerUrl, times, city)
      copies.push(await openCopy(within(server.appUrl, name), keyring, times))
    }
    return await measured(copies)
  } finally {
    for (const copy of copies) await copy.end()
    await server.stop()
  }
}

/**
 * The database with so many times the history. It takes most of the time of the whole and is kept beside the city's: made again
 * only when the city, the schema or the making has changed, which the remark on it tells.
 */
async function historyOf(ownerUrl: string, times: number, city: string): Promise<string> {
  const name = `bench_history_${times}`
  const [known] = await inMaintenance<{ remark: string | null }>(
    ownerUrl,
    `select shobj_description(oid, 'pg_database') as remark from pg_database where datname = '${name}'`,
  )
  if (known?.remark === city) return name
  console.error(`Making ${times} times the history`)
  await inMaintenance(ownerUrl, `drop database if exists ${name} with (force)`)
  await inMaintenance(ownerUrl, `create database ${name} template ${databaseOf(ownerUrl)}`)
  if (times > 1) await lengthenHistory(within(ownerUrl, name), demoDate, times)
  await inMaintenance(ownerUrl, `comment on database ${name} is '${city}'`)
  return name
}

/** What a longer history depends on: the city's rows, its schema, the day, and how the history is made. */
async function fingerprint(ownerUrl: string): Promise<string> {
  const [city] = await query<{ facts: string }>(
    ownerUrl,
    `select concat_ws(' ', (select md5(string_agg(m::text, ' ' order by m::text)) from migrations.kysely_migration m),
      (select concat(count(*), max(id::text)) from occupancy), (select concat(count(*), max(id::text)) from need),
      (select concat(count(*), max(id::text)) from place), (select concat(count(*), max(id::text)) from closure)) as facts`,
  )
  const making = await readFile(join(import.meta.dirname, 'longHistory.ts'))
  return createHash('sha256').update(`${demoDate} ${city?.facts}`).update(making).digest('hex')
}

async function measured(copies: readonly Copy[]): Promise<Line[]> {
  const lines: Line[] = []
  const firstOfMonth = `${demoDate.slice(0, 8)}01` as Day
  const months = Array.from({ length: MONTHS }, (_, at) => addMonths(firstOfMonth, at - MONTHS))
  const past = `${DAY}&on=${months[0]}`
  for (const { times, get, bare } of copies) {
    const at = `${times} × history`
    await requireSame(get, bare, [
      [DAY, [demoDate, demoDate]],
      [past, [months[0], demoDate]],
    ])
    lines.push(
      await compare(
        `${at}: today, whole city: HTTP ÷ bare SQL`,
        DAY_REPEATS,
        () => get(DAY),
        () => bare(DAY_SQL, [demoDate, demoDate]),
        2,
      ),
      await compare(
        `${at}: a day five years ago: HTTP ÷ bare SQL`,
        DAY_REPEATS,
        () => get(past),
        () => bare(DAY_SQL, [months[0], demoDate]),
        2,
      ),
      await compare(
        `${at}: five years by month: HTTP ÷ bare SQL`,
        SERIES_REPEATS,
        () => get(SERIES),
        async () => {
          for (const month of months) await bare(DAY_SQL, [month, demoDate])
        },
        2,
      ),
    )
  }
  const [shortest, longest] = [copies[0], copies.at(-1)]
  if (shortest === undefined || longest === undefined || shortest === longest) return lines
  for (const [what, path, repeats] of [
    ['today', DAY, DAY_REPEATS],
    ['five years by month', SERIES, SERIES_REPEATS],
    ['waiting times', '/capacity/waiting?groupBy=form', SERIES_REPEATS],
    ['lengths of stays', '/capacity/stays?groupBy=form', SERIES_REPEATS],
  ] as const) {
    const label = `${what}: ${longest.times} × ÷ ${shortest.times} × history`
    lines.push(
      await compare(
        label,
        repeats,
        () => longest.get(path),
        () => shortest.get(path),
        FLAT,
      ),
    )
  }
  return lines
}

/** @throws {Error} where the program and the bare SQL do not tell the same, which would make a comparison of nothing. */
async function requireSame(get: Copy['get'], bare: Copy['bare'], asked: [path: string, values: unknown[]][]) {
  for (const [path, values] of asked) {
    const { items } = (await get(path)) as { items: Figures[] }
    const told = new Map(items.map((row) => [`${row.district} ${row.form}`, row]))
    const { rows } = await bare(DAY_SQL, values)
    let compared = 0
    for (const { district_code, form, queue, oldest, ...figures } of rows) {
      const row = told.get(`${district_code} ${form}`)
      if (queue !== null) {
        if (row?.queue !== queue)
          throw new Error(`${path}: ${district_code} ${form}: queue ${queue}, not ${row?.queue}`)
        continue
      }
      const freshness = (row?.freshness ?? {}) as Figures
      for (const [name, value] of Object.entries(figures)) {
        const known = row?.[name] ?? freshness[name]
        compared += 1
        if (Number(known ?? 0) !== Number(value ?? 0))
          throw new Error(`${path}: ${district_code} ${form}: ${name} is ${value}, not ${known}`)
      }
      if ((oldest === null ? null : new Date(String(oldest)).toISOString()) !== (freshness.oldest ?? null))
        throw new Error(`${path}: ${district_code} ${form}: oldest ${oldest}, not ${freshness.oldest}`)
    }
    if (compared === 0) throw new Error(`${path}: nothing was compared`)
  }
}

async function openCopy(appUrl: string, keyring: Keyring, times: number): Promise<Copy> {
  const pool = openPool(appUrl)
  const db = openDatabase(pool)
  const app = await buildApp({ db, keyring, demoDate, demoSignIn: true, logLevel: 'silent', webDir: undefined })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const planner = await db
    .selectFrom('account')
    .select('id')
    .where('username', '=', 'planner_vel')
    .executeTakeFirstOrThrow()
  const cookie = `${SESSION_COOKIE}=${await startSession(db, planner.id)}`
  // one connection as the same reader, told beforehand; its settings would stay, so it is not given back
  const client = await pool.connect()
  await client.query(`select set_config('app.role', 'planner', false), set_config('app.now', $1, false)`, [
    `${demoDate}T10:00:00+02:00`,
  ])
  return {
    times,
    async get(path) {
      const answer = await fetch(`${address}/api/v1${path}`, { headers: { cookie } })
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
      return answer.json()
    },
    bare: (sql, values) => client.query<Figures>(sql, values),
    async end() {
      client.release(true)
      await app.close()
      await pool.end()
    },
  }
}

const databaseOf = (url: string) => new URL(url).pathname.slice(1)
const within = (url: string, database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href

const inMaintenance = <Row extends pg.QueryResultRow>(ownerUrl: string, statement: string) =>
  query<Row>(within(ownerUrl, 'postgres'), statement)

async function query<Row extends pg.QueryResultRow>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}
