import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { t } from 'tap'
import { endKept, runTogetherBegins } from './toTheLast.ts'

const ROOT = join(import.meta.dirname, '../..')

/**
 * What `.taprc` excludes under the name of a test file.
 * @throws {Error} where something is excluded that nobody runs
 */
function filesUnder(name: string): string[] {
  const groups = new Map<string, string[]>()
  const [, excluded = ''] = /^exclude:\n((?: {2}.+\n)+)/m.exec(readFileSync(join(ROOT, '.taprc'), 'utf8')) ?? []
  let group: string[] | undefined
  for (const line of excluded.trimEnd().split('\n')) {
    const [, title, pattern] = /^ {2}(?:# (.+)|- (.+))$/.exec(line) ?? []
    if (title !== undefined) {
      if (!existsSync(join(ROOT, title))) throw new Error(`.taprc leaves tests to ${title}, which does not exist`)
      group = []
      groups.set(title, group)
    } else if (group === undefined || pattern === undefined) throw new Error(`.taprc leaves ${line} to nobody`)
    else group.push(pattern)
  }
  const files = globSync(groups.get(name) ?? [], { cwd: ROOT }).sort()
  if (files.length === 0) throw new Error(`.taprc leaves no file to ${name}`)
  return files
}

/**
 * Runs small test files one after the other in this process: to start a process for each, and to read the application anew,
 * took longer than they take. `.taprc` excludes them, under the name of the file that calls this, so that each runs once; alone:
 * `npx tap test/domain/day.test.ts`. What a file opened for all of its tests is closed before the next begins.
 * @param caller the file that runs them
 */
export async function runTogether(caller: string): Promise<void> {
  runTogetherBegins()
  for (const file of filesUnder(relative(ROOT, caller).replaceAll(sep, '/'))) {
    const ends: (() => unknown)[] = []
    t.teardown = (end) => {
      ends.unshift(end)
      return t
    }
    t.comment(file)
    await import(pathToFileURL(join(ROOT, file)).href)
    await t.test(`${file} is closed`, async () => {
      for (const end of ends) await end()
    })
  }
  await t.test('what they shared is closed', endKept)
}
