import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Role } from '../access/capabilities.ts'
import { keysIn, openKeyring } from '../access/keyring.ts'
import { type Config, readConfig } from '../config.ts'
import { type Actor, asActor } from '../db/actor.ts'
import { startEmbedded } from '../db/embedded.ts'
import { openDatabase, openPool } from '../db/pool.ts'
import { DomainError } from '../domain/error.ts'
import { FILE_KINDS, type FileKind } from '../domain/importColumns.ts'
import type { ImportFile } from '../features/imports/file.ts'
import type { ImportMode, ImportOutcome } from '../features/imports/run.ts'
import { takeFile } from '../features/imports/take.ts'

/**
 * `npm run import -- FILE --as USERNAME`: the same import as POST /imports, from a shell. It acts as a named account, under the
 * same capabilities and the same row security: whoever loads the first data can load what that account may, and the change log
 * says who it was. Ends with 1 when something was wrong with the file or a row of it.
 */
const USAGE = `Bruk: npm run import -- FIL --as BRUKERNAVN [--kind ${FILE_KINDS.join('|')}] [--dry-run | --accept-good] [--rejected UT.csv]
  FIL             CSV (UTF-8) eller XLSX; statistikk også som JSON-stat (.json)
  --as            kontoen som importerer; den må selv ha lov til det
  --kind          hva filen inneholder; ellers ser vi det av kolonnene
  --dry-run       bare si hva som ville skjedd
  --accept-good   ta de gode radene; ellers tas alle eller ingen
  --rejected      skriv de avviste radene hit, med grunnen, så de kan rettes og sendes på nytt`

const LISTED = 20

interface Command {
  path: string
  username: string
  kind: FileKind | undefined
  mode: ImportMode
  rejected: string | undefined
}

class UsageError extends Error {}

function readCommand(args: string[]): Command {
  const options = {
    as: { type: 'string' },
    kind: { type: 'string' },
    'dry-run': { type: 'boolean' },
    'accept-good': { type: 'boolean' },
    rejected: { type: 'string' },
  } as const
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>
  try {
    parsed = parseArgs({ args, options, allowPositionals: true })
  } catch {
    throw new UsageError('Vi kjenner ikke et av valgene.')
  }
  const { values, positionals } = parsed
  const [path] = positionals
  if (path === undefined || positionals.length > 1) throw new UsageError('Oppgi én fil.')
  if (values.as === undefined) throw new UsageError('Oppgi kontoen som importerer, med --as.')
  if (values['dry-run'] && values['accept-good'])
    throw new UsageError('Velg --dry-run eller --accept-good, ikke begge.')
  const kind = FILE_KINDS.find((known) => known === values.kind)
  if (values.kind !== undefined && kind === undefined) throw new UsageError('Det finnes ingen slik --kind.')
  const mode = values['dry-run'] ? 'dry_run' : values['accept-good'] ? 'accept_good' : 'all_or_nothing'
  return { path, username: values.as, kind, mode, rejected: values.rejected }
}

/** An XLSX is a zip archive, whatever it is called. */
async function readFileToImport(path: string): Promise<ImportFile> {
  const bytes = await readFile(path)
  const zipped = bytes.subarray(0, 2).toString('latin1') === 'PK'
  return { bytes, format: zipped ? 'xlsx' : path.toLowerCase().endsWith('.json') ? 'json-stat' : 'csv' }
}

async function actorNamed(db: ReturnType<typeof openDatabase>, username: string): Promise<Actor> {
  const row = await db
    .selectFrom('account')
    .select(['id', 'name', 'role', 'districts', 'facilities'])
    .where('username', '=', username)
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw new UsageError('Det finnes ingen slik konto, eller den er stengt.')
  const { id, role, ...account } = row
  return { ...account, accountId: id, role: role as Role }
}

