import type { RunSummary } from '../../src/domain/matching/run.ts'

const BEGIN = '<!-- comparison: written by npm run screenshots -->'
const END = '<!-- /comparison -->'

/** What is said of a run's comparison. */
export type Compared = Pick<
  RunSummary,
  'needs' | 'comparison' | 'proven' | 'values' | 'boundValues' | 'unboundedValues'
>

const NAMES: Record<Compared['comparison'][number]['id'], string> = {
  best: '**Best set of moves**',
  without_chains: 'Best without chains',
  hardest_place_first: 'Hardest place first (greedy)',
  first_come: 'First registered, first served',
}

const CLASSES = [1, 2, 3, 4, 5] as const

/** The README with the comparison of a run as its table. */
export function withComparison(readme: string, compared: Compared): string {
  const [before, rest] = readme.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error('README.md has no place for the comparison')
  return `${before}${BEGIN}\n\n${tableOf(compared)}\n\n${certaintyOf(compared)}\n\n${END}${after}`
}

function tableOf({ needs, comparison }: Compared): string {
  const number = (value: number) => value.toLocaleString('en')
  const names = [...CLASSES.map((one) => `class ${one}`), 'into freed homes', 'days waited by those placed']
  const rows = [
    [`of ${number(needs)} needs`, 'placed', ...names],
    ['---', '--:', ...names.map(() => '--:')],
    ...comparison.map(({ id, proven, placed, byClass, intoFreedHomes, daysInSituation }) => [
      proven === false ? `${NAMES[id]} (not proven)` : NAMES[id],
      ...[placed, ...CLASSES.map((one) => byClass[one]), intoFreedHomes, daysInSituation].map(number),
    ]),
  ]
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n')
}

/** What is certain of the best set of moves, and how far it is from the best without limits that only a whole set can break. */
function certaintyOf({ proven, values, boundValues, unboundedValues }: Compared): string {
  if (!proven) {
    return `It is not proven that no better set exists; the best that can exist would have at most ${lack(values, boundValues)}.`
  }
  const limits = 'the limits on the length and days of chains and on who may live together'
  const lost = lack(values, unboundedValues)
  if (lost === undefined) return `It is proven that no better set exists, and ${limits} cost nothing.`
  return `It is proven that no better set exists within ${limits}. Without them the best would have ${lost}.`
}

/** By the weightiest criterion that differs. */
function lack(values: Compared['values'], best: Compared['values']): string | undefined {
  const bound = new Map(best.map(({ id, value }) => [id, value]))
  const first = values.find(({ id, value }) => bound.get(id) !== value)
  if (first === undefined) return undefined
  const gap = (bound.get(first.id) ?? 0) - first.value
  const [, number] = first.id.split('class_')
  if (number === undefined) return 'as many people of every class, and better places for them'
  return `${gap} more of class ${number}${number === '1' ? '' : ', and nobody more of the classes before it'}`
}
