import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
const SOURCES = join(ROOT, 'src/web')
const MARK = join(ROOT, 'dist/web.sources')

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(join(ROOT, 'package-lock.json')))
  const names = await readdir(SOURCES, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.sort()) hash.update(`${file.slice(ROOT.length)}\n`).update(await readFile(file))
  return hash.digest('hex')
}

/** Builds the pages into dist/web, and leaves them when their sources are the ones they were built from. */
const wanted = await hashOfSources()
if ((await readFile(MARK, 'utf8').catch(() => '')) !== wanted) {
  console.log('Building the pages')
  const { build } = await import('vite')
  await build({ configFile: join(SOURCES, 'vite.config.ts'), logLevel: 'error' })
  await writeFile(MARK, wanted)
}