async function importInto(config: Config, command: Command): Promise<void> {
  const file = await readFileToImport(command.path)
  const embedded = config.databaseUrl === undefined ? await startEmbedded({ dataDir: config.dataDir }) : undefined
  const appUrl = config.appDatabaseUrl ?? embedded?.appUrl
  // without a login of the application's own, its role is taken on: the owner's rights are never used here
  const pool = openPool(appUrl ?? config.databaseUrl ?? '', {
    connectWithin: 60_000,
    ...(appUrl === undefined ? { role: 'boligtrapp_app' } : {}),
  })
  try {
    const stored = config.identityKey === undefined ? await keysIn(config.dataDir) : undefined
    const keyring = openKeyring(
      config.identityKey ?? stored?.identityKey ?? '',
      config.fingerprintKey ?? stored?.fingerprintKey ?? '',
      config.readableKeys,
    )
    const db = openDatabase(pool)
    const actor = await actorNamed(db, command.username)
    const demo = config.demoDate !== undefined
    const outcome = await asActor(db, actor, config.demoDate, (acting) =>
      takeFile(acting, actor, keyring, demo, { file, mode: command.mode, kind: command.kind }),
    )
    await tell(outcome, command.rejected)
  } finally {
    await pool.end()
    await embedded?.stop()
  }
}

const NAMES = {
  places: 'plasser',
  needs: 'behov',
  stays: 'opphold',
  statistics: 'statistikk',
} as const satisfies Record<FileKind, string>

async function tell(outcome: ImportOutcome, rejected: string | undefined): Promise<void> {
  const { kind, mode, written, counts, badRows } = outcome
  console.log(
    `${counts.rows} rader med ${NAMES[kind]}: ${counts.new} nye, ${counts.changed} endret, ${counts.unchanged} uendret, ${counts.bad} avvist.`,
  )
  for (const { row, errors } of badRows.slice(0, LISTED)) {
    for (const { column, reason } of errors)
      console.log(`  rad ${row}${column === null ? '' : `, ${column}`}: ${reason}`)
  }
  if (badRows.length > LISTED) console.log(`  … og ${badRows.length - LISTED} rader til`)
  if (rejected !== undefined && badRows.length > 0) {
    // the rows hold people's data: for the one who ran this alone
    await writeFile(rejected, await outcome.rejected(), { mode: 0o600 })
    console.log(`De avviste radene ligger i ${rejected}.`)
  }
  if (mode === 'dry_run') console.log('Dette var en prøve. Ingenting er endret.')
  else if (!written) console.log('Ingenting er endret. Rett radene, eller bruk --accept-good for å ta de andre.')
  if (counts.bad > 0) process.exitCode = 1
}

/** A database's own message may quote a person's values, so only its code is told. */
function reasonOf(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${USAGE}`
  if (error instanceof DomainError)
    return [error.message, ...error.errors.map(({ detail }) => `  ${detail}`)].join('\n')
  const { code, constraint, syscall } = error as { code?: string; constraint?: string; syscall?: string }
  if (constraint === 'occupancy_no_overlap') {
    return 'En plass ble opptatt mens importen gikk, eller to opphold bytter plass. Ingenting er endret. Prøv igjen.'
  }
  if (code === '42501') return 'Databasen ga ikke lov til dette. Ingenting er endret. Se APP_DATABASE_URL i README.md.'
  if (code !== undefined && syscall === undefined) {
    return `Databasen svarte med feil ${code}${constraint === undefined ? '' : ` (${constraint})`}. Ingenting er endret.`
  }
  if (error instanceof Error && /^(Connection terminated|timeout exceeded)/.test(error.message)) {
    return 'Forbindelsen til databasen ble brutt, eller kom aldri i stand. Prøv igjen: rader som alt er lagret, blir ikke endret.'
  }
  return error instanceof Error ? error.message : 'Noe gikk galt. Ingenting er endret.'
}

try {
  const command = readCommand(process.argv.slice(2))
  await importInto(readConfig(process.env), command)
} catch (error) {
  console.error(reasonOf(error))
  process.exitCode = 1
}
