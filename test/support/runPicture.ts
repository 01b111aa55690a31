import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Visit } from './browser.ts'
import { startWorking } from './queue.ts'

const MARGIN = 16
const README = join(import.meta.dirname, '../../README.md')
const BEGIN = '<!-- comparison: written by npm run screenshots -->'
const END = '<!-- /comparison -->'

interface Way {
  id: string
  placed: number
  byClass: Record<string, number>
  intoFreedHomes: number
  daysInSituation: number
}

interface Summary {
  needs: number
  comparison: Way[]
  proven: boolean
  values: TierValue[]
  boundValues: TierValue[]
  unboundedValues: TierValue[]
}

interface TierValue {
  id: string
  value: number
}

const NAMES: Record<string, string> = {
  best: '**Best set of moves**',
  without_chains: 'Best without chains',
  hardest_place_first: 'Hardest place first (greedy)',
  first_come: 'First registered, first served',
}

/** A run over the whole demo city, asked for on its page: the picture of its comparison, and the same as the README's table. */
export async function pictureOfRun({ page, signIn, see, deps, urls, origin }: Visit, pictures: string): Promise<void> {
  const queue = await startWorking({ urls, deps }, (line) => console.error(line))
  try {
    await signIn('Planlegger')
    await page.goto(`${origin}/kjoringer`)
    await page.getByRole('button', { name: 'Finn beste flyttinger for byen' }).click()
    await see('Kjøring for hele byen')
    const compared = page.getByRole('region', { name: 'Sammenlignet med andre måter' })
    await compared.waitFor({ timeout: 60_000 })
    await page.waitForTimeout(500)
    const box = await compared.boundingBox()
    if (box === null) throw new Error('the comparison is not on the page')
    // with the page's own margin around it
    const clip = { x: 0, y: box.y - MARGIN, width: box.x * 2 + box.width, height: box.height + 2 * MARGIN }
    await page.screenshot({ path: join(pictures, 'kjoring.png'), fullPage: true, clip })
    const id = new URL(page.url()).pathname.split('/').at(-1)
    const answer = await page.request.get(`${origin}/api/v1/matching-runs/${id}`)
    const { summary } = (await answer.json()) as { summary: Summary }
    await writeTable(summary)
  } finally {
    await queue.stop()
  }
}

async function writeTable(summary: Summary): Promise<void> {
  const { needs, comparison: ways } = summary
  const classes = [1, 2, 3, 4, 5]
  const number = (value: number) => value.toLocaleString('en')
  const rows = [
    [
      `of ${number(needs)} needs`,
      'placed',
      ...classes.map((one) => `class ${one}`),
      'into freed homes',
      'days waited by those placed',
    ],
    ['---', ...classes.map(() => '--:'), '--:', '--:', '--:'],
    ...ways.map((way) => [
      NAMES[way.id] ?? way.id,
      number(way.placed),
      ...classes.map((one) => number(way.byClass[one] ?? 0)),
      number(way.intoFreedHomes),
      number(way.daysInSituation),
    ]),
  ]
  const readme = await readFile(README, 'utf8')
  const [before, rest] = readme.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error('README.md has no place for the comparison')
  const table = rows.map((row) => `| ${row.join(' | ')} |`).join('\n')
  await writeFile(README, `${before}${BEGIN}\n\n${table}\n\n${certaintyOf(summary)}\n\n${END}${after}`)
}

/** What is certain of the best set of moves, and how far it is from the best without limits that only a whole set can break. */
function certaintyOf({ proven, values, boundValues, unboundedValues }: Summary): string {
  if (!proven) {
    return `It is not proven that no better set exists; the best that can exist would have at most ${lack(values, boundValues)}.`
  }
  const limits = 'the limits on the length and days of chains and on who may live together'
  const lost = lack(values, unboundedValues)
  if (lost === undefined) return `It is proven that no better set exists, and ${limits} cost nothing.`
  return `It is proven that no better set exists within ${limits}. Without them the best would have ${lost}.`
}

/** By the weightiest criterion that differs. */
function lack(values: readonly TierValue[], best: readonly TierValue[]): string | undefined {
  const bound = new Map(best.map(({ id, value }) => [id, value]))
  const first = values.find(({ id, value }) => bound.get(id) !== value)
  if (first === undefined) return undefined
  const gap = (bound.get(first.id) ?? 0) - first.value
  const [, number] = first.id.split('class_')
  if (number === undefined) return 'as many people of every class, and better places for them'
  return `${gap} more of class ${number}${number === '1' ? '' : ', and nobody more of the classes before it'}`
}
