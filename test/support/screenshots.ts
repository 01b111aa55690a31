import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Visit, visit } from './browser.ts'
import { WHOLE_CITY } from './demoCity.ts'
import { pictureOfRun } from './runPicture.ts'

/** `npm run screenshots`: the pictures of the README, and its table of what a run over the demo city achieves. */
const PICTURES = join(import.meta.dirname, '../../docs/pictures')

await mkdir(PICTURES, { recursive: true })
await visiting({}, pictureOfComparison)
await visiting({ database: WHOLE_CITY }, (visited) => pictureOfRun(visited, PICTURES))

async function visiting(options: Parameters<typeof visit>[1], take: (visited: Visit) => Promise<void>): Promise<void> {
  const ending: (() => Promise<void>)[] = []
  try {
    await take(await visit({ teardown: (end) => ending.unshift(end), same() {} }, options))
  } finally {
    for (const end of ending) await end()
  }
}

/** One person's requirements beside the places that fit, of the small synthetic city. */
async function pictureOfComparison({ page, signIn, see, origin }: Visit): Promise<void> {
  await signIn('Boligkonsulent, Alna')
  await see('Min arbeidsdag')
  const needs = (await (await page.request.get(`${origin}/api/v1/needs?status=registered&limit=100`)).json()) as {
    items: { id: string }[]
  }
  const counts = await Promise.all(
    needs.items.map(async ({ id }) => {
      const answer = await page.request.get(`${origin}/api/v1/needs/${id}/matches`)
      return { id, total: ((await answer.json()) as { total: number }).total }
    }),
  )
  // a need with something to compare, and not so much that the picture is a list
  const shown = counts.filter(({ total }) => total >= 2).sort((a, b) => a.total - b.total)[0]
  if (shown === undefined) throw new Error('no need of the city has two places to compare')
  await page.goto(`${origin}/behov/${shown.id}`)
  await page.getByRole('region', { name: 'Sammenligning', exact: true }).waitFor()
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(PICTURES, 'sammenlign.png'), fullPage: true })
}
