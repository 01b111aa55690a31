import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { visit } from './browser.ts'

/** `npm run screenshots`: the pictures of the README, of the small synthetic city. */
const PICTURES = join(import.meta.dirname, '../../docs/pictures')

const ending: (() => Promise<void>)[] = []
const { page, signIn, see, origin } = await visit({
  teardown: (end) => ending.unshift(end),
  same() {},
})
try {
  await mkdir(PICTURES, { recursive: true })
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
} finally {
  for (const end of ending) await end()
}
