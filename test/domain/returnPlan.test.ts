import fc from 'fast-check'
import t from 'tap'
import { type ClosingCase, changeBetween, closesBefore, closingState } from '../../src/domain/closing.ts'
import { addDays, type Day } from '../../src/domain/day.ts'
import { changesBetween, missingIn, type PlanFields, phaseOf, problemsIn } from '../../src/domain/returnPlan/plan.ts'
import { burnDown, burnDownDays, countStandings, type StandingRow } from '../../src/domain/returnPlan/progress.ts'
import { lateReasons, standingOf } from '../../src/domain/returnPlan/standing.ts'
import { PLAN_ITEMS, RETURN_STANDINGS } from '../../src/reference/returnPlans.ts'

const d = (day: string) => day as Day
const TODAY = d('2026-09-01')
const noDays = { agreedOn: null, movedOn: null, movedTo: null, movedBackOn: null, withdrawnOn: null }
const whole: PlanFields = {
  homeDistrict: '030112',
  verdict: 'right',
  verdictReason: 'Vil hjem',
  targetForm: 'colocated_24h',
  earliestOn: d('2026-12-01'),
  targetOn: d('2027-03-01'),
  ownPart: 'answered',
  ownPartOn: d('2026-08-01'),
  ownWords: 'Ro',
  districtOwner: 'Eva',
  velContact: 'Vidar',
  supportTeamId: 'team',
  supportFrom: d('2027-01-01'),
}

t.test('the phase is told from the days, the first that holds', async (t) => {
  const phase = (more: object, verdict: PlanFields['verdict'] = 'right') =>
    phaseOf({ ...noDays, verdict, ...more }, TODAY)
  const moved = { agreedOn: d('2026-01-01'), movedOn: d('2026-08-31'), movedTo: 'home' }
  for (const [what, found, wanted] of [
    ['begun', phase({}), 'planning'],
    ['undecided', phase({}, 'undecided'), 'planning'],
    ['agreed', phase({ agreedOn: d('2026-08-01') }), 'establishing'],
    ['rightly stays', phase({}, 'rightly_stays'), 'rightly_stays'],
    ['moved yesterday', phase(moved), 'follow_up'],
    ['moved eleven months ago', phase({ ...moved, movedOn: d('2025-09-02') }), 'follow_up'],
    ['moved a year ago today', phase({ ...moved, movedOn: d('2025-09-01') }), 'finished'],
    ['moved elsewhere', phase({ ...moved, movedTo: 'elsewhere' }), 'moved_elsewhere'],
    ['moved back', phase({ ...moved, movedBackOn: TODAY }), 'moved_back'],
    ['moved, and said later that she stays', phase(moved, 'rightly_stays'), 'follow_up'],
    ['withdrawn though moved back', phase({ ...moved, movedBackOn: TODAY, withdrawnOn: TODAY }), 'withdrawn'],
  ] as const)
    t.equal(found, wanted, what)
})

t.test('each thing that rule 11 asks for is missed when it alone is gone', async (t) => {
  t.same(missingIn(whole), [])
  t.same(missingIn({ ...whole, ownPart: 'not_wanted', ownWords: null }), [], 'she may say no to having a part')
  const gone: Record<string, Partial<PlanFields>> = {
    verdict_given: { verdict: 'undecided' },
    own_part: { ownPart: 'offered', ownWords: null },
    district_owner: { districtOwner: null },
    vel_contact: { velContact: null },
    target_form: { targetForm: null },
    target_on: { targetOn: null },
    support_before_move: { supportFrom: d('2027-03-01') },
  }
  t.same(
    Object.keys(gone),
    PLAN_ITEMS.map(({ id }) => id),
  )
  for (const [id, without] of Object.entries(gone))
    t.same(
      missingIn({ ...whole, ...without }).map((item) => item.id),
      [id],
    )
  t.same(
    missingIn({ ...whole, supportTeamId: null }).map(({ id }) => id),
    ['support_before_move'],
  )
})

t.test('a day that stands is not judged again, a new one is', async (t) => {
  const late = { ...whole, earliestOn: null, targetOn: d('2026-08-01'), supportFrom: d('2026-06-01') }
  t.same(problemsIn(late, late, TODAY), [], 'a plan that has become late can be changed')
  t.match(problemsIn(late, whole, TODAY), [{ pointer: '/targetOn', code: 'in_the_past' }])
  t.same(changesBetween(whole, { ...whole, districtOwner: 'Per' }), { districtOwner: ['Eva', 'Per'] })
})

