import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, copyFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { newKey } from '../../src/access/keyring.ts'
import { readConfig } from '../../src/config.ts'
import { testDatabase } from '../support/database.ts'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../..')
/** Whoever owns nothing; only root may become somebody else. */
const NOBODY = 65_534
const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}

interface Stage {
  name: string
  image: string
  lines: { word: string; rest: string }[]
}

/** The stages of a Dockerfile, comments left out. */
function stagesOf(text: string): Stage[] {
  const stages: Stage[] = []
  for (const line of text.split('\n')) {
    const [, word, rest] = /^([A-Z]+) (.+)$/.exec(line) ?? []
    if (word === undefined || rest === undefined) continue
    const from = /^(\S+)(?: AS (\S+))?$/.exec(rest)
    if (word === 'FROM') stages.push({ image: from?.[1] ?? '', name: from?.[2] ?? 'image', lines: [] })
    else stages.at(-1)?.lines.push({ word, rest })
  }
  return stages
}

const stages = stagesOf(await readFile(join(ROOT, 'Dockerfile'), 'utf8'))
const stage = (name: string): Stage => {
  const found = stages.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no stage ${name}`)
  return found
}
const said = (name: string, word: string) =>
  stage(name).lines.flatMap((line) => (line.word === word ? [line.rest] : []))
/** The command in brackets at the end of a line. */
const commandIn = (rest = '') => JSON.parse(rest.slice(rest.indexOf('['))) as string[]

const folder = await mkdtemp(join(tmpdir(), 'boligtrapp-image-'))
await chmod(folder, 0o755)
t.teardown(() => rm(folder, { recursive: true, force: true }))
const bin = join(folder, 'bin')
await mkdir(bin)
// the checkout may be where nobody else may go
await copyFile(process.execPath, join(bin, 'node'))
const env = { PATH: `${bin}:${process.env.PATH}`, HOME: process.env.HOME ?? '/' }

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

t.test('the image is of the Node that the tests run on, and runs as nobody special', async (t) => {
  const { devDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  for (const { image } of stages) t.match(image, new RegExp(`^node:${devDependencies.node.replaceAll('.', '\\.')}-`))
  t.strictSame(said('image', 'USER'), ['node'])
  t.strictSame(
    said('build', 'RUN'),
    ['npm ci', 'node src/cli/buildWeb.ts'],
    'what installing and starting a checkout does',
  )
})

t.test('what the image is made of serves, in a bare folder and as nobody', async (t) => {
  // the stage of packages, by its own commands
  const packages = join(folder, 'packages')
  await mkdir(packages)
  for (const rest of said('packages', 'COPY')) {
    for (const file of rest.split(' ').slice(0, -1)) await copyFile(join(ROOT, file), join(packages, file))
  }
  for (const command of said('packages', 'RUN')) {
    await run('sh', ['-c', `${command} --prefer-offline --no-audit --no-fund`], { cwd: packages, env })
  }
  // the last stage copies from the others and from the checkout; the pages were built before the tests
  const app = join(folder, 'app')
  await mkdir(app)
  const from: Record<string, string> = { packages, build: ROOT }
  for (const rest of said('image', 'COPY')) {
    const [, name, source = '', target = ''] = /^(?:--from=(\w+) \/app\/)?(\S+) (\S+)$/.exec(rest) ?? []
    const to = target === './' ? basename(source) : target
    if (name === 'packages') {
      // nobody else needs them, and moving is faster
      await rename(join(packages, source), join(app, to))
      continue
    }
    await cp(join(name === undefined ? ROOT : (from[name] ?? ''), source), join(app, to), {
      recursive: true,
      verbatimSymlinks: true,
    })
  }
  t.strictSame((await readdir(app)).sort(), ['dist', 'migrations', 'node_modules', 'package.json', 'src'])
  const there = new Set(await readdir(join(app, 'node_modules')))
  for (const name of ['fastify', 'pg', 'openid-client']) t.ok(there.has(name), `${name} is there`)
  for (const name of ['react', 'vite', 'tap', 'oidc-provider', 'playwright-core']) t.notOk(there.has(name), name)

  const urls = await testDatabase(t)
  const port = await freePort()
  const settings = Object.fromEntries(
    said('image', 'ENV').flatMap((rest) => rest.split(' ').map((pair) => pair.split('='))),
  )
  const environment = {
    ...env,
    ...settings,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: urls.ownerUrl,
    APP_DATABASE_URL: urls.appUrl,
    JOB_DATABASE_URL: urls.jobUrl,
    IDENTITY_KEY: newKey('k1'),
    FINGERPRINT_KEY: newKey('f1'),
    LOG_LEVEL: 'silent',
  }
  const start = (command: string[]): ChildProcess =>
    // the runner has every Node that it starts write into the checkout, which nobody may
    spawn('env', ['-u', 'NODE_OPTIONS', join(bin, 'node'), ...command.slice(1)], {
      cwd: app,
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
      ...asNobody,
    })
  const healthy = async () => {
    const [code] = await once(start(commandIn(said('image', 'HEALTHCHECK')[0])), 'exit')
    return code === 0
  }
  t.notOk(await healthy(), 'not healthy before it has started')
  const server = start(commandIn(said('image', 'CMD')[0]))
  t.teardown(async () => {
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGKILL')
  })
  await new Promise<void>((resolve, reject) => {
    let text = ''
    server.stdout?.on('data', (part) => {
      text += part
      if (/is ready: /.test(text)) resolve()
    })
    server.once('exit', () => reject(new Error(`it did not start: ${text}`)))
  })
  t.ok(await healthy())
  if (asNobody.uid !== undefined) {
    t.match(await readFile(`/proc/${server.pid}/status`, 'utf8'), new RegExp(`^Uid:\\s+${NOBODY}\\s`, 'm'))
  }
  const at = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
  t.equal((await at('/readyz')).status, 200)
  t.match(await (await at('/')).text(), /<div id="app">/, 'with its pages')
  t.match(await (await at('/api/v1/session')).json(), { signedIn: false, demo: false })
  const ended = once(server, 'exit')
  server.kill('SIGTERM')
  t.strictSame(await ended, [0, null], 'and ends when it is told to')
  t.notOk((await readdir(app)).includes('.data'), 'nothing was written into the image')
})

t.test('the development profile is a configuration that holds, and everybody at its provider has a part', async (t) => {
  const compose = await readFile(join(ROOT, 'compose.yaml'), 'utf8')
  const environment = Object.fromEntries(
    [...compose.matchAll(/^ {6}([A-Z_]+): (?:>-\n((?: {8}.*\n)+)|(.+)\n)/gm)].map(([, name, folded, value]) => [
      name,
      (folded ?? value ?? '').replaceAll(/^'|'$/g, ''),
    ]),
  )
  const { HOST: _, ...given } = environment
  const config = readConfig({ ...given, IDENTITY_KEY: newKey('k1'), FINGERPRINT_KEY: newKey('f1') })
  t.match(config, { publicUrl: 'http://127.0.0.1:3000', demoDate: '2026-09-01' })
  const { PEOPLE } = await import('../support/identityPeople.ts')
  const groups = config.signIn?.groups.map(({ group }) => group) ?? []
  for (const [person, { groups: hers }] of Object.entries(PEOPLE)) {
    t.equal(
      hers.some((group) => groups.includes(group)),
      person !== 'nobody',
      person,
    )
  }
})
