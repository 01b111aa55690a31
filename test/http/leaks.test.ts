import type { LightMyRequestResponse } from 'fastify'
import type pg from 'pg'
import t, { type Test } from 'tap'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { buildApp } from '../../src/app.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { type Client, testApp } from '../support/app.ts'
import { everyText, exampleBody, type Filling, type Schema } from '../support/exampleBody.ts'
import { ALNA, fixturesOf, personalNumber } from '../support/fixtures.ts'
import { runNode } from '../support/runNode.ts'

const NAME = 'Kanarifuglen'
const DIAGNOSIS = 'F200hemmelig'
const NUMBER = personalNumber()
const TEXT = `${NAME} ${NUMBER} ${DIAGNOSIS}`
const SECRETS = [NAME, DIAGNOSIS, NUMBER]
const MISSING = '019a0000-0000-7000-8000-000000000000'
/** They would end the sessions that the test asks with. */
const ENDING = ['endSession', 'endAllSessions']

const lines: string[] = []
const tested = await testApp(t, { logLevel: 'trace', logStream: { write: (line) => lines.push(line) } })
const given = fixturesOf(tested)
const facilityId = await given.facility()
const placeId = await given.place(facilityId)
const person = await given.resident(ALNA)
const needId = await given.need(person)
const clients = await Promise.all(
  ['housing_officer', 'district_manager', 'intake_officer', 'planner', 'administrator', 'facility_staff'].map((role) =>
    tested.signedInAs({
      role,
      ...(role === 'housing_officer' || role === 'district_manager' ? { districts: [ALNA] } : {}),
      ...(role === 'facility_staff' ? { facilities: [facilityId] } : {}),
    }),
  ),
)
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

/** What is told to open pages, from now on. */
async function listen(origin: string, { cookie }: Client) {
  const ending = new AbortController()
  const stream = await fetch(`${origin}/api/v1/events`, {
    headers: { cookie: `${SESSION_COOKIE}=${cookie}` },
    signal: ending.signal,
  })
  let text = ''
  const heard = (async () => {
    for await (const part of stream.body!.pipeThrough(new TextDecoderStream())) text += part
  })().catch(() => {})
  return async () => {
    ending.abort()
    await heard
    return text
  }
}

function isClean(t: Test, text: string, where: string) {
  for (const secret of SECRETS) {
    const at = text.indexOf(secret)
    t.equal(at, -1, `${where}: ${text.slice(Math.max(0, at - 200), at + 60)}`)
  }
}

const origin = await tested.app.listen({ port: 0, host: '127.0.0.1' })
const streams = await Promise.all(clients.map((client) => listen(origin, client)))

t.test('through every route that writes', async (t) => {
  let kept = 0
  for (const operation of writing) {
    const body = bodyOf(operation)
    const answer = await ask(tested.app, operation, { payload: body, headers: { 'idempotency-key': operation.id } })
    if (answer.statusCode < 300) kept += 1
    t.ok(answer.statusCode < 500, `${operation.id}: ${answer.body}`)
    await ask(tested.app, operation, { payload: everyText(body ?? {}, TEXT) })
    await ask(tested.app, operation, { payload: { ...(body as object | undefined), unknown: TEXT, [NAME]: 1 } })
    await ask(tested.app, operation, { payload: `{"name":"${TEXT}"` })
    await ask(tested.app, operation, { payload: TEXT, type: 'text/plain' })
    await ask(tested.app, operation, { payload: body, headers: { 'idempotency-key': `${NAME} ${NUMBER}` } })
    await ask(tested.app, operation, { payload: body, headers: { 'if-match': TEXT } })
  }
  t.ok(kept > 3, `${kept} of them were kept`)
  const { rows } = await tested.owner.query<{ kept: boolean }>(
    'select exists (select from change_log where after::text like $1) as kept',
    [`%${DIAGNOSIS}%`],
  )
  t.equal(rows[0]?.kept, true, 'and what was sent stands in the database')
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
  const app = await buildApp({ ...tested.deps, db: openDatabase(quoting(pool)) })
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

/** A pool that knows who is signed in, and fails at whatever is asked next, with an error that quotes it. */
function quoting(pool: pg.Pool): pg.Pool {
  pool.on('connect', (client) => {
    const { query } = client
    client.query = ((...asked: unknown[]) => {
      const [text] = asked
      if (typeof text === 'string' && !/^(begin|start|set|commit|rollback)\b|"session"|set_config/i.test(text)) {
        const error = new Error(`cannot keep ${JSON.stringify(asked)} ${TEXT}`)
        return Promise.reject(Object.assign(error, { code: 'XX000', detail: TEXT, hint: TEXT, where: TEXT }))
      }
      return (query as (...asked: unknown[]) => unknown).apply(client, asked)
    }) as typeof query
  })
  return pool
}

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
  const { rows } = await tested.owner.query<{ text: string }>(
    `select coalesce(string_agg(security_event::text, ' '), '') as text from security_event`,
  )
  t.match(rows[0]?.text, /denied/)
  isClean(t, rows[0]?.text ?? '', 'the security log')
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
