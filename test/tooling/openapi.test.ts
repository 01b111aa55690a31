import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const DOCUMENT = join(ROOT, 'openapi/openapi.json')

/** Neither linter may ask anything of the network: the tests run on a closed one. */
const OFFLINE = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' }

/** Runs a command of node_modules/.bin in the project's folder and returns what it printed to stdout as JSON. */
function lint(command: string, args: string[]): Promise<unknown> {
  const options = { cwd: ROOT, env: OFFLINE, maxBuffer: 64 * 1024 * 1024 }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [join(ROOT, 'node_modules/.bin', command), ...args], options, (_, stdout, stderr) => {
      // Both leave with a non-zero code when they find something, so only the missing answer is an error here.
      try {
        resolve(JSON.parse(stdout))
      } catch (cause) {
        reject(new Error(`${command} gave no answer: ${stdout}${stderr}`, { cause }))
      }
    })
  })
}

/** What Redocly's recommended rules say of the file, errors and warnings, as `rule: message (where)`. */
async function redocly(file: string): Promise<string[]> {
  const report = (await lint('redocly', ['lint', file, '--config', 'redocly.yaml', '--format', 'json'])) as {
    totals: { errors: number; warnings: number }
    problems: { ruleId: string; message: string; location: { pointer?: string }[] }[]
  }
  const problems = report.problems.map(
    ({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer ?? 'file'})`,
  )
  const { errors, warnings } = report.totals
  return problems.length === 0 && errors + warnings > 0 ? [`${errors} errors, ${warnings} warnings`] : problems
}

/** What Spectral's OpenAPI rules say of the file, errors and warnings, as `rule: message (where)`. */
async function spectral(file: string): Promise<string[]> {
  const args = ['lint', file, '--ruleset', '.spectral.yaml', '--format', 'json', '--quiet', '--fail-severity', 'warn']
  const found = (await lint('spectral', args)) as {
    code: string
    message: string
    severity: number
    path: (string | number)[]
  }[]
  return found
    .filter(({ severity }) => severity <= 1)
    .map(({ code, message, path }) => `${code}: ${message} (${path.join('/')})`)
}

t.test('the description of the API passes Redocly and Spectral without a word', async (t) => {
  const described = JSON.parse(await readFile(DOCUMENT, 'utf8'))
  t.match(described.openapi, /^3\.1\./)
  t.ok(Object.keys(described.paths).length > 0, 'there is something to lint')
  t.strictSame(await redocly(DOCUMENT), [], 'Redocly')
  t.strictSame(await spectral(DOCUMENT), [], 'Spectral')
})

t.test('both linters find a fault that is planted', async (t) => {
  const described = JSON.parse(await readFile(DOCUMENT, 'utf8'))
  // alone: to read all the others beside it a second time would find nothing more
  described.paths = {
    '/api/v1/planted/{id}': {
      get: { operationId: 'planted', tags: ['nowhere'], responses: { 200: { description: 'ok' } } },
    },
  }
  const file = join(t.testdir(), 'planted.json')
  await writeFile(file, JSON.stringify(described))
  t.match((await redocly(file)).join('\n'), /^path-parameters-defined: /m)
  const fromSpectral = (await spectral(file)).join('\n')
  t.match(fromSpectral, /^path-params: /m)
  t.match(fromSpectral, /^operation-tag-defined: /m)
})
