import { solve } from '../../solver/assignment.ts'
import { checkAssignment } from '../../solver/check.ts'
import { problemOf } from '../../solver/instance.ts'
import { solvePlainly } from '../../solver/plain.ts'
import { median } from './measure.ts'
import { cityInstance, type Shape, uniformInstance } from './solverInstances.ts'

/** What a process of its own is asked to solve, and how often; by the plain method too when `plain` is above 0. */
export interface Asked {
  kind: 'uniform' | 'city-like'
  shape: Shape
  runs: number
  plain: number
}

/** Milliseconds, and the most memory that the process held, the instance and its making included. */
export interface Told {
  first: number
  median: number
  plain: number
  megabytes: number
}

/**
 * Solves and checks one instance again and again in a process of its own, so that memory is its own and the first time is
 * that of code nobody has run before.
 */
function measured({ kind, shape, runs, plain }: Asked): Told {
  const problem = problemOf((kind === 'uniform' ? uniformInstance : cityInstance)(shape))
  const times: number[] = []
  let gain = 0
  for (let i = 0; i < runs; i += 1) {
    const start = performance.now()
    const solution = solve(problem)
    const right = solution.kind === 'solved' && checkAssignment(problem, solution.assignment).kind === 'optimal'
    times.push(performance.now() - start)
    if (!right) throw new Error('not solved')
    gain = solution.assignment.gain
  }
  const megabytes = process.resourceUsage().maxRSS / 1024
  const plainTimes: number[] = []
  for (let i = 0; i < plain; i += 1) {
    const start = performance.now()
    const answer = solvePlainly(problem)
    plainTimes.push(performance.now() - start)
    if (answer?.gain !== gain) throw new Error('the two methods differ')
  }
  return { first: times[0] ?? 0, median: median(times), plain: median(plainTimes), megabytes }
}

process.once('message', (asked) => {
  process.send?.(measured(asked as Asked))
  process.disconnect()
})
