import t from 'tap'
import { encodeCursor } from '../../src/http/cursor.ts'
import { type Client, testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'

const app = await testApp(t)
const given = fixturesOf(app)
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })

// names that differ in nothing but case and letters that sort in their own way, two of them equal, one as long as one may be
const names = [
  'Åsen',
  'Aasen',
  'åsen',
  'Zeppelin',
  'Ærlig',
  'Ødegård',
  'Øst',
  'Øst',
  'a',
  'B',
  '👩‍👧'.repeat(20),
  'ø'.repeat(200),
]
const facilities = await Promise.all(names.map((name) => given.facility({ name })))
const [facilityId = ''] = facilities
const places = await Promise.all(Array.from({ length: 23 }, () => given.place(facilityId)))
// written again, so that they lie in another order than they were made in
await app.owner.query('update place set max_household = 2 where id = any ($1)', [places.filter((_, i) => i % 3 === 0)])
const needs: string[] = []
for (let i = 0; i < 11; i += 1) {
  needs.push(await given.need(await given.resident(ALNA), i % 2 === 0 ? { status: 'draft', forms: [] } : {}))
}

/** Every page from the first to the last. */
async function walk(client: Client, path: string, limit: number): Promise<{ ids: string[]; pages: number[] }> {
  const ids: string[] = []
  const pages: number[] = []
  let cursor: string | null = null
  do {
    const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const answer = await client.get(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${next}`)
    if (answer.statusCode !== 200) throw new Error(answer.body)
    const page: { items: { id: string }[]; nextCursor: string | null } = answer.json()
    ids.push(...page.items.map(({ id }) => id))
    pages.push(page.items.length)
    cursor = page.nextCursor
  } while (cursor !== null)
  return { ids, pages }
}

t.test('every list is walked to its end without loss and without anything twice', async (t) => {
  for (const [path, all] of [
    ['/facilities', facilities],
    ['/places', places],
    [`/places?facilityId=${facilityId}&form=municipal&district=${ALNA}&vacantOn=2026-09-01`, places],
    ['/needs', needs],
    ['/needs?status=draft', needs.filter((_, i) => i % 2 === 0)],
  ] as const) {
    const whole = (await walk(manager, path, 100)).ids
    t.strictSame(whole.toSorted(), all.toSorted(), path)
    for (const limit of [1, 2, 5, all.length, all.length + 1]) {
      const { ids, pages } = await walk(manager, path, limit)
      t.strictSame(ids, whole, `${path}, ${limit} at a time, in the same order`)
      t.ok(
        pages.slice(0, -1).every((length) => length === limit) && (pages.at(-1) ?? 0) > 0,
        'no page is short or empty',
      )
    }
  }
})

t.test('what is added while one walks moves nothing', async (t) => {
  const first = (await manager.get('/places?limit=10')).json()
  const added = await given.place(facilityId)
  const rest = (await manager.get(`/places?limit=100&cursor=${first.nextCursor}`)).json()
  const ids = [...first.items, ...rest.items].map(({ id }: { id: string }) => id)
  t.strictSame(ids, [...places.toSorted(), added])
})

t.test('there is no «all»', async (t) => {
  for (const limit of ['0', '101', '-1', '1.5', 'all', '', '1e9']) {
    for (const path of ['/places', '/facilities', '/needs']) {
      t.equal((await manager.get(`${path}?limit=${limit}`)).statusCode, 400, `${path} ${limit}`)
    }
  }
  for (const limit of ['0', '51']) {
    t.equal((await manager.get(`/needs/${needs[1]}/matches?limit=${limit}`)).statusCode, 400, `matches ${limit}`)
    t.equal((await manager.post(`/match-previews?limit=${limit}`, { district: ALNA })).statusCode, 400)
  }
})

t.test('a cursor that is not ours is refused', async (t) => {
  const lone = Buffer.from('["\\ud800","\\ud800"]').toString('base64url')
  for (const cursor of [
    'x',
    'W10',
    '%00',
    encodeCursor([]),
    encodeCursor(['a', 'b', 'c']),
    encodeCursor(['\0', '\0']),
  ]) {
    for (const path of ['/places', '/facilities', '/needs']) {
      const answer = await manager.get(`${path}?cursor=${cursor}`)
      t.equal(answer.statusCode, 422, `${path} ${cursor}`)
      t.match(answer.json().errors, [{ pointer: '/querystring/cursor', code: 'invalid_cursor' }])
    }
  }
  for (const path of ['/places', '/needs']) {
    t.equal((await manager.get(`${path}?cursor=${encodeCursor(['1'])}`)).statusCode, 422, 'not an id')
  }
  t.ok((await manager.get(`/facilities?cursor=${lone}`)).statusCode < 500, 'nor does half a surrogate break anything')
})
