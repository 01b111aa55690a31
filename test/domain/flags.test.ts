import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { addDays, type Day } from '../../src/domain/day.ts'
import {
  causeOf,
  certifiedByDistrict,
  certifiedParts,
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
  belowSince: null,
  ...change,
})
const names = ({ raise, reopen, keep, quiet, close }: ReturnType<typeof flagChanges>) => [
  raise.length,
  reopen.length,
  keep.length + quiet.length,
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

t.test('what one case raises closes when there has been none for a week', async (t) => {
  const overstay = { ruleId: 'overstay', subject: null } as const
  const rows: [name: string, below: number | null, measured: number[], expected: [string, Day | null]][] = [
    ['one case: it stands', null, [1], ['keep', null]],
    ['the first day without: it stands, below since today', null, [0], ['quiet', TODAY]],
    ['not measured is none', null, [], ['quiet', TODAY]],
    ['six days without: it stands', 6, [0], ['quiet', addDays(TODAY, -6)]],
    ['a week without: closed', 7, [0], ['close', null]],
    ['one again on the seventh day: it stands, and the days count from the start', 6, [1], ['keep', null]],
  ]
  for (const [name, below, measured, [what, since]] of rows) {
    const changes = flagChanges(
      [stands({ ...overstay, belowSince: below === null ? null : addDays(TODAY, -below) })],
      measured.map((value) => measure(value, overstay)),
      TODAY,
    )
    t.same(
      (['raise', 'reopen', 'keep', 'quiet', 'close'] as const).flatMap((kind) => changes[kind].map(() => kind)),
      [what],
      name,
    )
    t.equal(changes.quiet[0]?.belowSince ?? null, since, name)
  }
})

t.test('a newer figure decides where the one that is told is of some years ago', async (t) => {
  const growth = (measured: number, decides: number) =>
    measure(measured, { ruleId: 'growth_since_base', subject: 'colocated', decides })
  const standing = stands({ ruleId: 'growth_since_base', subject: 'colocated' })
  t.same(names(flagChanges([], [growth(45, 60)], TODAY)), [1, 0, 0, 0], 'grown since: raised')
  t.same(names(flagChanges([], [growth(87, 45)], TODAY)), [0, 0, 0, 0], 'fallen since: not')
  t.same(names(flagChanges([standing], [growth(87, 45)], TODAY)), [0, 0, 1, 0], 'between the two: it stands')
  t.same(names(flagChanges([standing], [growth(87, 30)], TODAY)), [0, 0, 0, 1], 'fallen far: closed')
})

for (const rule of FLAG_RULES) {
  t.test(`day by day ${rule.id} never flaps, and nothing is lost or doubled`, async (t) => {
    const { opensAt, closesBelow, closesAfterDays } = rule
    const about = { ruleId: rule.id, subject: null }
    const figure = fc.integer({ min: Math.max(0, closesBelow - 3), max: opensAt + 2 })
    // days that are alike follow on each other, so that there are also weeks without
    const series = fc
      .array(fc.tuple(figure, fc.integer({ min: 1, max: closesAfterDays + 3 })), { minLength: 1, maxLength: 25 })
      .map((runs) => runs.flatMap(([value, days]) => Array.from({ length: days }, () => value)))
    let [reopened, quieted] = [0, 0]
    fc.assert(
      fc.property(series, (values) => {
        let flag: StandingFlag | undefined
        let day: Day = TODAY
        let below = 0
        let sinceOpened = Number.POSITIVE_INFINITY
        for (const value of values) {
          const changes = flagChanges(flag === undefined ? [] : [flag], [measure(value, about)], day)
          const { raise, reopen, keep, quiet, close } = changes
          below = value < closesBelow ? below + 1 : 0
          sinceOpened += 1
          assert.equal(
            raise.length + reopen.length + keep.length + quiet.length + close.length,
            flag === undefined || flag.closed ? Number(value >= opensAt) : 1,
          )
          if (raise.length + reopen.length === 1) {
            assert.ok(value >= opensAt && flag?.closed !== false)
            assert.equal(reopen.length === 1, flag !== undefined)
            reopened += reopen.length
            flag = stands(about)
            sinceOpened = 0
          }
          if (keep.length === 1) flag = stands(about)
          if (quiet.length === 1) {
            quieted += 1
            assert.ok(below > 0 && below <= closesAfterDays)
            flag = stands({ ...about, belowSince: quiet[0]?.belowSince ?? null })
          }
          if (close.length === 1) {
            assert.ok(flag?.closed === false && below > closesAfterDays)
            assert.ok(sinceOpened > closesAfterDays, 'never closed within the days that it must be quiet')
            flag = stands({ ...about, closed: true })
          }
          // whatever happened, above the upper limit it stands, and long enough below the lower one it does not
          if (value >= opensAt) assert.ok(flag !== undefined && !flag.closed)
          if (below > closesAfterDays) assert.ok(flag === undefined || flag.closed)
          day = addDays(day, 1)
        }
      }),
      { numRuns: 150 },
    )
    // how often is chance, that it happened is not: about fifty times of 150, and hundreds
    t.ok(reopened > 0, `${reopened} raised again`)
    t.equal(quieted > 0, closesAfterDays > 0, `${quieted} days below`)
  })
}

t.test('every rule closes later than it opens, and says what, how, what next and where it comes from', async (t) => {
  for (const rule of FLAG_RULES) {
    t.ok(rule.closesBelow <= rule.opensAt, rule.id)
    t.ok(rule.closesBelow < rule.opensAt || rule.closesAfterDays >= 7, `${rule.id} does not flap`)
    for (const text of [rule.title, rule.measure, rule.next, rule.source]) t.ok(text.length > 5, rule.id)
    t.match(rule.source, /^(00\d|F) /, `${rule.id} has a source`)
  }
  t.equal(new Set(FLAG_RULES.map(({ id }) => id)).size, FLAG_RULES.length)
})

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
  t.equal(
    flagSentence({
      ruleId: 'growth_since_base',
      district: ALNA,
      measured: 87,
      basis: 'computed',
      period: 'fra 2020 til 2024',
      addition: 'Fra 2020 til 2025: 113 prosent.',
    }),
    'Alna: 87 prosent fra 2020 til 2024, beregnet. Fra 2020 til 2025: 113 prosent. Grensen er 50 prosent.',
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
    [...certifiedParts(shortages, counts)].sort(),
    [
      [GRUNERLOKKA, { deficit: 3, needs: 4, shortages: [3, 4] }],
      [ALNA, { deficit: 6, needs: 7, shortages: [1, 2, 3] }],
    ],
    'with how many ask for the same, and in which shortages',
  )
  t.same(
    [...certifiedByDistrict(shortages, counts)].sort(),
    [
      [GRUNERLOKKA, 3],
      [ALNA, 6],
    ].sort(),
  )
})
