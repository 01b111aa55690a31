import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { type Cells, csvOf, needRows, placeRows, stayRows, xlsxOf } from '../../src/cli/bench/importSheets.ts'
import { testDatabase } from '../support/database.ts'
import { ALNA } from '../support/fixtures.ts'
import { query } from '../support/query.ts'
import { type Ended, runNode } from '../support/runNode.ts'

/** `IMPORT_ROWS=100000 node test/cli/import.test.ts` measures the size that is promised, and prints the figures. */
const MEASURED_ROWS = Number(process.env.IMPORT_ROWS ?? 0)
/** Needs are read in more than one batch of a thousand. */
const ROWS = { places: MEASURED_ROWS || 300, needs: MEASURED_ROWS || 1100, stays: MEASURED_ROWS || 300 }
t.setTimeout(MEASURED_ROWS === 0 ? 300_000 : 3_600_000)
const SECONDS = 60
const MEGABYTES = 500

const command = join(import.meta.dirname, '../../src/cli/import.ts')
const { ownerUrl, appUrl } = await testDatabase(t)
const folder = t.testdir()
const env = {
  DATABASE_URL: ownerUrl,
  APP_DATABASE_URL: appUrl,
  DEMO_CITY: 'true',
  IDENTITY_KEY: `t1:${Buffer.alloc(32, 1).toString('base64')}`,
  FINGERPRINT_KEY: `t1:${Buffer.alloc(32, 2).toString('base64')}`,
}
for (const [username, role, districts] of [
  ['loader', 'administrator', []],
  ['officer', 'housing_officer', [ALNA]],
] as const) {
  await query(ownerUrl, 'insert into account (username, name, role, districts) values ($1, $1, $2, $3)', [
    username,
    role,
    districts,
  ])
}
await query(
  ownerUrl,
  "insert into account (username, name, role, disabled_at) values ('left', 'left', 'administrator', now())",
)

/** Says how much memory the process had at its most, when it ends. */
const MEASURED = `data:text/javascript,process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'))`

interface Measured extends Ended {
  seconds: number
  megabytes: number
}

async function run(...args: string[]): Promise<Measured> {
  const started = performance.now()
  const ended = await runNode(['--import', MEASURED, command, ...args], env)
  const peak = Number(/peak (\d+)/.exec(ended.stderr)?.[1])
  return { ...ended, seconds: (performance.now() - started) / 1000, megabytes: peak / 1024 }
}

