import { type Line, median, timed } from './measure.ts'
import type { World } from './world.ts'

const SAMPLES = 1000
const MISSING = '019a0000-0000-7000-8000-000000000000'

/** Whether a foreign record that is there can be told from a missing one by how long the answer takes. */
export async function access(world: World): Promise<Line[]> {
  const officer = await world.person('officer_alna')
  const foreign = async (table: 'need' | 'resident' | 'stay') => {
    const { id } = await world.asOwner((db) =>
      db
        .selectFrom(table)
        .select('id')
        .where('holdingDistrict', 'not in', [...officer.districts])
        .orderBy('id')
        .limit(1)
        .executeTakeFirstOrThrow(),
    )
    return id
  }
  const lines: Line[] = []
  for (const [path, table] of [
    ['needs', 'need'],
    ['residents', 'resident'],
    ['stays', 'stay'],
  ] as const) {
    const id = await foreign(table)
    lines.push(await apart(world, officer, `/${path}/`, id))
  }
  lines.push(await apart(world, officer, '/needs/', await foreign('need'), '/matches'))
  return lines
}

/** How far the medians of both answers are from each other, asked in turn. */
async function apart(
  world: World,
  officer: Awaited<ReturnType<World['person']>>,
  before: string,
  id: string,
  after = '',
): Promise<Line> {
  const ask = (one: string) => world.statusOf(`${before}${one}${after}`, officer)
  const [there, nowhere]: [number[], number[]] = [[], []]
  for (let i = -20; i < SAMPLES; i += 1) {
    // which comes first changes, so that neither always finds what the other has warmed
    const order = i % 2 === 0 ? [id, MISSING] : [MISSING, id]
    for (const one of order) {
      const taken = await timed(async () => {
        const status = await ask(one)
        if (status !== 404) throw new Error(`${before}${after} answered ${status}`)
      })
      if (i >= 0) (one === id ? there : nowhere).push(taken)
    }
  }
  return {
    what: `${before}…${after}: another bydel’s against a missing one, medians of ${SAMPLES} apart`,
    value: Math.abs(median(there) - median(nowhere)),
    aim: 2,
  }
}
