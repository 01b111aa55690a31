import { access } from './bench/access.ts'
import { capacity } from './bench/capacity.ts'
import { exporting } from './bench/exports.ts'
import { forecasting } from './bench/forecast.ts'
import { importing } from './bench/import.ts'
import { limits } from './bench/limits.ts'
import { matchingRun } from './bench/matchingRun.ts'
import { type Line, table } from './bench/measure.ts'
import { placementSweep } from './bench/placementSweep.ts'
import { prices } from './bench/prices.ts'
import { repairing } from './bench/repair.ts'
import { requests } from './bench/requests.ts'
import { solver } from './bench/solver.ts'
import { startUp } from './bench/startUp.ts'
import { whileSolving } from './bench/whileSolving.ts'
import { openWorld, type World } from './bench/world.ts'

/**
 * `npm run bench [-- GROUP …]`: what a start, a request and a run over the whole demo city cost. Two sides of a ratio are
 * measured in turn, so a slow machine slows both. A group is a file in `bench/` and a line here; without names all are
 * measured.
 */
const alone: Record<string, () => Promise<Line[]>> = {
  'start-up': startUp,
  solver,
  capacity,
  import: importing,
  exports: exporting,
}
const inWorld: Record<string, (world: World) => Promise<Line[]>> = {
  requests,
  access,
  'placement-sweep': placementSweep,
  'matching-run': matchingRun,
  limits,
  repair: repairing,
  forecast: forecasting,
  prices,
  'while-solving': whileSolving,
}

const known = [...Object.keys(alone), ...Object.keys(inWorld)]
const asked = process.argv.slice(2)
const strange = asked.filter((name) => !known.includes(name))
if (strange.length > 0) {
  console.error(`No group ${strange.join(', ')}. There are: ${known.join(', ')}.`)
  process.exit(2)
}
const chosen = <T>(groups: Record<string, T>) =>
  Object.entries(groups).filter(([name]) => asked.length === 0 || asked.includes(name))

const lines: Line[] = []
for (const [name, measure] of chosen(alone)) {
  console.error(`Measuring ${name}`)
  lines.push(...(await measure()))
}
const groups = chosen(inWorld)
if (groups.length > 0) {
  const world = await openWorld()
  try {
    for (const [name, measure] of groups) {
      console.error(`Measuring ${name}`)
      lines.push(...(await measure(world)))
    }
  } finally {
    await world.end()
  }
}
console.log(table(lines))
