import type { LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import t, { type Test } from 'tap'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { buildApp } from '../../src/app.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { prepareQueue, startQueue } from '../../src/jobs/queue.ts'
import { type Client, testApp } from '../support/app.ts'
import { keepsHouses, keepsNeeds, keepsPeople, type Send, type Who } from '../support/canaryLife.ts'
import { keepsPlacing, keepsPlans, keepsPolicy, keepsPurchases } from '../support/canaryWork.ts'
import { everyText, exampleBody, type Filling, type Schema } from '../support/exampleBody.ts'
import { ALNA, fixturesOf, GRUNERLOKKA, personalNumber } from '../support/fixtures.ts'
import { listen, quoting } from '../support/leakTraps.ts'
import { chainsOf } from '../support/movingChain.ts'
import { runNode } from '../support/runNode.ts'

const NAME = 'Kanarifuglen'
const DIAGNOSIS = 'F200hemmelig'
const NUMBER = personalNumber()
const TEXT = `${NAME} ${NUMBER} ${DIAGNOSIS}`
const PROTECTED_NUMBER = personalNumber()
const SECRETS = [NAME, DIAGNOSIS, NUMBER, PROTECTED_NUMBER]
const MISSING = '019a0000-0000-7000-8000-000000000000'
/** They would end the sessions that the test asks with. */
const ENDING = ['endSession', 'endAllSessions']
/** What writes and is not lived through below, and why. */
const NOT_LIVED = ['startDemoSession'] // takes a name of a list, and no text

const lines: string[] = []
/** What was put in the queue: all that a job is told. */
const jobs: unknown[] = []
const tested = await testApp(t, {
  logLevel: 'trace',
  logStream: { write: (line) => lines.push(line) },
  queue: {
    async add(...job) {
      jobs.push(job)
    },
  },
})
const given = fixturesOf(tested)
const facilityId = await given.facility()
const placeId = await given.place(facilityId)
const person = await given.resident(ALNA)
const needId = await given.need(person)
const bydel = (role: string, district = ALNA) => tested.signedInAs({ role, districts: [district] })
const people: Record<Who, Client> = {
  officer: await bydel('housing_officer'),
  manager: await bydel('district_manager'),
  neighbour: await bydel('housing_officer', GRUNERLOKKA),
  intake: await tested.signedInAs({ role: 'intake_officer' }),
  planner: await tested.signedInAs({ role: 'planner' }),
  administrator: await tested.signedInAs({ role: 'administrator' }),
  staff: await tested.signedInAs({ role: 'facility_staff', facilities: [facilityId] }),
}
const clients = Object.values(people)
const filling: Filling = {
  text: TEXT,
  district: ALNA,
  ids: { residentId: person.residentId, needId, placeId, facilityId },
  otherId: MISSING,
}
const OF_PATH: Record<string, string> = {
  residents: person.residentId,
  needs: needId,
  places: placeId,
  facilities: facilityId,
}

interface Operation {
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  body: Schema | undefined
}

interface Described {
  operationId: string
  requestBody?: { content: Record<string, { schema: Schema }> }
}

await tested.app.ready()
const document = tested.app.swagger() as unknown as {
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema> }
}
const operations: Operation[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, { operationId, requestBody }]) => ({
    id: operationId,
    method: method.toUpperCase() as Operation['method'],
    path,
    body: requestBody?.content['application/json']?.schema,
  })),
)
const writing = operations.filter(({ method, id }) => method !== 'GET' && !ENDING.includes(id))
const bodyOf = ({ body }: Operation) =>
  body === undefined ? undefined : exampleBody(body, document.components.schemas, filling)

/** An address of the operation, with records that are there where there are any, or with `instead` for everything in it. */
function addressOf({ path }: Operation, instead?: string): string {
  return path.replaceAll(
    /([\w-]+)\/\{\w+\}/g,
    (_, kind: string) => `${kind}/${encodeURIComponent(instead ?? OF_PATH[kind] ?? MISSING)}`,
  )
}

const answers: LightMyRequestResponse[] = []
type Asked = { url?: string; payload?: unknown; type?: string; headers?: Record<string, string> }

/** Who may, by operation, once it is known. */
const able = new Map<string, Client>()

