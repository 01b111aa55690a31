import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { Urgency } from '../../src/domain/urgency.ts'
import { type Waiting, waitingListOf } from '../../src/domain/waitingList.ts'
import { URGENCY_POLICY, type UrgencyClassNumber, WAITING_POLICY } from '../../src/reference/policies.ts'

const urgency = (urgencyClass: UrgencyClassNumber, inSituation: number | null, registered: number): Urgency => ({
  urgencyClass,
  className: URGENCY_POLICY.classes.find(({ number }) => number === urgencyClass)?.name ?? '',
  grounds: [],
  daysInSituation: inSituation,
  daysSinceRegistration: registered,
  policyVersion: 1,
})

const one = (id: string, facts: Urgency, registeredAt = '2026-08-01T08:00:00Z'): Waiting => ({
  id,
  urgency: facts,
  registeredAt,
})

const some = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    // few values, so that ties are common
    urgency: fc
      .tuple(
        fc.constantFrom<UrgencyClassNumber>(1, 2, 3, 4, 5),
        fc.option(fc.constantFrom(0, 10, 730)),
        fc.constantFrom(0, 5, 200),
      )
      .map((facts) => urgency(...facts)),
    registeredAt: fc.constantFrom('2026-08-01T08:00:00Z', '2026-08-02T08:00:00Z'),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
)

t.test(
  'nobody stands before somebody more urgent, nobody is lost, and any order of input gives the same',
  async (t) => {
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.nat()), (waiting, random) => {
        const list = waitingListOf(waiting)
        assert.deepEqual(list.map(({ id }) => id).sort(), waiting.map(({ id }) => id).sort(), 'each once')
        const registeredAt = new Map(waiting.map(({ id, registeredAt: at }) => [id, at]))
        for (const [index, { position, aheadByClass, urgency: mine, id }] of list.entries()) {
          assert.equal(position, index + 1)
          assert.equal(
            aheadByClass.reduce((sum, { people }) => sum + people, 0),
            index,
            'as many ahead as stand ahead',
          )
          for (const { urgencyClass, people } of aheadByClass) {
            const ahead = list.slice(0, index).filter((other) => other.urgency.urgencyClass === urgencyClass)
            assert.equal(ahead.length, people)
          }
          const next = list[index + 1]
          if (next === undefined) continue
          const rank = (of: Urgency) => [-of.urgencyClass, of.daysInSituation ?? 0, of.daysSinceRegistration]
          const [mineRanks, nextRanks] = [rank(mine), rank(next.urgency)]
          const differs = mineRanks.findIndex((value, tier) => value !== nextRanks[tier])
          if (differs === -1) assert.ok((registeredAt.get(id) ?? '') <= (registeredAt.get(next.id) ?? ''))
          else assert.ok((mineRanks[differs] ?? 0) > (nextRanks[differs] ?? 0), 'by the weightiest that differs')
        }
        const shuffled = waiting
          .map((entry) => ({ entry, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ entry }) => entry)
        assert.deepEqual(waitingListOf(shuffled), list)
      }),
      { numRuns: 2000 },
    )
    t.pass()
  },
)

t.test('every position says what it is decided by, against the one before', async (t) => {
  for (const [before, mine, reason] of [
    [urgency(1, 9, 9), urgency(2, 90, 90), 'Først i hasteklasse 2. De foran er i en mer utsatt situasjon.'],
    [urgency(3, 10, 1), urgency(3, 9, 90), 'Samme hasteklasse som den foran, men 1 dag kortere i situasjonen.'],
    [urgency(3, 10, 9), urgency(3, 10, 2), 'Like lenge i situasjonen som den foran, men registrert 7 dager senere.'],
    [urgency(3, 10, 9), urgency(3, 10, 9), 'Likt med den foran. Den som ble registrert først, står først.'],
    // what is missing lowers nobody silently
    [
      urgency(3, 10, 9),
      urgency(3, null, 90),
      'Samme hasteklasse som den foran, men vi vet ikke hvor lenge situasjonen har vart, så den regnes som ny.',
    ],
    [
      urgency(3, null, 9),
      urgency(3, null, 2),
      'Like lenge i situasjonen som den foran, men registrert 7 dager senere.',
    ],
  ] as const) {
    const [first, second] = waitingListOf([one('b', mine, '2026-08-02T08:00:00Z'), one('a', before)])
    t.equal(first?.id, 'a')
    t.equal(second?.reason, reason)
  }
  t.equal(waitingListOf([one('a', urgency(1, 9, 9))])[0]?.reason, 'Først: hasteklasse 1 og lengst i situasjonen.')
  t.match(waitingListOf([one('a', urgency(1, null, 9))])[0]?.reason, /^Først: hasteklasse 1\. Men vi vet ikke/)
  t.same(waitingListOf([]), [])
})

t.test('the wait against the target of its class', async (t) => {
  for (const { number } of URGENCY_POLICY.classes) {
    const target = WAITING_POLICY.parameters.targetDays[number]
    const over = (waited: number) => waitingListOf([one('a', urgency(number, 0, waited))])[0]?.daysOverTarget
    t.same([over(target - 1), over(target), over(target + 1)], [0, 0, 1], `class ${number}`)
  }
})
