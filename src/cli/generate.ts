import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { accessDocument } from './accessDocument.ts'
import { openApiDocument } from './openApiDocument.ts'
import { placementDocument } from './placementDocument.ts'
import { privacyDocument } from './privacyDocument.ts'

/**
 * `npm run generate`: writes what is generated from something else; with `--check` says what is out of date and fails.
 * The columns come from the migrations, the document of the API from the schemas that validate, the web's types from it.
 */
const ROOT = join(import.meta.dirname, '../..')
const scratch = await mkdtemp(join(tmpdir(), 'boligtrapp-generate-'))

function run(program: string, args: string[]): void {
  const { status, stderr, stdout } = spawnSync(join(ROOT, 'node_modules/.bin', program), args, {
    cwd: ROOT,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${program} failed:\n${stdout}${stderr}`)
}

async function databaseTypes(into: string): Promise<void> {
  const server = await startEmbedded({ dataDir: join(scratch, 'data'), durable: false })
  try {
    await migrate(server.ownerUrl)
    run('kysely-codegen', ['--url', server.ownerUrl, '--out-file', into])
  } finally {
    await server.stop()
  }
}

const GENERATED: { file: string; make: (into: string) => Promise<void> }[] = [
  { file: 'src/db/types.generated.ts', make: databaseTypes },
  { file: 'docs/placement.md', make: async (into) => writeFile(into, placementDocument()) },
  { file: 'docs/privacy.md', make: async (into) => writeFile(into, privacyDocument()) },
  { file: 'openapi/openapi.json', make: async (into) => writeFile(into, await openApiDocument()) },
  {
    file: 'docs/access.md',
    make: async (into) => writeFile(into, accessDocument(await readFile(join(ROOT, 'openapi/openapi.json'), 'utf8'))),
  },
  {
    file: 'src/web/api/openapi.generated.ts',
    make: async (into) => run('openapi-typescript', [join(ROOT, 'openapi/openapi.json'), '-o', into]),
  },
]

try {
  for (const { file, make } of GENERATED) {
    if (!process.argv.includes('--check')) {
      await make(join(ROOT, file))
      continue
    }
    const fresh = join(scratch, file.replaceAll('/', '_'))
    await make(fresh)
    if ((await readFile(fresh, 'utf8')) !== (await readFile(join(ROOT, file), 'utf8').catch(() => ''))) {
      console.error(`${file} is out of date. Run: npm run generate`)
      process.exitCode = 1
    }
  }
} finally {
  await rm(scratch, { recursive: true, force: true })
}
