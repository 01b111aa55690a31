import { access, glob, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string) => readFile(join(ROOT, file), 'utf8')

/** Read by the tests alone, so not in src/config.ts. */
const FOR_TESTS = ['TEST_DATABASE_URL', 'CHROMIUM_PATH']

async function documents(): Promise<string[]> {
  const files = ['README.md']
  for await (const file of glob('docs/**/*.md', { cwd: ROOT })) files.push(file)
  return files.sort()
}

/** The first column of the rows whose first cell is code, in the section under `heading`. */
function namesUnder(text: string, heading: string): string[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? ''
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map((row) => row[1]!)
}

t.test('every link and picture leads somewhere', async (t) => {
  for (const file of await documents()) {
    const links = [...(await read(file)).matchAll(/\]\(([^)\s]+)\)/g)].map((link) => link[1]!)
    for (const link of links.filter((target) => !/^(https?:|#)/.test(target))) {
      const target = join(ROOT, dirname(file), link.replace(/#.*$/, ''))
      await t.resolves(access(target), `${file} → ${link}`)
    }
  }
})

t.test('the table of variables is what the configuration reads', async (t) => {
  const source = await read('src/config.ts')
  const variables = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map((line) => line[1]!)
  t.ok(variables.includes('PORT') && variables.includes('LOG_LEVEL'), 'the variables were found in the source')
  const named = namesUnder(await read('README.md'), 'Configuration').filter((name) => /^[A-Z_]+$/.test(name))
  t.strictSame(named.sort(), [...variables, ...FOR_TESTS].sort())
})

t.test('the scripts that the README names exist', async (t) => {
  const scripts: Record<string, string> = JSON.parse(await read('package.json')).scripts
  const named = namesUnder(await read('README.md'), 'Start').map((command) =>
    command.replace(/^([A-Z]+=\S+ )?npm (run )?/, ''),
  )
  t.ok(named.length > 0)
  t.strictSame(
    named.filter((name) => scripts[name] === undefined),
    [],
  )
})

t.test('a decision says its context, what was rejected and what follows', async (t) => {
  const decisions = (await documents()).filter((file) => file.startsWith('docs/adr/'))
  t.ok(decisions.length > 0)
  const readme = await read('README.md')
  decisions.forEach((file, index) => {
    t.ok(file.startsWith(`docs/adr/${String(index + 1).padStart(4, '0')}-`), `${file} is numbered without a gap`)
    t.ok(readme.includes(`(${file})`), `${file} is in the README’s list`)
  })
  for (const file of decisions) {
    const headings = [...(await read(file)).matchAll(/^## (.+)$/gm)].map((heading) => heading[1])
    t.strictSame(headings, ['Context', 'Decision', 'Rejected', 'Consequences'], file)
  }
})
