import t from 'tap'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'
import { startWorking } from '../support/queue.ts'

const app = await testApp(t)
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const inAlna = (name: string) => given.resident(ALNA, { name })

const urgent = await given.need(await inAlna('Una Urgent'), { urgency_grounds: ['no_place_tonight'] })
const long = await given.need(await inAlna('Lars Lenge'), { situation_since: '2026-01-01' })
const lately = await given.need(await inAlna('Nina Nylig'), { situation_since: '2026-07-01', forms: ['vel_care'] })
const unknown = await given.need(await inAlna('Ukjent Siden'))
await given.need(await inAlna('Kari Kladd'), { status: 'draft' }) // ignored: not registered
await given.need(await given.resident(GRUNERLOKKA, { name: 'Naboen' }), { urgency_grounds: ['violence'] }) // ignored: next door
const hidden = await given.resident(ALNA, { name: 'Skjult', address_protection: 'strictly_confidential' })
await given.need(hidden, { urgency_grounds: ['violence'] }) // ignored: protected, and the reader is not in her circle

type Entry = { needId: string; position: number; reason: string; lastRun: unknown }
const queue = async (query = '') => (await officer.get(`/waiting-lists${query}`)).json()
const idsOf = ({ items }: { items: Entry[] }) => items.map(({ needId }) => needId)

t.test('the queue of one’s own district in its order, each with its reason', async (t) => {
  const list = await queue()
  t.strictSame(idsOf(list), [urgent, long, lately, unknown])
  t.match(list, {
    asOf: '2026-09-01',
    notice: /valg byen har gjort/,
    targetNotice: /antakelse/,
    daysCap: { inSituation: 730, sinceRegistration: 730 },
  })
  t.match(list.items, [
    { position: 1, residentName: 'Una Urgent', urgencyClass: 1, daysInSituation: null, aheadByClass: [] },
    { position: 2, urgencyClass: 5, daysInSituation: 243, reason: /^Først i hasteklasse 5/ },
    { position: 3, daysInSituation: 62, reason: /men 181 dager kortere i situasjonen/ },
    {
      position: 4,
      daysInSituation: null,
      reason: /vi vet ikke hvor lenge/,
      aheadByClass: [
        { urgencyClass: 1, people: 1 },
        { urgencyClass: 5, people: 2 },
      ],
    },
  ])
  t.notMatch(JSON.stringify(list), /Naboen|Skjult|Kladd/)
  for (const { reason } of list.items) t.notMatch(reason, /Una|Lars|Nina|Ukjent/, 'nobody is named in another’s reason')
})

t.test('narrowed to a form, positions are those of the narrower queue', async (t) => {
  const list = await queue('?form=vel_care')
  t.strictSame(idsOf(list), [lately])
  t.match(list.items, [{ position: 1, reason: /^Først/ }])
  t.strictSame(idsOf(await queue(`?district=${GRUNERLOKKA}`)), [], 'another district is empty, not refused')
  t.equal((await officer.get('/waiting-lists?form=slott')).statusCode, 400)
})

t.test('what the newest run said stands beside each', async (t) => {
  t.ok(
    (await queue()).items.every(({ lastRun }: Entry) => lastRun === null),
    'no run yet',
  )
  const house = await given.facility()
  // one for each of class 1, whom the run sees and this reader only in part
  for (let places = 0; places < 3; places += 1) await given.place(house)
  const working = await startWorking(app)
  try {
    const planner = await app.signedInAs({ role: 'planner' })
    const run = (await planner.post('/matching-runs')).json<{ id: string }>()
    let items: Entry[] = []
    for (let tries = 0; tries < 300 && (items[0]?.lastRun ?? null) === null; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      items = (await queue()).items
    }
    t.match(items, [
      { needId: urgent, lastRun: { runId: run.id, outcome: 'proposed' } },
      { needId: long, lastRun: { outcome: 'unmet', sentence: /./ } },
      { needId: lately, lastRun: { outcome: 'unmet', sentence: /./ } },
      { needId: unknown, lastRun: { outcome: 'unmet', sentence: /./ } },
    ])
  } finally {
    await working.stop()
  }
})