t.test('why a plan is late', async (t) => {
  const late = (more: object, closesOn: Day | null = null) =>
    lateReasons({ ...noDays, ...whole, agreedOn: TODAY, ...more }, closesOn, TODAY)
  t.same(late({}), [])
  t.same(late({ targetOn: null }), ['no_target'])
  t.same(late({ targetOn: TODAY, supportFrom: null }), ['target_passed'])
  t.same(late({ targetOn: d('2030-01-01') }), ['after_the_day'], 'the day itself is too late')
  t.same(late({ targetOn: d('2029-12-31') }), [])
  t.same(late({ agreedOn: null, targetOn: addDays(TODAY, 89), supportFrom: null }), ['not_agreed'])
  t.same(late({ agreedOn: null, targetOn: addDays(TODAY, 90), supportFrom: null }), [])
  t.same(late({}, d('2027-02-28')), ['closes_first'])
  t.same(late({}, d('2027-03-01')), [], 'she leaves on the day it closes')
})

const days = fc.integer({ min: -400, max: 1600 }).map((count) => addDays(TODAY, count))
const rowOf: fc.Arbitrary<StandingRow> = fc
  .record({
    people: fc.integer({ min: 1, max: 2 }),
    livesInVel: fc.boolean(),
    closesOn: fc.option(days),
    leftVelOn: days.filter((day) => day <= TODAY),
    verdict: fc.constantFrom('right' as const, 'rightly_stays' as const, 'undecided' as const),
    begunOn: days.filter((day) => day <= TODAY),
    targetOn: fc.option(days),
    agreedOn: fc.option(fc.constant(TODAY)),
    moved: fc.constantFrom('no', 'home', 'elsewhere', 'back', 'withdrawn'),
    planned: fc.boolean(),
  })
  .map(({ people, livesInVel, closesOn, leftVelOn, planned, moved, ...plan }) => ({
    district: '030112',
    people,
    livesInVel: livesInVel || !planned,
    closesOn,
    leftVelOn: livesInVel || !planned ? null : leftVelOn,
    plan: planned
      ? {
          ...plan,
          supportFrom: null,
          movedOn: moved === 'no' || moved === 'withdrawn' ? null : TODAY,
          movedTo:
            moved === 'no' || moved === 'withdrawn'
              ? null
              : moved === 'elsewhere'
                ? ('elsewhere' as const)
                : ('home' as const),
          movedBackOn: moved === 'back' ? TODAY : null,
          withdrawnOn: moved === 'withdrawn' ? TODAY : null,
        }
      : null,
  }))

t.test('everybody who counts is in one place, and the burn-down begins with those who are left', async (t) => {
  fc.assert(
    fc.property(fc.array(rowOf, { maxLength: 20 }), (rows) => {
      const counts = countStandings(rows, TODAY)
      const counted = RETURN_STANDINGS.reduce((sum, { id }) => sum + counts[id], 0)
      const all = rows.filter(({ plan }) => plan?.withdrawnOn == null).reduce((sum, { people }) => sum + people, 0)
      if (counted !== all) return false
      const months = burnDownDays(d('2026-01-01'), TODAY)
      const burn = burnDown(rows, new Map(), months, TODAY)
      const now = burn.find(({ day }) => day === TODAY)
      const planned = burn.filter(({ day }) => day >= TODAY).map((month) => month.planned ?? -1)
      return (
        now?.left === counts.left &&
        now.planned === counts.left &&
        burn.at(-1)?.evenPace === 0 &&
        burn.every(({ day, left, livingInVel }) => day <= TODAY || (left === null && livingInVel === null)) &&
        planned.every((value, at) => value >= 0 && (at === 0 || value <= (planned[at - 1] ?? 0)))
      )
    }),
    { numRuns: 200 },
  )
  t.equal(standingOf(null, { livesInVel: true, closesOn: null }, TODAY), 'without_plan')
})