/** Asks as the first who may; whoever may not is answered too, and what she sent is looked for all the same. */
async function ask(app: typeof tested.app, operation: Operation, asked: Asked = {}): Promise<LightMyRequestResponse> {
  let answer: LightMyRequestResponse | undefined
  const known = able.get(operation.id)
  for (const client of known === undefined ? clients : [known]) {
    const { cookie } = client
    const { payload } = asked
    answer = await app.inject({
      method: operation.method,
      url: asked.url ?? addressOf(operation),
      headers: {
        cookie: `${SESSION_COOKIE}=${cookie}`,
        ...(payload === undefined ? {} : { 'content-type': asked.type ?? 'application/json' }),
        ...(operation.method === 'PATCH' || operation.method === 'PUT' ? { 'if-match': '"1"' } : {}),
        ...asked.headers,
      },
      ...(payload === undefined ? {} : { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
    })
    answers.push(answer)
    able.set(operation.id, client)
    if (answer.statusCode !== 403) break
  }
  if (answer === undefined) throw new Error('nobody asked')
  return answer
}

function isClean(t: Test, text: string, where: string) {
  for (const secret of SECRETS) {
    const at = text.indexOf(secret)
    t.equal(at, -1, `${where}: ${text.slice(Math.max(0, at - 200), at + 60)}`)
  }
}

const origin = await tested.app.listen({ port: 0, host: '127.0.0.1' })
const streams = await Promise.all(clients.map((client) => listen(origin, client)))

/** What the database tells everybody who listens. */
const notified: string[] = []
const listener = new pg.Client({ connectionString: tested.urls.ownerUrl })
await listener.connect()
listener.on('notification', ({ channel, payload }) => notified.push(`${channel} ${payload}`))
await listener.query('listen boligtrapp_change')
t.teardown(() => listener.end())

t.test('a life of everything that can be written, with it in every text', async (t) => {
  const lived = new Set<string>()
  const send: Send = async (id, who, path, body, version = 1) => {
    const { method } = operations.find((one) => one.id === id) ?? { method: 'GET' }
    const answer = await tested.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        cookie: `${SESSION_COOKIE}=${people[who].cookie}`,
        'if-match': `"${version}"`,
        'idempotency-key': `life-${answers.length}`,
        ...(body === undefined ? {} : { 'content-type': typeof body === 'string' ? 'text/csv' : 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: body }),
    })
    answers.push(answer)
    if (answer.statusCode >= 300) throw new Error(`${id}: ${answer.statusCode} ${answer.body}`)
    lived.add(id)
    return answer.body === '' ? { id: '', version: 0 } : answer.json()
  }
  const life = {
    send,
    owner: tested.owner,
    given,
    chains: chainsOf(tested, given),
    accounts: Object.fromEntries(Object.entries(people).map(([who, { accountId }]) => [who, accountId])) as Record<
      Who,
      string
    >,
    house: facilityId,
    text: TEXT,
    name: NAME,
    number: NUMBER,
    protectedNumber: PROTECTED_NUMBER,
  }
  for (const part of [keepsHouses, keepsPeople, keepsNeeds, keepsPlacing, keepsPurchases, keepsPlans, keepsPolicy]) {
    await t.resolves(part(life), part.name)
  }
  t.strictSame(
    writing.map(({ id }) => id).filter((id) => !lived.has(id) && !NOT_LIVED.includes(id)),
    [],
    'every route that writes took what it was sent',
  )
  const { rows } = await tested.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
       and (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I t where t::text like %L', c.relname, $1::text),
         false, true, '')))[1]::text <> '0' order by 1`,
    [`%${DIAGNOSIS}%`],
  )
  t.ok(rows.length >= 25, `it stands in ${rows.length} tables: ${rows.map(({ name }) => name)}`)
})

t.test('through every route that writes, in every wrong way', async (t) => {
  for (const operation of writing) {
    const body = bodyOf(operation)
    const answer = await ask(tested.app, operation, { payload: body, headers: { 'idempotency-key': operation.id } })
    t.ok(answer.statusCode < 500, `${operation.id}: ${answer.body}`)
    await ask(tested.app, operation, { payload: everyText(body ?? {}, TEXT) })
    await ask(tested.app, operation, { payload: { ...(body as object | undefined), unknown: TEXT, [NAME]: 1 } })
    await ask(tested.app, operation, { payload: `{"name":"${TEXT}"` })
    await ask(tested.app, operation, { payload: TEXT, type: 'text/plain' })
    await ask(tested.app, operation, { payload: body, headers: { 'idempotency-key': `${NAME} ${NUMBER}` } })
    await ask(tested.app, operation, { payload: body, headers: { 'if-match': TEXT } })
  }
})

t.test('through every address, where it does not belong', async () => {
  for (const operation of operations.filter(({ id }) => !ENDING.includes(id) && id !== 'followChanges')) {
    if (operation.path.includes('{')) await ask(tested.app, operation, { url: addressOf(operation, NUMBER) })
    await ask(tested.app, operation, { url: `${addressOf(operation)}?q=${encodeURIComponent(TEXT)}&district=${NAME}` })
  }
  await tested.app.inject(`/${NAME}/${NUMBER}?${DIAGNOSIS}`)
  await tested.app.inject(`/api/v1/${NAME}/%zz${NUMBER}`)
})

t.test('when the database breaks and quotes what it was given', async (t) => {
  const pool = openPool(tested.urls.appUrl)
  const app = await buildApp({ ...tested.deps, db: openDatabase(quoting(pool, TEXT)) })
  t.teardown(async () => {
    await app.close()
    await pool.end()
  })
  let broken = 0
  for (const operation of writing) {
    const answer = await ask(app, operation, { payload: bodyOf(operation) })
    if (answer.statusCode !== 500) continue
    broken += 1
    isClean(t, answer.body, operation.id)
    t.strictSame(Object.keys(answer.json()).toSorted(), ['code', 'detail', 'status', 'title', 'traceId', 'type'])
  }
  t.ok(broken > 25, `${broken} broke`)
  const failures = lines.filter((line) => line.includes('"request failed"'))
  t.ok(failures.length >= broken, 'and each is in the log')
})

t.test('it is nowhere that it should not be', async (t) => {
  t.ok(lines.length > 1_000, 'there is a log')
  isClean(t, lines.join(''), 'the log')
  const { body: metrics } = await tested.app.inject('/metrics')
  t.match(metrics, /route="\/api\/v1\/residents"/)
  isClean(t, metrics, 'the metrics')
  for (const { headers } of answers) isClean(t, JSON.stringify(headers), 'the head of an answer')
  t.strictSame(
    [...new Set(answers.map(({ headers }) => headers['cache-control']))],
    ['no-store'],
    'nothing is kept on the way',
  )
  const heard = (await Promise.all(streams.map((end) => end()))).join('')
  t.match(heard, /event: changed/)
  isClean(t, heard, 'what open pages are told')
  t.ok(notified.length > 100, `${notified.length} notices`)
  isClean(t, notified.join('\n'), 'what the database tells')
  t.equal(jobs.length >= 5, true, 'every kind of job was put in the queue')
  isClean(t, JSON.stringify(jobs), 'what jobs are told')
  const { rows } = await tested.owner.query<{ text: string }>(
    `select coalesce(string_agg(security_event::text, ' '), '') as text from security_event`,
  )
  t.match(rows[0]?.text, /denied/)
  isClean(t, rows[0]?.text ?? '', 'the security log')
})

t.test('when a job fails over what the database quotes', async (t) => {
  const connection = { url: tested.urls.jobUrl }
  await prepareQueue(tested.urls.ownerUrl, connection)
  const said: string[] = []
  let failed = () => {}
  const ended = new Promise<void>((resolve) => {
    failed = resolve
  })
  const queue = await startQueue(
    connection,
    (pool) => [
      {
        tasks: {
          spill: async () => {
            await pool.query('select $1::integer', [TEXT])
          },
        },
        sweeps: [],
        concurrency: 1,
        close: async () => {},
      },
    ],
    (line) => said.push(line),
    failed,
  )
  await queue.add('spill', { id: MISSING }, 'spill')
  await ended
  await queue.stop()
  const reader = openPool(tested.urls.jobUrl, { max: 1 })
  const { rows } = await reader.query<{ job: string; error: string | null }>(
    'select j::text as job, j.last_error as error from graphile_worker._private_jobs j',
  )
  await reader.end()
  t.match(rows[0]?.error, /the database said 22P02/, 'the code is kept')
  isClean(t, JSON.stringify(rows), 'what the queue keeps')
  t.ok(said.length > 0)
  isClean(t, said.join('\n'), 'what the worker says')
})

t.test('when the service crashes', async (t) => {
  const crash = `import { crashSilently } from './src/http/crash.ts'
    crashSilently()
    Promise.reject(Object.assign(new Error('${TEXT}'), { code: '23505', detail: '${TEXT}' }))
    setTimeout(() => {}, 5000)`
  const { code, stdout, stderr } = await runNode(['--input-type=module', '-e', crash])
  t.equal(code, 1)
  isClean(t, `${stdout}${stderr}`.replace(crash, ''), 'what it says')
  t.match(JSON.parse(stderr), { level: 60, err: { name: 'Error', code: '23505' } }, 'but where it was')
})
