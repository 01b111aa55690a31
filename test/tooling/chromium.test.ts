import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { chromiumPath, launchBrowser } from '../support/chromium.ts'

t.test('a browser that is asked for is the one that is used, or it is an error', async (t) => {
  t.equal(await chromiumPath({ CHROMIUM_PATH: process.execPath, PATH: process.env.PATH }), process.execPath)
  await t.rejects(
    chromiumPath({ CHROMIUM_PATH: '/nowhere/chromium', PATH: process.env.PATH }),
    /CHROMIUM_PATH is \/nowhere\/chromium/,
  )
})

t.test('where none is shipped the path is searched in the order of the names', async (t) => {
  const none = () => Promise.reject(new Error('none is shipped for this machine'))
  const folder = t.testdir()
  const [first, second] = [join(folder, 'first'), join(folder, 'second')]
  for (const [place, name] of [
    [first, 'google-chrome'],
    [second, 'chromium'],
  ] as const) {
    await mkdir(place)
    await writeFile(join(place, name), '#!/bin/sh\n', { mode: 0o755 })
  }
  await writeFile(join(first, 'chromium'), 'not a program', { mode: 0o644 })
  const PATH = `${first}:${second}`
  t.equal(await chromiumPath({ PATH }, none), join(second, 'chromium'), 'the file that cannot be run does not count')
  await rm(join(second, 'chromium'))
  t.equal(await chromiumPath({ PATH }, none), join(first, 'google-chrome'))
  await t.rejects(chromiumPath({ PATH: '' }, none), /No Chromium was found/)
})

t.test('the shipped browser starts on a machine without one, also twice at once', async (t) => {
  const bare = { HOME: t.testdir(), PATH: '' }
  const browsers = await Promise.all([launchBrowser(bare), launchBrowser(bare)])
  for (const browser of browsers) {
    const page = await browser.newPage()
    await page.setContent('<b>Blåbærgrøt på Ærø</b>')
    const box = await page.locator('b').boundingBox()
    t.ok(box && box.width > 50 && box.height > 5, 'the text has a size, so there is a font')
    await browser.close()
  }
})

t.test('the browser of this machine starts', async (t) => {
  const browser = await launchBrowser()
  t.match(browser.version(), /^\d+\./)
  await browser.close()
})