t.test(
  'who has left with an open plan is neither left to move nor late, and the target is of those who live there',
  async (t) => {
    const open = { ...noDays, ...whole, begunOn: d('2026-01-01'), agreedOn: TODAY }
    const lives = { district: '030112', people: 1, livesInVel: true, closesOn: null, leftVelOn: null, plan: open }
    const left = { ...lives, people: 2, livesInVel: false, leftVelOn: d('2026-07-15') }
    const onTheDay = { ...lives, plan: { ...open, targetOn: d('2030-01-01') } }
    const rows = [lives, left, { ...left, plan: { ...open, verdict: 'undecided' as const } }, onTheDay]
    const counts = countStandings(rows, TODAY)
    t.match(counts, { livingInVel: 2, left: 2, late: 1, undecided: 0, moved_unwritten: 4 })
    t.match(counts, { householdsInVel: 2, householdsLeft: 2 })
    const lived = new Map([[TODAY, { people: 3, households: 2 }]])
    const burn = burnDown(
      rows,
      lived,
      [d('2026-07-01'), d('2026-08-01'), TODAY, d('2029-12-01'), d('2030-01-01')],
      TODAY,
    )
    t.same(
      burn.map((month) => [month.left, month.planned, month.householdsEvenPace]),
      [
        [4, null, null],
        [2, null, null],
        [2, 2, 2],
        [null, 1, 0],
        [null, 1, 0],
      ],
      'gone when the stays say so; a target on the day itself is not moved before it',
    )
    t.match(burn[2], { livingInVel: 3, householdsInVel: 2 })
  },
)

t.test('red where an institution closes before the person’s home opens', async (t) => {
  const ready: ClosingCase = {
    closesOn: d('2027-06-01'),
    verdict: 'right',
    supportNamed: true,
    supportFrom: d('2027-03-01'),
    readyOn: d('2027-05-01'),
    homeNamed: true,
    homeOpensOn: d('2027-04-01'),
    homeClosesOn: null,
  }
  for (const [what, more, state, why] of [
    ['all in time', {}, 'accounted', 0],
    ['on the very day', { readyOn: d('2027-06-01'), homeOpensOn: d('2027-06-01') }, 'accounted', 0],
    ['the word a day late', { readyOn: d('2027-06-02') }, 'closes_first', 1],
    ['the home a day late', { homeOpensOn: d('2027-06-02') }, 'closes_first', 1],
    ['the home closes with it', { homeClosesOn: d('2027-06-01') }, 'closes_first', 1],
    ['the team on the day it closes', { supportFrom: d('2027-06-01') }, 'closes_first', 1],
    ['word and home late', { readyOn: d('2027-07-01'), homeOpensOn: d('2027-06-15') }, 'closes_first', 2],
    [
      'nobody asked her',
      { verdict: null, readyOn: null, homeNamed: false, homeOpensOn: null, supportFrom: null },
      'no_plan',
      0,
    ],
    ['not decided', { verdict: 'undecided', readyOn: null, homeNamed: false, homeOpensOn: null }, 'undecided', 0],
    [
      'stays, and no other place',
      { verdict: 'rightly_stays', readyOn: null, homeNamed: false, homeOpensOn: null },
      'stays_without_place',
      0,
    ],
    ['no word', { readyOn: null, homeNamed: false, homeOpensOn: null }, 'no_commitment', 0],
    ['a day and no home', { homeNamed: false, homeOpensOn: null }, 'no_home', 0],
    ['a home and no day for a team', { supportFrom: null }, 'no_support', 0],
    ['a home and no team', { supportNamed: false }, 'no_support', 0],
    ['stays in another place, without a team', { verdict: 'rightly_stays', supportFrom: null }, 'accounted', 0],
    [
      'stays, and a day for a team is left over',
      { verdict: 'rightly_stays', supportFrom: d('2027-07-01') },
      'accounted',
      0,
    ],
    ['it closed today, and she lives there', { closesOn: TODAY }, 'closes_first', 1],
    ['it closed long ago, and nobody asked her', { closesOn: d('2025-01-01'), verdict: null }, 'closes_first', 1],
  ] as const) {
    const found = { ...ready, ...more }
    t.equal(closingState(found, TODAY), state, what)
    t.equal(closesBefore(found, TODAY).length, why, what)
  }
  t.equal(closingState(null, TODAY), 'empty')
  const place = { opensOn: d('2020-01-01'), closesOn: d('2030-01-01') }
  t.equal(changeBetween(place, d('2021-01-01'), d('2030-01-01')), 'closing', 'not there on the day it closes')
  t.equal(changeBetween(place, d('2021-01-01'), d('2029-12-31')), null)
  t.equal(changeBetween({ opensOn: d('2030-01-01'), closesOn: null }, d('2021-01-01'), d('2030-01-01')), 'opening')
})
