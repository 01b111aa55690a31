import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { addDays, type Day } from '../../src/domain/day.ts'
import {
  causeOf,
  certifiedByDistrict,
  flagChanges,
  flagSentence,
  flagState,
  inUnit,
  type Measurement,
  type StandingFlag,
} from '../../src/domain/flags.ts'
import { FLAG_RULES, RESOLVED_GRACE_DAYS } from '../../src/reference/flagRules.ts'
import { ALNA, GRUNERLOKKA, TODAY } from './baseline.ts'

const measure = (measured: number, change: Partial<Measurement> = {}): Measurement => ({
  ruleId: 'high_occupancy',
  district: ALNA,
  subject: 'step_2',
  measured,
  against: [],
  since: null,
  basis: 'computed',
  ...change,
})
const stands = (change: Partial<StandingFlag> = {}): StandingFlag => ({
  id: 'flag-1',
  ruleId: 'high_occupancy',
  district: ALNA,
  subject: 'step_2',
  closed: false,
  resolvedOn: null,
  ...change,
})
const names = ({ raise, reopen, keep, close }: ReturnType<typeof flagChanges>) => [
  raise.length,
  reopen.length,
  keep.length,
  close.length,
]

t.test('raised at 95 percent, closed below 92, and between the two as it was', async (t) => {
  const rows: [name: string, standing: StandingFlag[], measured: number[], expected: number[]][] = [
    ['at the threshold it is raised', [], [95], [1, 0, 0, 0]],
    ['just below it is not', [], [94], [0, 0, 0, 0]],
    ['what stands stays between the two', [stands()], [92], [0, 0, 1, 0]],
    ['and closes below', [stands()], [91], [0, 0, 0, 1]],
    ['not measured any more is not so any more', [stands()], [], [0, 0, 0, 1]],
    ['closed and between the two: still closed', [stands({ closed: true })], [94], [0, 0, 0, 0]],
    ['closed and above: the same flag again', [stands({ closed: true })], [95], [0, 1, 0, 0]],
    [
      'resolved lately and still so: the answer stands',
      [stands({ resolvedOn: addDays(TODAY, 1 - RESOLVED_GRACE_DAYS) })],
      [97],
      [0, 0, 1, 0],
    ],
    [
      'resolved long ago and still so: raised again',
      [stands({ resolvedOn: addDays(TODAY, -RESOLVED_GRACE_DAYS) })],
      [97],
      [0, 1, 0, 0],
    ],
    [
      'resolved long ago and between the two: it stands',
      [stands({ resolvedOn: addDays(TODAY, -90) })],
      [93],
      [0, 0, 1, 0],
    ],
    ['resolved and no longer so: closed', [stands({ resolvedOn: TODAY })], [10], [0, 0, 0, 1]],
  ]
  for (const [name, standing, measured, expected] of rows) {
    t.same(
      names(
        flagChanges(
          standing,
          measured.map((value) => measure(value)),
          TODAY,
        ),
      ),
      expected,
      name,
    )
  }
})

t.test('one flag for one cause, and another for another', async (t) => {
  const changes = flagChanges(
    [stands()],
    [
      measure(96),
      measure(96, { district: GRUNERLOKKA }),
      measure(96, { district: null }),
      measure(96, { subject: 'step_3' }),
    ],
    TODAY,
  )
  t.same(names(changes), [3, 0, 1, 0])
  t.equal(new Set(changes.raise.map(causeOf)).size, 3)
  t.throws(() => flagChanges([], [measure(96), measure(97)], TODAY), /measured twice/)
})

t.test('day by day a flag never flaps inside its two limits, and nothing is lost or doubled', async (t) => {
  let reopened = 0
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 88, max: 99 }), { minLength: 1, maxLength: 40 }), (series) => {
      let flag: StandingFlag | undefined
      let day: Day = TODAY
      for (const value of series) {
        const { raise, reopen, keep, close } = flagChanges(flag === undefined ? [] : [flag], [measure(value)], day)
        assert.equal(raise.length + reopen.length + keep.length + close.length <= 1, true)
        if (raise.length === 1) {
          assert.equal(flag, undefined)
          assert.ok(value >= 95)
          flag = stands()
        }
        if (reopen.length === 1) {
          assert.ok(flag?.closed === true && value >= 95)
          flag = stands()
          reopened += 1
        }
        if (close.length === 1) {
          assert.ok(flag?.closed === false && value < 92)
          flag = stands({ closed: true })
        }
        // whatever happened, above the upper limit it stands and below the lower one it does not
        if (value >= 95) assert.ok(flag !== undefined && !flag.closed)
        if (value < 92) assert.ok(flag === undefined || flag.closed)
        day = addDays(day, 1)
      }
    }),
    { numRuns: 1000 },
  )
  t.ok(reopened > 100, `${reopened} raised again`)
})

t.test(
  'every rule closes no higher than it opens, and says what, how, what next and where it comes from',
  async (t) => {
    for (const rule of FLAG_RULES) {
      t.ok(rule.closesBelow <= rule.opensAt, rule.id)
      for (const text of [rule.title, rule.measure, rule.next, rule.source]) t.ok(text.length > 5, rule.id)
      t.match(rule.source, /^(00\d|F) /, `${rule.id} has a source`)
    }
    t.equal(new Set(FLAG_RULES.map(({ id }) => id)).size, FLAG_RULES.length)
  },
)

t.test('its state is the last answer, and closed before all', async (t) => {
  const at = '2026-09-01T08:00:00Z'
  const none = { closedAt: null, resolvedAt: null, assignedAt: null, acknowledgedAt: null }
  t.equal(flagState(none), 'open')
  t.equal(flagState({ ...none, acknowledgedAt: at }), 'acknowledged')
  t.equal(flagState({ ...none, acknowledgedAt: at, assignedAt: at }), 'assigned')
  t.equal(flagState({ ...none, assignedAt: at, resolvedAt: at }), 'resolved')
  t.equal(flagState({ ...none, resolvedAt: at, closedAt: at }), 'closed')
})

t.test('in words', async (t) => {
  t.equal(
    flagSentence({ ruleId: 'growth_since_base', district: null, measured: 87, basis: 'reported' }),
    'Hele byen: 87 prosent, oppgitt av kilden. Grensen er 50 prosent.',
  )
  t.equal(inUnit(1, 'places'), '1 plass')
  t.equal(inUnit(1, 'people'), '1 person')
})

t.test('what is certain for a district alone', async (t) => {
  const shortages = [
    { shortage: 0, within: null, needs: 12, deficit: 7 },
    // within the first, all Alna's: certain for Alna alone
    { shortage: 1, within: 0, needs: 6, deficit: 5 },
    // within the second: part of what is counted already
    { shortage: 2, within: 1, needs: 4, deficit: 4 },
    // no place fits any of these
    { shortage: 3, within: null, needs: 3, deficit: 3 },
    { shortage: 4, within: null, needs: 2, deficit: 1 },
  ]
  const counts = [
    { shortage: 0, district: ALNA, needs: 2 },
    { shortage: 0, district: GRUNERLOKKA, needs: 4 },
    { shortage: 1, district: ALNA, needs: 2 },
    { shortage: 2, district: ALNA, needs: 4 },
    { shortage: 3, district: ALNA, needs: 1 },
    { shortage: 3, district: GRUNERLOKKA, needs: 2 },
    { shortage: 4, district: GRUNERLOKKA, needs: 2 },
  ]
  t.same(
    [...certifiedByDistrict(shortages, counts)].sort(),
    [
      [GRUNERLOKKA, 3],
      [ALNA, 6],
    ].sort(),
  )
})
