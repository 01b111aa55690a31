import { execFile } from 'node:child_process'
import { cp, glob, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const DEPCRUISE = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
const CRUISED = ['src', 'migrations']

interface Report {
  modules: { source: string }[]
  summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] }
}

/** Runs dependency-cruiser as `npm test` does, in `folder`, and returns its whole report. */
function cruise(folder: string): Promise<Report> {
  const args = [DEPCRUISE, ...CRUISED, '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error && stdout === '') reject(new Error(`dependency-cruiser said: ${stderr}`, { cause: error }))
      else resolve(JSON.parse(stdout))
    })
  })
}

async function filesOf(folder: string): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob(
    CRUISED.map((part) => `${part}/**/*.{ts,tsx}`),
    { cwd: folder },
  ))
    files.push(file)
  return files.filter((file) => !file.endsWith('.d.ts')).sort()
}

/** A file that breaks one rule, and the rule that must say so; `undefined`: allowed, so nothing may be said. */
interface Planted {
  file: string
  imports: string
  rule: string | undefined
}

const PLANTED: Planted[] = [
  { file: 'src/domain/plantedQuery.ts', imports: 'kysely', rule: 'pure-outside' },
  { file: 'src/domain/plantedHttp.ts', imports: 'fastify', rule: 'pure-outside' },
  { file: 'src/domain/plantedShape.ts', imports: 'zod', rule: 'pure-outside' },
  { file: 'src/domain/plantedClock.ts', imports: 'node:process', rule: 'pure-outside' },
  { file: 'src/domain/plantedDb.ts', imports: '../db/plantedTarget.ts', rule: 'layer-domain' },
  { file: 'src/domain/plantedDate.ts', imports: 'date-fns', rule: undefined },
  { file: 'src/domain/plantedSolver.ts', imports: '../solver/plantedTarget.ts', rule: undefined },
  { file: 'src/domain/plantedTable.ts', imports: '../reference/plantedTarget.ts', rule: undefined },
  { file: 'src/domain/plantedFile.ts', imports: '../reference/plantedReader.ts', rule: 'domain-reads-no-file' },
  { file: 'src/reference/plantedReader.ts', imports: 'node:fs/promises', rule: undefined },
  { file: 'src/reference/plantedDomain.ts', imports: '../domain/plantedTarget.ts', rule: 'layer-reference' },
  { file: 'src/solver/plantedDomain.ts', imports: '../domain/plantedTarget.ts', rule: 'layer-solver' },
  { file: 'src/solver/plantedDate.ts', imports: 'date-fns', rule: 'solver-outside' },
  { file: 'src/db/plantedFeature.ts', imports: '../features/plantedone/queries.ts', rule: 'layer-db' },
  { file: 'src/db/plantedHttp.ts', imports: '../http/plantedTarget.ts', rule: 'layer-db' },
  { file: 'src/http/plantedFeature.ts', imports: '../features/plantedone/queries.ts', rule: 'layer-http' },
  { file: 'src/access/plantedFeature.ts', imports: '../features/plantedone/queries.ts', rule: 'layer-access' },
  { file: 'src/features/plantedtwo/routes.ts', imports: '../plantedone/queries.ts', rule: 'feature-to-feature' },
  { file: 'src/features/plantedone/routes.ts', imports: './queries.ts', rule: undefined },
  { file: 'src/features/plantedtwo/queries.ts', imports: '../../http/plantedTarget.ts', rule: 'queries-no-http' },
  { file: 'src/features/plantedtwo/config.ts', imports: '../../config.ts', rule: 'config-is-read-once' },
  { file: 'src/features/plantedtwo/app.ts', imports: '../../app.ts', rule: 'nothing-imports-app' },
  { file: 'src/features/plantedtwo/solve.ts', imports: '../../solver/plantedTarget.ts', rule: 'layer-features' },
  { file: 'src/jobs/plantedApp.ts', imports: '../app.ts', rule: 'nothing-imports-app' },
  {
    file: 'src/features/plantedtwo/cli.ts',
    imports: '../../cli/plantedCommand.ts',
    rule: 'nothing-imports-server-or-cli',
  },
  { file: 'src/cli/plantedCommand.ts', imports: '../app.ts', rule: undefined },
  { file: 'src/http/plantedDev.ts', imports: 'fast-check', rule: 'browser-packages-only-in-web' },
  { file: 'src/http/plantedTest.ts', imports: '../../test/plantedTarget.ts', rule: 'no-test-code' },
  { file: 'src/web/plantedDomain.ts', imports: '../domain/plantedTarget.ts', rule: 'layer-web' },
  { file: 'src/web/plantedNode.ts', imports: 'node:fs', rule: 'web-outside' },
  { file: 'src/http/plantedCircle.ts', imports: './plantedCircleBack.ts', rule: 'no-circular' },
  { file: 'src/http/plantedNowhere.ts', imports: './plantedMissing.ts', rule: 'not-to-unresolvable' },
  { file: 'migrations/9001-planted.ts', imports: '../src/db/plantedTarget.ts', rule: 'migrations-frozen' },
  { file: 'migrations/9002-planted.ts', imports: 'node:fs', rule: 'migrations-frozen' },
  { file: 'migrations/9003-planted.ts', imports: 'kysely', rule: undefined },
]

const TARGETS = [
  'src/domain/plantedTarget.ts',
  'src/solver/plantedTarget.ts',
  'src/reference/plantedTarget.ts',
  'src/db/plantedTarget.ts',
  'src/http/plantedTarget.ts',
  'src/features/plantedone/queries.ts',
  'test/plantedTarget.ts',
]

async function write(folder: string, file: string, text: string) {
  const path = join(folder, file)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

t.test('no arrow of the project points the wrong way, and one that is planted is found', async (t) => {
  const folder = t.testdir()
  for (const part of [...CRUISED, 'package.json', 'tsconfig.json', '.dependency-cruiser.cjs'])
    await cp(join(ROOT, part), join(folder, part), { recursive: true })
  const files = await filesOf(folder)
  t.ok(files.length > 0, 'the project has files')
  for (const file of TARGETS) await write(folder, file, 'export const target = 1\n')
  for (const { file, imports } of PLANTED) await write(folder, file, `import '${imports}'\nexport const planted = 1\n`)
  await write(folder, 'src/http/plantedCircleBack.ts', `import './plantedCircle.ts'\n`)
  await write(folder, 'src/http/plantedAlone.ts', 'export const alone = 1\n')

  const { modules, summary } = await cruise(folder)
  t.ok(summary.totalCruised > 0, 'dependency-cruiser read something')

  t.test('every file of the project is cruised and no arrow points the wrong way', async (t) => {
    const cruised = new Set(modules.map((module) => module.source))
    t.strictSame(
      files.filter((file) => !cruised.has(file)),
      [],
      'no file was passed over',
    )
    const own = new Set(files)
    t.strictSame(
      summary.violations
        .filter(({ from }) => own.has(from))
        .map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`),
      [],
    )
  })

  t.test('a planted violation of each rule is found, and what is allowed is not', async (t) => {
    for (const { file, imports, rule } of PLANTED) {
      const said = summary.violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)
      if (rule === undefined) t.strictSame(said, [], `${file} may import ${imports}`)
      else t.ok(said.includes(rule), `${file} may not import ${imports}: ${rule}, said: ${said.join(', ')}`)
    }
    t.ok(
      summary.violations.some(({ from, rule }) => from === 'src/http/plantedAlone.ts' && rule.name === 'no-orphans'),
      'a file that nothing uses is found',
    )
  })
})
