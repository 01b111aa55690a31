import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'

const command = join(import.meta.dirname, '../../src/cli/solve.ts')

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

t.test('one line of JSON for an instance', async (t) => {
  const file = join(t.testdir(), 'instance.txt')
  // Need 0 moves from place 0 to the vacant 1; need 1 takes place 0; need 2 lives in place 2 and stays.
  writeFileSync(file, '4 3 3\n0 1 5\n1 0 7\n3 0 6\nstays 2\n0 0\n2 2\n')
  const { status, stdout, stderr } = run(file)
  t.equal(status, 0)
  t.equal(stderr, '')
  t.equal(stdout.split('\n').length, 2)
  t.match(JSON.parse(stdout), { gain: 12, matched: 2, moves: 1, ms: Number })
  t.same(Object.keys(JSON.parse(stdout)), ['gain', 'matched', 'moves', 'ms'])
})

t.test('exit 2 and the line on stderr for a malformed file', async (t) => {
  const file = join(t.testdir(), 'instance.txt')
  writeFileSync(file, '2 2 2\n0 1 5\n0 1 6\n')
  t.match(run(file), { status: 2, stdout: '', stderr: /line 3\b/ })
})

t.test('exit 2 for no file, a missing one, a folder, and gains too large to add', async (t) => {
  const folder = t.testdir()
  t.match(run(), { status: 2, stdout: '', stderr: /usage/ })
  t.match(run(join(folder, 'none.txt')), { status: 2, stdout: '', stderr: /none\.txt/ })
  t.match(run(folder), { status: 2, stdout: '', stderr: /EISDIR/ })
  const file = join(folder, 'huge.txt')
  writeFileSync(file, '2 2 2\n0 0 9007199254740991\n1 1 9007199254740991\n')
  t.match(run(file), { status: 2, stdout: '', stderr: /too large for exact sums/ })
})
