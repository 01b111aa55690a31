import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type Axe from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { type TestApp, testApp } from './app.ts'
import { launchBrowser } from './chromium.ts'
import { keyring, SMALL_CITY } from './demoCity.ts'
import { keptToTheLast } from './toTheLast.ts'

const WEB = join(import.meta.dirname, '../../dist/web')
/** How long a page may take to show what it should, in milliseconds: a busy machine with two cores. */
const PATIENCE = 60_000
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']
const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

interface Test {
  teardown(end: () => Promise<void>): unknown
  same(found: unknown, wanted: unknown, message: string): unknown
}

export interface Visit extends TestApp {
  page: Page
  context: BrowserContext
  origin: string
  /** Everything that a browser complained of: errors of the page and the console, refused policies, requests elsewhere. */
  complaints: string[]
  /** Goes to a page and waits for its heading. */
  see(heading: string): Promise<void>
  /** Follows an entry of the main menu, and opens the group that it stands in first. */
  openPage(entry: string): Promise<void>
  /** Signs in as one of the demo's people, by her role and district as the sign-in page writes them. */
  signIn(person: string): Promise<void>
  /** Signs out, and waits until it has happened: who goes on at once may cut the request off. */
  signOut(): Promise<void>
  /** Runs axe on what stands on the screen, or in another window; any violation fails the test. */
  accessible(what: string, window?: Page): Promise<void>
  /** At 400 % zoom, where 320 px are left (WCAG 1.4.10), nothing but what has its own bar scrolls sideways. */
  narrow(what: string, window?: Page): Promise<void>
}

let shared: Browser | undefined

/** A browser with nothing open, which the files that run together share; what is opened in it is closed with the test. */
async function browserFor(test: Test): Promise<Browser> {
  const browser = shared ?? (await launchBrowser())
  if (shared === undefined && keptToTheLast(() => browser.close())) shared = browser
  test.teardown(async () => {
    if (shared === undefined) await browser.close()
    else for (const context of shared.contexts()) await context.close()
  })
  return browser
}

/** The real application with its pages and the small synthetic city, and a browser in front of it. */
export async function visit(test: Test, options: Parameters<typeof testApp>[1] = {}): Promise<Visit> {
  const served = await testApp(test, {
    webDir: WEB,
    keyring,
    database: SMALL_CITY,
    ...options,
  })
  const origin = await served.app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await browserFor(test)
  const context = await browser.newContext({
    locale: 'nb-NO',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    // Chromium writes a line of its own for each 4xx and 5xx, which the pages expect and show
    const own = message.text().startsWith('Failed to load resource: the server responded with a status of')
    if (message.type() === 'error' && !own) complaints.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
      complaints.push(`elsewhere: ${request.url()}`)
  })
  return {
    ...served,
    page,
    context,
    origin,
    complaints,
    async see(heading) {
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    },
    async openPage(entry) {
      const menu = page.getByRole('navigation', { name: 'Hovedmeny' })
      const link = page.getByRole('link', { name: entry, exact: true, includeHidden: true })
      const item = menu.locator('.menu__item', { has: link })
      const button = item.getByRole('button')
      if (await button.count()) await button.click()
      await item.getByRole('link', { name: entry, exact: true }).click()
    },
    async signIn(person) {
      await page.goto(`${origin}/logg-inn`)
      await page.getByRole('listitem').filter({ hasText: person }).getByRole('button').click()
      await page.getByRole('button', { name: 'Logg ut' }).waitFor()
      // the page that follows takes focus, and would close a menu that is opened before it
      await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Logg inn' }).waitFor()
    },
    async signOut() {
      await page.getByRole('button', { name: 'Logg ut' }).click()
      await page.getByRole('heading', { level: 1, name: 'Logg inn' }).waitFor()
    },
    async accessible(what, window = page) {
      // our pages have no frames, so axe is read once for each document and runs there; told nothing of what passes, it takes a
      // third of the time and finds the same
      if (window.frames().length !== 1) throw new Error(`${what} has frames, which axe would not see`)
      if (!(await window.evaluate(() => 'axe' in globalThis))) await window.evaluate(AXE)
      const found = await window.evaluate(async (tags) => {
        const { axe } = globalThis as unknown as { axe: typeof Axe }
        const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
      }, TAGS)
      test.same(found, [], `axe finds nothing on ${what}`)
    },
    async narrow(what, window = page) {
      await window.setViewportSize({ width: 320, height: 640 })
      // Aksel fits a text area to its width a moment after the window has changed, on a busy machine a long one
      await window
        .waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
        .catch(() => undefined)
      const wide = await window.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        if (scrollWidth <= clientWidth) return []
        const beyond = [...document.querySelectorAll('body *')]
          .filter((element) => element.getBoundingClientRect().right > clientWidth)
          .map((element) => `${element.tagName} ${element.className}: ${element.textContent.slice(0, 40)}`)
        // text may spill out of an element that itself ends on the screen
        return [`${scrollWidth} px are needed`, ...beyond]
      })
      test.same(wide, [], `at 400 % zoom nothing but a table scrolls sideways: ${what}`)
      await window.setViewportSize({ width: 1280, height: 900 })
    },
  }
}
