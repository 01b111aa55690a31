import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { type EmbeddedServer, startEmbedded } from '../../src/db/embedded.ts'
import { findPackage, serverBinaries, serverUser } from '../../src/db/serverBinaries.ts'
import { query } from '../support/query.ts'

/** A folder behind one that no other user may pass, as a checkout below /root is. */
const closed = mkdtempSync(join(tmpdir(), 'bt-embedded-'))
chmodSync(closed, 0o700)
t.teardown(() => rmSync(closed, { recursive: true, force: true }))

function isRunning(pid: number): boolean {
  try {
    // A killed server whose parent has not reaped it is still listed, as a zombie.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

async function until(what: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (what()) return true
    await sleep(25)
  }
  return false
}

/** A process of its own that starts the server and then waits to be killed. */
async function startElsewhere(dataDir: string): Promise<{ child: ChildProcess; serverPid: number; guardPid: number }> {
  const source = `
    import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, '../../src/db/embedded.ts'))}
    const server = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, durable: false })
    console.log(server.pid)
    setInterval(() => {}, 1_000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ').map(Number)
  const guardPid = children.find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'sh') ?? 0
  return { child, serverPid: Number(line.toString()), guardPid }
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

t.test('a first start, in a closed folder', async (t) => {
  const dataDir = join(closed, 'first')
  const server = await startEmbedded({ dataDir, durable: false })
  t.teardown(() => server.stop())

  t.test('has three logins, none of which passes by row security', async (t) => {
    const rows = await query(
      server.ownerUrl,
      `select rolname as name, rolsuper as super, rolbypassrls as bypass, rolcreaterole as "createRole", rolcreatedb as "createDb"
       from pg_roles where rolname ~ '^boligtrapp_' order by 1`,
    )
    const plain = { super: false, bypass: false, createRole: false, createDb: false }
    t.same(rows, [
      { name: 'boligtrapp_app', ...plain },
      { name: 'boligtrapp_job', ...plain },
      { name: 'boligtrapp_owner', ...plain, createRole: true, createDb: true },
    ])
    for (const [url, name] of [
      [server.ownerUrl, 'boligtrapp_owner'],
      [server.appUrl, 'boligtrapp_app'],
      [server.jobUrl, 'boligtrapp_job'],
    ] as const) {
      t.same(await query(url, 'select current_user::text as name, current_database()::text as database'), [
        { name, database: 'boligtrapp' },
      ])
    }
  })

  t.test('lets the owner, and not the application, make the extensions and tables', async (t) => {
    for (const name of ['btree_gist', 'pgcrypto', 'pg_trgm']) await query(server.ownerUrl, `create extension ${name}`)
    await query(server.ownerUrl, 'create table kept (n integer check (n > 0))')
    await t.rejects(query(server.appUrl, 'create table mine (n integer)'), { code: '42501' })
    await t.rejects(query(server.appUrl, 'select * from kept'), { code: '42501' })
  })

  t.test('knows Norwegian letters and keeps its clock in UTC', async (t) => {
    const rows = await query(
      server.ownerUrl,
      `select current_setting('TimeZone') as zone, current_setting('server_encoding') as encoding, upper('blåbærøl') as upper,
         similarity('øå', 'øå') as same`,
    )
    t.match(rows[0], { zone: 'UTC', encoding: 'UTF8', upper: 'BLÅBÆRØL', same: 1 })
  })

  t.test('listens on this machine only, and asks for a password', async (t) => {
    t.same(await query(server.ownerUrl, "select current_setting('listen_addresses') as a"), [{ a: '127.0.0.1' }])
    const wrong = Object.assign(new URL(server.appUrl), { password: 'wrong' }).href
    await t.rejects(query(wrong, 'select 1'), { code: '28P01' })
  })

  t.test('writes neither statements nor rows to its log', async (t) => {
    await t.rejects(query(server.ownerUrl, 'insert into kept values (-4242)'), { code: '23514' })
    const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8')
    t.match(log, /violates check constraint/)
    t.notMatch(log, /4242/)
  })

  t.test('keeps its secrets from other users', async (t) => {
    for (const name of ['postgres-passwords.json', 'postgres.log']) {
      t.equal(statSync(join(dataDir, name)).mode & 0o777, 0o600, name)
    }
    t.notOk(readdirSync(dataDir).includes('postgres-password.new'))
  })

  t.test('refuses a second start, and names who runs it', async (t) => {
    const second = startEmbedded({ dataDir, durable: false })
    await t.rejects(second, { message: new RegExp(`pid ${server.pid}\\).*started by process ${process.pid}\\b`) })
    t.same(await query(server.appUrl, 'select 1 as one'), [{ one: 1 }], 'the first is unharmed')
  })
})

t.test('a restart keeps data and passwords', async (t) => {
  const dataDir = join(closed, 'restart')
  const first = await startEmbedded({ dataDir, durable: false })
  await query(first.ownerUrl, 'create table kept as select 17 as n')
  await first.stop()
  t.notOk(isRunning(first.pid), 'reaped')
  const copy = join(closed, 'copy')
  execFileSync('cp', ['-a', dataDir, copy])
  const second = await startEmbedded({ dataDir })
  t.teardown(() => second.stop())
  t.same(await query(second.ownerUrl, 'select n from kept'), [{ n: 17 }])
  t.equal(new URL(second.appUrl).password, new URL(first.appUrl).password)

  await query(second.ownerUrl, 'drop table kept')
  const restored = await startEmbedded({ dataDir: copy, durable: false })
  t.teardown(() => restored.stop())
  t.same(await query(restored.ownerUrl, 'select n from kept'), [{ n: 17 }], 'a copy of the folder is a backup')
  t.equal(new URL(restored.appUrl).password, new URL(first.appUrl).password)
})

t.test('two starts at once: one wins, the other says so', async (t) => {
  const dataDir = join(closed, 'race')
  const starts = await Promise.allSettled([1, 2, 3].map(() => startEmbedded({ dataDir, durable: false })))
  const won = starts.filter((start): start is PromiseFulfilledResult<EmbeddedServer> => start.status === 'fulfilled')
  t.teardown(() => Promise.all(won.map(({ value }) => value.stop())))
  t.equal(won.length, 1)
  for (const start of starts) if (start.status === 'rejected') t.match(start.reason.message, /already runs in/)
})

t.test('a port that is taken is named', async (t) => {
  const other = createServer().listen(0, '127.0.0.1')
  t.teardown(() => other.close())
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  await t.rejects(startEmbedded({ dataDir: join(closed, 'port'), port, durable: false }), {
    message: new RegExp(`port ${port} .*taken`),
  })
})

t.test('after a kill -9', { skip: process.platform !== 'linux' ? 'reads /proc' : false }, async (t) => {
  const dataDir = join(closed, 'killed')
  const cluster = join(dataDir, 'postgres')

  t.test('the server ends with the process that started it', async (t) => {
    const { child, serverPid } = await startElsewhere(dataDir)
    await t.rejects(startEmbedded({ dataDir }), { message: new RegExp(`pid ${serverPid}\\).*process ${child.pid}\\b`) })
    await kill(child)
    t.ok(await until(() => !isRunning(serverPid)))
  })

  t.test('a server that is still there is stopped and started anew', async (t) => {
    const { child, serverPid, guardPid } = await startElsewhere(dataDir)
    t.ok(guardPid > 0)
    process.kill(guardPid, 'SIGKILL')
    await kill(child)
    t.ok(isRunning(serverPid), 'left over')
    const lines: string[] = []
    const server = await startEmbedded({ dataDir, durable: false, log: (line) => lines.push(line) })
    t.notOk(isRunning(serverPid))
    t.match(lines.join('\n'), new RegExp(`Stopping .*pid ${serverPid}`))
    await server.stop()
  })

  t.test('a postmaster.pid whose number belongs to another program does not hinder', async (t) => {
    const { child, serverPid, guardPid } = await startElsewhere(dataDir)
    process.kill(guardPid, 'SIGKILL')
    process.kill(serverPid, 'SIGKILL')
    await kill(child)
    // PostgreSQL itself believes the number when the process is its own user's.
    const { uid, gid } = statSync(cluster)
    const stranger = spawn('sleep', ['60'], {
      cwd: '/',
      stdio: 'ignore',
      ...(process.getuid?.() === 0 ? { uid, gid } : {}),
    })
    t.teardown(() => stranger.kill('SIGKILL'))
    const file = join(cluster, 'postmaster.pid')
    writeFileSync(file, readFileSync(file, 'utf8').replace(String(serverPid), String(stranger.pid)))
    const server = await startEmbedded({ dataDir, durable: false })
    t.same(await query(server.appUrl, 'select 1 as one'), [{ one: 1 }])
    t.ok(isRunning(stranger.pid ?? 0), 'and is left alone')
    await server.stop()
  })
})

t.test('refuses what it cannot read, and says why', async (t) => {
  const dataDir = join(closed, 'refused')
  await (await startEmbedded({ dataDir, durable: false })).stop()
  const passwords = join(dataDir, 'postgres-passwords.json')
  const text = readFileSync(passwords, 'utf8')
  rmSync(passwords)
  await t.rejects(startEmbedded({ dataDir }), { message: /postgres-passwords\.json is gone/ })
  writeFileSync(passwords, text)
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '17\n')
  await t.rejects(startEmbedded({ dataDir }), { message: /made by PostgreSQL 17/ })
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '18\n')
  const server = await startEmbedded({ dataDir, durable: false })
  t.ok(server.pid, 'a refusal leaves no lock')
  await server.stop()
})

t.test('runs a copy of programs that lie out of reach or lack their links, and makes it once', async (t) => {
  const native = join(closed, 'checkout', 'native')
  cpSync(findPackage().native, native, { recursive: true, verbatimSymlinks: true })
  for (const name of readdirSync(join(native, 'lib'))) {
    if (lstatSync(join(native, 'lib', name)).isSymbolicLink()) rmSync(join(native, 'lib', name))
  }
  const found = { native, version: `test-${process.pid}` }
  const lines: string[] = []
  const user = serverUser()
  const first = serverBinaries(user, (line) => lines.push(line), found)
  const copy = dirname(dirname(first.postgres))
  t.teardown(() => rmSync(dirname(copy), { recursive: true, force: true }))
  t.notOk(copy.startsWith(closed))
  t.match(lines, [new RegExp(copy)])
  const marker = join(copy, 'marker')
  writeFileSync(marker, '')
  serverBinaries(user, () => {}, found)
  t.ok(existsSync(marker), 'reused')
  rmSync(join(copy, 'share', 'postgresql', 'extension', 'btree_gist.control'))
  serverBinaries(user, () => {}, found)
  t.notOk(existsSync(marker), 'made anew when something is missing')
  t.ok(statSync(join(copy, 'share', 'postgresql', 'extension', 'btree_gist.control')).isFile())
  mkdirSync(join(closed, 'nothing'))
  t.throws(() => serverBinaries(user, () => {}, { native: join(closed, 'nothing'), version: `none-${process.pid}` }), {
    message: /cannot be run/,
  })
})
