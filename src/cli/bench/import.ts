import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { newKey } from '../../access/keyring.ts'
import { startEmbedded } from '../../db/embedded.ts'
import { migrate } from '../../db/migrate.ts'
import { loadReference } from '../../db/reference.ts'
import type { ImportKind } from '../../domain/importColumns.ts'
import { type Cells, csvOf, needRows, placeRows, stayRows, tableOf, xlsxOf } from './importSheets.ts'
import { type Line, timed } from './measure.ts'
import { dataDir, demoDate } from './world.ts'

const COMMAND = join(import.meta.dirname, '../import.ts')
/** What is promised: 100,000 rows, three of them bad, in under a minute and under 500 MB. */
const ROWS = 100_000
const AIM = { milliseconds: 60_000, megabytes: 500 }
const BATCH = 1000

interface Sheet {
  kind: ImportKind
  as: string
  rows: readonly Cells[]
  /** What makes a row bad. */
  spoil: Cells
}

/** In this order: stays are in the places. Nobody who has a need has a stay, so that each file registers its own people. */
const SHEETS: readonly (() => Sheet)[] = [
  () => ({ kind: 'places', as: 'bench_loader', rows: placeRows(ROWS), spoil: { Boligform: 'Slott' } }),
  () => ({ kind: 'needs', as: 'bench_officer', rows: needRows(ROWS), spoil: { Registrert: '2030-01-01' } }),
  () => ({
    kind: 'stays',
    as: 'bench_officer',
    rows: stayRows(ROWS, ROWS, ROWS),
    spoil: { 'Flyttet ut': '2015-01-01' },
  }),
]

interface Measured {
  what: string
  milliseconds: number
  megabytes: number
}

/**
 * The import command on files of 100,000 rows, in a database and in processes of its own. Time stands beside the same cells
 * inserted bare, as texts, into a temporary table; memory beside the same command on four rows.
 */
export async function importing(): Promise<Line[]> {
  const folder = join(dataDir, 'import')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const server = await startEmbedded({ dataDir: folder })
  try {
    await migrate(server.ownerUrl, { afterMigrations: loadReference })
    await within(server.ownerUrl, (owner) =>
      owner.query(`insert into account (username, name, role, districts) values
        ('bench_loader', 'Bench', 'administrator', '{}'), ('bench_officer', 'Bench', 'housing_officer', '{030112}')`),
    )
    const env = {
      DATABASE_URL: server.ownerUrl,
      APP_DATABASE_URL: server.appUrl,
      DEMO_CITY: 'true',
      DEMO_DATE: demoDate,
      IDENTITY_KEY: newKey('b1'),
      FINGERPRINT_KEY: newKey('b2'),
    }
    const lines: Line[] = []
    for (const sheet of SHEETS) lines.push(...(await measured(sheet(), folder, env, server.appUrl)))
    return lines
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measured(
  { kind, as, rows, spoil }: Sheet,
  folder: string,
  env: Record<string, string>,
  url: string,
): Promise<Line[]> {
  const bad = rows.map((row, at) => ([1, 7, rows.length - 1].includes(at) ? { ...row, ...spoil } : row))
  const [csv, xlsx, few] = ['csv', 'xlsx', 'few.csv'].map((name) => join(folder, `${kind}.${name}`)) as [
    string,
    string,
    string,
  ]
  await writeFile(csv, csvOf(bad))
  await writeFile(xlsx, xlsxOf(bad))
  await writeFile(few, csvOf(bad.slice(0, 4)))
  const good = rows.length - 3
  const fresh = `${good} nye, 0 endret, 0 uendret, 3 avvist`
  const same = `0 nye, 0 endret, ${good} uendret, 3 avvist`
  const run = (what: string, file: string, mode: string[], answer: string) =>
    imported(what, [file, '--as', as, ...mode], env, answer)
  const least = await run('four rows', few, ['--dry-run'], '3 nye, 0 endret, 0 uendret, 1 avvist')
  const runs = [
    await run('CSV, dry run', csv, ['--dry-run'], fresh),
    await run('XLSX, dry run', xlsx, ['--dry-run'], fresh),
    await run('CSV, all or nothing', csv, [], fresh),
    await run('CSV, the good rows', csv, ['--accept-good'], fresh),
    await run('the same CSV again', csv, ['--accept-good'], same),
    await run('the same as XLSX', xlsx, ['--accept-good'], same),
  ]
  const bare = await timed(() => insertBare(url, bad))
  return [
    ...runs.flatMap(({ what, milliseconds, megabytes }): Line[] => [
      { what: `${rows.length} ${kind}, ${what}: import ÷ bare insert`, value: milliseconds, baseline: bare },
      { what: '  memory ÷ four rows', value: megabytes, unit: 'MB', baseline: least.megabytes },
    ]),
    { what: `${kind}: the slowest of these`, value: most(runs, 'milliseconds'), aim: AIM.milliseconds },
    { what: `${kind}: the largest of these`, value: most(runs, 'megabytes'), unit: 'MB', aim: AIM.megabytes },
  ]
}

const most = (runs: readonly Measured[], what: 'milliseconds' | 'megabytes') =>
  Math.max(...runs.map((run) => run[what]))

/** Says how much memory the process had at its most, when it ends. */
const PEAK = `data:text/javascript,process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'))`

/** Runs the command. @throws {Error} when it does not answer with these counts */
async function imported(what: string, args: string[], env: Record<string, string>, answer: string): Promise<Measured> {
  const begun = performance.now()
  const child = spawn(process.execPath, ['--import', PEAK, COMMAND, ...args], {
    env: { PATH: process.env.PATH, ...env },
  })
  const ended = once(child, 'close')
  const said = { out: '', err: '' }
  child.stdout.on('data', (part) => {
    said.out += part
  })
  child.stderr.on('data', (part) => {
    said.err += part
  })
  await ended
  const milliseconds = performance.now() - begun
  if (!said.out.includes(answer)) throw new Error(`${args.join(' ')} answered «${said.out}» ${said.err}`)
  return { what, milliseconds, megabytes: Number(/peak (\d+)/.exec(said.err)?.[1]) / 1024 }
}

/** The same cells as texts, a thousand rows at a time, into a temporary table without an index: nothing is read or checked. */
async function insertBare(url: string, rows: readonly Cells[]): Promise<void> {
  const [heading = [], ...cells] = tableOf(rows)
  const names = heading.map((_, at) => `c${at}`)
  await within(url, async (client) => {
    await client.query(`create temporary table bare (${names.map((name) => `${name} text`).join(', ')})`)
    const insert = `insert into bare select * from unnest(${names.map((_, at) => `$${at + 1}::text[]`).join(', ')})`
    for (let at = 0; at < cells.length; at += BATCH) {
      const batch = cells.slice(at, at + BATCH)
      await client.query(
        insert,
        names.map((_, column) => batch.map((row) => row[column] ?? '')),
      )
    }
  })
}

async function within(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