function file(name: string, bytes: Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

const spoilt = (rows: readonly Cells[], spoil: Cells) =>
  rows.map((row, at) => ([1, 7, rows.length - 1].includes(at) ? { ...row, ...spoil } : row))

t.test(
  'places, needs and stays are loaded from a shell by accounts that may; three bad rows stop all or are left',
  async (t) => {
    const kinds = [
      { name: 'plasser', as: 'loader', rows: placeRows(ROWS.places), spoil: { Boligform: 'Slott' } },
      { name: 'behov', as: 'officer', rows: needRows(ROWS.needs), spoil: { 'Trengs til': '2026-10-01' } },
      {
        name: 'opphold',
        as: 'officer',
        rows: stayRows(ROWS.stays, ROWS.places),
        spoil: { 'Flyttet ut': '2015-01-01' },
      },
    ]
    t.setTimeout(MEASURED_ROWS === 0 ? 280_000 : 3_600_000)
    for (const { name, as, rows, spoil } of kinds) {
      const count = rows.length
      const bad = spoilt(
        rows.map((row) => (name === 'behov' ? { ...row, 'Trengs til': '' } : row)),
        spoil,
      )
      const files = [file(`${name}.csv`, csvOf(bad)), file(`${name}.xlsx`, xlsxOf(bad))]
      const runs: [string, Measured][] = []
      for (const path of files) {
        runs.push([`${path.slice(-4)} alle eller ingen`, await run(path, '--as', as)])
      }
      const refused = `${count} rader med ${name}: ${count - 3} nye, 0 endret, 0 uendret, 3 avvist.`
      for (const [what, { code, stdout, stderr }] of runs) {
        t.equal(code, 1, `${what}: ${stderr}`)
        t.match(stdout, refused, `${what}: ${stderr}`)
        t.match(stdout, /\n {2}rad 3, .*: .*\n {2}rad 9, .*\n {2}rad \d+, .*/)
        t.match(stdout, 'Ingenting er endret.')
      }
      const rejected = join(folder, `${name}-avvist.csv`)
      const good = await run(files[0] ?? '', '--as', as, '--accept-good', '--rejected', rejected)
      runs.push(['.csv de gode', good])
      t.equal(good.code, 1, good.stderr)
      t.match(good.stdout, refused, good.stderr)
      t.equal(readFileSync(rejected, 'utf8').trim().split('\r\n').length, 4)
      t.equal(statSync(rejected).mode & 0o777, 0o600, 'the rows hold people’s data')
      const again = await run(files[1] ?? '', '--as', as, '--accept-good')
      runs.push(['.xlsx de gode en gang til', again])
      t.match(
        again.stdout,
        `${count} rader med ${name}: 0 nye, 0 endret, ${count - 3} uendret, 3 avvist.`,
        again.stderr,
      )
      for (const [what, { seconds, megabytes }] of runs) {
        t.comment(`${count} ${name}, ${what}: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`)
        t.ok(seconds < SECONDS, `${name} ${what}: under a minute`)
        t.ok(megabytes < MEGABYTES, `${name} ${what}: under ${MEGABYTES} MB`)
      }
    }
  },
)

t.test('a dry run changes nothing and ends well', async (t) => {
  const fresh = needRows(3).map((row, at) => ({
    ...row,
    'Ekstern id': `D${at}`,
    'Person-id': `D${at}`,
    Fødselsnummer: '',
  }))
  const path = file('prove.csv', csvOf(fresh))
  const before = await query(ownerUrl, 'select count(*) from change_log')
  const { code, stdout } = await run(path, '--as', 'officer', '--dry-run', '--kind', 'needs')
  t.equal(code, 0)
  t.match(stdout, '3 rader med behov: 3 nye')
  t.match(stdout, 'Dette var en prøve. Ingenting er endret.')
  t.strictSame(await query(ownerUrl, 'select count(*) from change_log'), before)
})

t.test('it acts as a named account, with that account’s rights and no others', async (t) => {
  const path = file('tre.csv', csvOf(needRows(3)))
  const cases: [string[], RegExp][] = [
    [[path], /--as/],
    [[path, '--as', 'nobody'], /ingen slik konto/],
    [[path, '--as', 'left'], /ingen slik konto/],
    [[path, '--as', 'loader'], /Rollen din kan ikke importere dette/],
    [[path, '--as', 'officer', '--dry-run', '--accept-good'], /ikke begge/],
    [[path, '--as', 'officer', '--kind', 'people'], /--kind/],
    [[path, '--as', 'officer', '--everything'], /valgene/],
    [['--as', 'officer'], /Oppgi én fil/],
    [[join(folder, 'missing.csv'), '--as', 'officer'], /ENOENT/],
  ]
  // none of them changes anything, so they need not wait for each other
  const ends = await Promise.all(cases.map(async ([args, expected]) => ({ args, expected, ...(await run(...args)) })))
  for (const { args, expected, code, stdout, stderr } of ends) {
    t.equal(code, 1, args.join(' '))
    t.match(stderr, expected)
    t.equal(stdout, '')
    t.notMatch(stderr, /\n\s+at /, 'no stack for the user')
  }
})

t.test('no personal number is printed, whatever is wrong', async (t) => {
  const secret = '01819012345'
  const row = { ...needRows(1)[0], Fødselsnummer: secret, Kjønn: secret, Boligformer: secret, Voksne: secret }
  const { code, stdout, stderr } = await run(file('hemmelig.csv', csvOf([row])), '--as', 'officer')
  t.equal(code, 1)
  t.match(stdout, 'rad 2, Fødselsnummer')
  t.notMatch(stdout + stderr, secret)
  const header = await run(
    file('uten overskrift.csv', Buffer.from(`${secret};Kari\n`)),
    '--as',
    'officer',
    '--kind',
    'needs',
  )
  t.equal(header.code, 1)
  t.notMatch(header.stdout + header.stderr, secret)
})
