import { readFileSync } from 'node:fs'
import { solve } from '../solver/assignment.ts'
import { checkAssignment } from '../solver/check.ts'
import { type Instance, problemOf } from '../solver/instance.ts'
import { parseInstance } from '../solver/instanceFile.ts'

/**
 * `node src/cli/solve.ts FILE`: the greatest total gain of an instance file, checked, as one JSON line. `matched` counts
 * needs given a place other than their own, `moves` those given a place where another need lives, `ms` solving and
 * checking without reading. Exit 2 and a line on stderr when the file cannot be read or is malformed or its gains are
 * too large to add exactly; exit 1 when the checker refuses the answer.
 */
function main(file: string | undefined): number {
  if (file === undefined) return fail(2, 'usage: solve FILE')
  let text: string
  try {
    text = readFileSync(file, 'latin1')
  } catch (error) {
    return fail(2, `${file}: ${error instanceof Error ? error.message : 'cannot be read'}`)
  }
  const parsed = parseInstance(text)
  if (parsed.kind === 'malformed') return fail(2, `${file}: line ${parsed.line}: ${parsed.message}`)
  try {
    return answer(parsed.instance)
  } catch (error) {
    if (error instanceof RangeError) return fail(2, `${file}: ${error.message}`)
    throw error
  }
}

function answer(instance: Instance): number {
  const from = performance.now()
  const problem = problemOf(instance)
  const solution = solve(problem)
  if (solution.kind === 'infeasible') return fail(1, `no solution: ${solution.side} ${solution.index}`)
  const { assignment } = solution
  const verdict = checkAssignment(problem, assignment)
  const ms = Math.round((performance.now() - from) * 100) / 100
  if (verdict.kind === 'wrong') return fail(1, `the checker refused the answer: ${verdict.what}`)
  const { matched, moves } = count(instance, assignment.columnOf)
  process.stdout.write(`${JSON.stringify({ gain: assignment.gain, matched, moves, ms })}\n`)
  return 0
}

function count({ rows, columns, ownColumn }: Instance, columnOf: Int32Array) {
  const livedIn = new Uint8Array(columns)
  for (const own of ownColumn) if (own >= 0) livedIn[own] = 1
  let matched = 0
  let moves = 0
  for (let r = 0; r < rows; r++) {
    const c = columnOf[r] as number
    if (c === -1 || c === ownColumn[r]) continue
    matched++
    if (livedIn[c] === 1) moves++
  }
  return { matched, moves }
}

function fail(code: number, message: string): number {
  process.stderr.write(`${message}\n`)
  return code
}

process.exitCode = main(process.argv[2])
