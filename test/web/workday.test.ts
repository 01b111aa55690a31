import t from 'tap'
import type { NeedRow, Offer, Stay, Task } from '../../src/web/api/types.ts'
import type { WaitingListEntry } from '../../src/web/api/waitingList.ts'
import { isWorkKind } from '../../src/web/pages/workday/workKinds.ts'
import { dueInWords, type WorkFacts, workRows } from '../../src/web/pages/workday/workRows.ts'

const today = '2026-09-01'
const place = {
  id: 'p',
  label: 'H1',
  form: 'municipal' as const,
  facilityId: 'f',
  facilityName: 'Haugen',
  districtCode: '030112',
}

// only what the rows are made of; the rest of a record is not read
const task = (id: string, dueOn: string, about: Partial<Task> = {}) =>
  ({
    id,
    dueOn,
    kindName: 'Svarfristen nærmer seg',
    reason: 'Fordi.',
    residentName: 'A',
    needId: 'n',
    offerId: null,
    stayId: null,
    ...about,
  }) as Task
const offer = (id: string, answerBy: string, state: Offer['state'] = 'sent') =>
  ({ id, answerBy, state, place, needId: `need of ${id}`, residentName: 'B' }) as Offer
const waits = (needId: string, urgencyClass: number, proposed = false) =>
  ({
    needId,
    urgencyClass,
    urgencyName: 'Andre',
    grounds: ['Utskrivningsklar'],
    daysInSituation: 12,
    residentName: 'C',
    position: 4,
    lastRun: proposed ? { runId: 'r', outcome: 'proposed', sentence: null } : null,
  }) as WaitingListEntry
const need = (id: string, status: NeedRow['status'], stopping: NeedRow['stopping']) =>
  ({ id, status, stopping, residentName: 'D' }) as NeedRow
const stay = (id: string, expectedUntil: string): Stay => ({
  id,
  version: 1,
  state: 'overdue',
  stateName: 'Over tiden',
  householdId: 'h',
  residentId: 'r',
  residentName: 'E',
  holdingDistrict: '030112',
  form: 'municipal',
  place,
  from: '2025-01-01',
  to: null,
  expectedUntil,
  originalExpectedUntil: null,
  daysOver: 1,
  readyToMoveOnSince: null,
  departure: null,
  rightOfReturnUntil: null,
  handoverUntil: null,
  offerId: null,
  actions: [],
})

const nothing: WorkFacts = { tasks: [], offers: [], waiting: [], needs: [], overdue: [] }
const keys = (facts: Partial<WorkFacts>) => workRows({ ...nothing, ...facts }, today).map(({ key }) => key)

t.test(
  'the nearest deadline first, those who cannot wait before others that are due, what has none last',
  async (t) => {
    const found = keys({
      tasks: [task('1', '2026-09-03')],
      offers: [offer('2', '2026-09-02')],
      waiting: [waits('3', 1), waits('4', 4, true), waits('5', 4)], // the last is ignored: it waits, and nothing is new
      needs: [need('6', 'draft', []), need('7', 'registered', [])], // the last is ignored: nothing stops it
      overdue: [stay('8', '2026-08-01')],
    })
    t.strictSame(found, ['haster 3', 'opphold 8', 'tilbud 2', 'oppgave 1', 'forslag 4', 'mangler 6'])
  },
)

t.test('nothing stands twice', async (t) => {
  t.strictSame(
    keys({ tasks: [task('1', today, { offerId: '2' })], offers: [offer('2', today)] }),
    ['oppgave 1'],
    'the task about an offer stands for it',
  )
  t.strictSame(keys({ tasks: [task('1', today, { stayId: '8' })], overdue: [stay('8', today)] }), ['oppgave 1'])
  t.strictSame(
    keys({ offers: [offer('2', '2026-09-09')], waiting: [waits('need of 2', 1)] }),
    ['tilbud 2'],
    'somebody who has an offer does not wait for one',
  )
  t.strictSame(keys({ offers: [offer('2', today, 'accepted')] }), [], 'an accepted one is its task’s affair')
})

t.test('each says why now', async (t) => {
  const why = (facts: Partial<WorkFacts>) => workRows({ ...nothing, ...facts }, today)[0]
  t.match(why({ offers: [offer('2', '2026-09-05')] }), { why: /løper ut etter 5\. september 2026/, due: '2026-09-05' })
  t.match(why({ offers: [offer('2', '2026-09-05', 'superseded')] }), { why: /nest beste/, due: today })
  t.match(why({ waiting: [waits('3', 2)] }), {
    why: 'Utskrivningsklar, 12 dager i situasjonen. Ingen plass er tilbudt.',
  })
  t.match(why({ needs: [need('6', 'registered', [{ title: 'Kartlegging', stops: 'referral' }])] }), {
    why: 'Mangler: kartlegging (stopper henvisning).',
  })
  t.match(why({ overdue: [stay('8', '2026-08-31')] }), {
    why: /^Bor fortsatt på H1, Haugen\./,
    facilityId: 'f',
  })
})

t.test('when, in words, and which kinds there are', async (t) => {
  t.equal(dueInWords(null, today), 'Ingen frist')
  t.equal(dueInWords(today, today), 'I dag')
  t.equal(dueInWords('2026-09-02', today), 'Om 1 dag')
  t.equal(dueInWords('2026-08-28', today), '4 dager over fristen')
  t.ok(isWorkKind('tilbud'))
  t.notOk(isWorkKind('toString'))
})
