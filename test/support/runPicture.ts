import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Visit } from './browser.ts'
import { type Compared, withComparison } from './comparisonTable.ts'
import { startWorking } from './queue.ts'

const MARGIN = 16
const README = join(import.meta.dirname, '../../README.md')

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
    const { summary } = (await answer.json()) as { summary: Compared }
    await writeFile(README, withComparison(await readFile(README, 'utf8'), summary))
  } finally {
    await queue.stop()
  }
}
