import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, constants, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'
import { type Browser, chromium } from 'playwright-core'

type Environment = Record<string, string | undefined>

/** A browser and what its process needs in the environment. */
interface Found {
  path: string
  env: Record<string, string>
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * The tests run as root in CI, where Chromium's own sandbox refuses to start; every page they open is ours, on
 * loopback. The other flags keep the browser from looking for the maker's hosts, which a closed network refuses.
 */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const run = promisify(execFile)

async function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  )
}

async function onPath(env: Environment): Promise<string | undefined> {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const name of NAMES) {
    for (const folder of folders) {
      if (await may(join(folder, name), constants.X_OK)) return join(folder, name)
    }
  }
  return undefined
}

/** The machine's fonts where it has any, and always the shipped ones: without a font a page has no text at all. */
function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`
}

/**
 * Unpacks the Chromium that @sparticuz/chromium ships, with its libraries and fonts, beside the package and returns
 * the folder. The package's own `executablePath()` writes to a fixed name in the temporary folder as it goes, so two
 * test files that start together would run half a browser; here the last step is one rename.
 */
async function unpack(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  const root = dirname(dirname(dirname(entry)))
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const cache = join(dirname(dirname(root)), '.cache')
  const folder = join(cache, `chromium-${version}`)
  if (await may(join(folder, 'chromium'), constants.X_OK)) return folder

  await mkdir(cache, { recursive: true })
  const unfinished = await mkdtemp(join(cache, 'chromium-'))
  try {
    const inflate = (name: string, file: string, mode = 0o644) =>
      pipeline(
        createReadStream(join(root, 'bin', `${name}.br`)),
        createBrotliDecompress({ chunkSize: 1 << 20 }),
        createWriteStream(file, { mode }),
      )
    for (const name of ['al2023.tar', 'fonts.tar']) {
      const archive = join(unfinished, name)
      await inflate(name, archive)
      await run('tar', ['-xf', archive, '-C', unfinished])
      await rm(archive)
    }
    await writeFile(join(unfinished, 'fonts.conf'), fontsConf(folder))
    await inflate('chromium', join(unfinished, 'chromium'), 0o755)
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    if (!(await may(join(folder, 'chromium'), constants.X_OK))) throw error
  }
  return folder
}

async function shipped(): Promise<Found> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('none is shipped for this machine')
  const folder = await unpack()
  return {
    path: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  }
}

async function find(env: Environment, ours: () => Promise<Found>): Promise<Found> {
  const wanted = env.CHROMIUM_PATH ?? ''
  if (wanted !== '') {
    if (await may(wanted, constants.X_OK)) return { path: wanted, env: {} }
    throw new Error(`CHROMIUM_PATH is ${wanted}, which is not a program that can be run.`)
  }
  try {
    return await ours()
  } catch (cause) {
    const installed = await onPath(env)
    if (installed !== undefined) return { path: installed, env: {} }
    throw new Error(
      'No Chromium was found: set CHROMIUM_PATH, install Debian’s package chromium, or run npm ci with the ' +
        'development packages, one of which ships it.',
      { cause },
    )
  }
}

/**
 * The Chromium that the tests run: `CHROMIUM_PATH`, else the one that @sparticuz/chromium ships (Linux x64; unpacked once
 * under node_modules/.cache), else the first on the path. The shipped one has no window to open: it starts in a third of the
 * time that a desktop's takes.
 * @param ours finds the one that is shipped
 * @throws {Error} when there is none: without a browser the tests fail, they are never passed over.
 */
export async function chromiumPath(env: Environment = process.env, ours = shipped): Promise<string> {
  return (await find(env, ours)).path
}

/** Starts a headless browser with an empty profile; the caller closes it. Fails as `chromiumPath` does. */
export async function launchBrowser(env: Environment = process.env): Promise<Browser> {
  const found = await find(env, shipped)
  const inherited = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return chromium.launch({
    executablePath: found.path,
    args: FLAGS,
    env: { ...Object.fromEntries(inherited), ...found.env },
  })
}
