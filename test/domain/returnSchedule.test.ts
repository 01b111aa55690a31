import fc from 'fast-check'
import t from 'tap'
import { addDays, type Day } from '../../src/domain/day.ts'
import type { HousingForm } from '../../src/domain/ladder.ts'
import { FIRST_POLICY, type MatchingPolicy } from '../../src/domain/matching/policy.ts'
import { scheduleAssumptions } from '../../src/domain/returnSchedule/assumptions.ts'
import {
  type Home,
  type Mover,
  monthOf,
  type ScheduleInput,
  startOfMonth,
  type Team,
} from '../../src/domain/returnSchedule/input.ts'
import { numbersOf, scheduleOf } from '../../src/domain/returnSchedule/schedule.ts'
import { dayOf, solveSchedule } from '../../src/domain/returnSchedule/solve.ts'
import { expectedHomes, surelyAtLeast } from '../../src/domain/returnSchedule/vacancies.ts'
import { type ToldMove, verifySchedule } from '../../src/domain/returnSchedule/verify.ts'
import { urgencyOf } from '../../src/domain/urgency.ts'
import { mipSolver } from '../../src/jobs/highs.ts'
import { OBJECTIVE_POLICY, URGENCY_POLICY } from '../../src/reference/policies.ts'

const means = { solve: await mipSolver(), seconds: 10 }
const TODAY = '2026-09-01' as Day
const UNTIL = '2027-02-01' as Day
const day = (text: string) => text as Day

function mover(name: string, other: Partial<Mover> = {}): Mover {
  return {
    pseudonym: name,
    holdingDistrict: '030101',
    homeDistrict: '030101',
    form: 'colocated_24h',
    earliestOn: null,
    targetOn: day('2027-01-31'),
    teamId: 'team',
    supportFrom: day('2026-08-01'),
    missing: [],
    people: 1,
    registeredAt: `2026-01-01T00:00:00Z`,
    situation: {
      grounds: [],
      origin: 'vel',
      situationSince: day('2026-01-01'),
      mustLeaveBy: null,
      readyToMoveOnSince: null,
      childrenLiving: 0,
      registeredOn: day('2026-01-01'),
    },
    committedTo: null,
    ...other,
  }
}
const ready = (since: string) => ({
  ...mover('').situation,
  situationSince: day(since),
  readyToMoveOnSince: day(since),
})

function home(id: string, from: string, other: Partial<Home> = {}): Home {
  return {
    id,
    source: 'opening',
    placeId: id,
    district: '030101',
    form: 'colocated_24h',
    from: day(from),
    to: UNTIL,
    reservedFor: null,
    ...other,
  }
}

function team(other: Partial<Team> = {}): Team {
  return { id: 'team', capacity: null, newPerMonth: null, from: day('2020-01-01'), to: null, load: [], ...other }
}

function given(movers: Mover[], homes: Home[], teams: Team[] = [team()]): ScheduleInput {
  return {
    asOf: TODAY,
    until: UNTIL,
    followUpMonths: 3,
    policy: { objective: OBJECTIVE_POLICY.version, urgency: URGENCY_POLICY.version },
    movers,
    homes,
    teams,
  }
}

/** Anything small: windows, homes and teams that bind or do not, plans that miss something, and a home set aside. */
const small = fc
  .record({
    movers: fc.array(
      fc.record({
        form: fc.constantFrom<HousingForm>('colocated_24h', 'municipal_support'),
        urgent: fc.boolean(),
        waited: fc.integer({ min: 0, max: 2 }),
        earliest: fc.integer({ min: -10, max: 100 }),
        length: fc.integer({ min: 0, max: 100 }),
        supported: fc.integer({ min: -40, max: 60 }),
        team: fc.constantFrom('team', 'other', null),
        whole: fc.integer({ min: 0, max: 5 }),
        people: fc.constantFrom(1, 1, 2),
      }),
      { maxLength: 4 },
    ),
    homes: fc.array(
      fc.record({
        form: fc.constantFrom<HousingForm>('colocated_24h', 'municipal_support'),
        from: fc.integer({ min: 0, max: 130 }),
        kept: fc.integer({ min: 1, max: 90 }),
        reserved: fc.integer({ min: 0, max: 12 }),
      }),
      { maxLength: 4 },
    ),
    capacity: fc.constantFrom(null, 0, 1, 2),
    news: fc.constantFrom(null, 1, 1, 2),
    load: fc.integer({ min: 0, max: 1 }),
  })
  .map(({ movers, homes, capacity, news, load }): ScheduleInput => {
    const reserved = new Set<number>()
    const ids = homes.map(({ form, from, kept, reserved: by }, index) => {
      const hers = by < movers.length && !reserved.has(by)
      if (hers) reserved.add(by)
      const reservedFor = hers ? `m${by}` : null
      return home(`h${index}`, addDays(TODAY, from), { form, to: addDays(TODAY, from + kept), reservedFor })
    })
    return given(
      movers.map((one, index) => {
        const earliestOn = addDays(TODAY, one.earliest)
        return mover(`m${index}`, {
          form: one.form,
          situation: one.urgent
            ? ready(`2026-0${one.waited + 1}-01`)
            : { ...mover('').situation, situationSince: null },
          earliestOn,
          targetOn: addDays(earliestOn, one.length),
          supportFrom: addDays(TODAY, one.supported),
          teamId: one.team,
          missing: one.whole === 0 ? ['own_part'] : [],
          people: one.people,
          committedTo: ids.find(({ reservedFor }) => reservedFor === `m${index}`)?.id ?? null,
        })
      }),
      ids,
      [
        team({ capacity, newPerMonth: news, load: load === 0 ? [] : [{ movedOn: day('2026-08-10'), people: 1 }] }),
        team({ id: 'other', capacity: 2, newPerMonth: null, from: day('2026-10-01') }),
      ],
    )
  })

/** What a schedule is worth, written down anew: people placed class by class, days waited, and months before the end. */
function worth({ movers, asOf, until }: ScheduleInput, moves: readonly ToldMove[]): number[] {
  const totals = new Array<number>(12).fill(0)
  const last = monthOf(asOf, addDays(until, -1))
  for (const { pseudonym, on } of moves) {
    const situation = movers.find((one) => one.pseudonym === pseudonym)?.situation
    if (situation === undefined) continue
    const { urgencyClass, daysInSituation, daysSinceRegistration } = urgencyOf(situation, asOf)
    const add = (at: number, value: number) => {
      totals[at] = (totals[at] ?? 0) + value
    }
    add(urgencyClass - 1, 1)
    add(5, daysInSituation ?? 0)
    add(6, daysSinceRegistration)
    add(6 + urgencyClass, last + 1 - monthOf(asOf, on))
  }
  return totals
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index])
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
}

const holds = (input: ScheduleInput, moves: readonly ToldMove[]) => {
  try {
    verifySchedule(input, moves)
    return true
  } catch {
    return false
  }
}

/** The best by trying every move of everybody on every day on which something begins. */
function bestByTrying(input: ScheduleInput): number[] {
  const days = new Set<Day>(Array.from({ length: 6 }, (_, month) => startOfMonth(TODAY, month)))
  days.add(TODAY)
  for (const { earliestOn, supportFrom } of input.movers) {
    if (earliestOn !== null) days.add(earliestOn)
    if (supportFrom !== null) days.add(addDays(supportFrom, 1))
  }
  for (const { from } of [...input.homes, ...input.teams]) days.add(from)
  let best = worth(input, [])
  const choices = input.movers.map(({ pseudonym }) => {
    const found = new Map<string, ToldMove>()
    for (const { id } of input.homes)
      for (const on of days) {
        const move = { pseudonym, homeId: id, on }
        // days of one month are worth the same
        if (holds(input, [move])) found.set(`${id} ${monthOf(TODAY, on)}`, move)
      }
    return [...found.values()]
  })
  const tryFrom = (index: number, moves: ToldMove[]) => {
    if (!holds(input, moves)) return
    if (index === choices.length) {
      const value = worth(input, moves)
      if (compare(value, best) > 0) best = value
      return
    }
    tryFrom(index + 1, moves)
    for (const move of choices[index] ?? []) tryFrom(index + 1, [...moves, move])
  }
  tryFrom(0, [])
  return best
}

const solved = (input: ScheduleInput) => {
  const schedule = solveSchedule(input, means)
  const moves = schedule.moves.flatMap((move, at): ToldMove[] => {
    const on = dayOf(schedule, move)
    const chosen = schedule.homes[schedule.options[move?.option ?? -1]?.home ?? -1]
    return on === null || chosen === undefined
      ? []
      : [{ pseudonym: input.movers[at]?.pseudonym ?? '', homeId: chosen.id, on }]
  })
  return { ...schedule, moves, worth: worth(input, moves) }
}

t.test('the best schedule is the best of all that hold what they must, with teams that bind and without', async (t) => {
  let bound = 0
  fc.assert(
    fc.property(small, (input) => {
      const found = solved(input)
      verifySchedule(input, found.moves)
      bound += found.groupsBound
      return found.gaps.length === 0 && compare(found.worth, bestByTrying(input)) === 0
    }),
    { numRuns: 150 },
  )
  t.ok(bound > 0, `a team bound ${bound} times`)
})

t.test('one home more never makes it worse', async () => {
  fc.assert(
    fc.property(small, fc.integer({ min: 0, max: 130 }), (input, from) => {
      const more = { ...input, homes: [...input.homes, home('more', addDays(TODAY, from))] }
      return compare(solved(more).worth, solved(input).worth) >= 0
    }),
    { numRuns: 60 },
  )
})

t.test('everybody has an answer, and what is said to keep somebody does: without it she moves', async () => {
  fc.assert(
    fc.property(small, (input) => {
      const { rows, summary } = scheduleOf(input, means)
      const counted = numbersOf(rows, TODAY).reduce((sum, { people }) => sum + people, 0)
      const before = solved(input)
      return (
        rows.length === input.movers.length &&
        counted === summary.people &&
        rows.every(({ pseudonym, movesOn, limitedBy, alsoLimitedBy, couldMoveOn }) => {
          if (movesOn !== null) return limitedBy === null
          if (limitedBy === null || couldMoveOn === null) return false
          const limits = new Set([limitedBy, ...alsoLimitedBy])
          const at = input.movers.findIndex((one) => one.pseudonym === pseudonym)
          const lifted = solveSchedule(input, means, { mover: at, limits })
          const totals = (some: typeof lifted.values) => some.slice(0, 12).map(({ value }) => value)
          return lifted.moves[at] !== null && compare(totals(lifted.values), totals(before.values)) > 0
        })
      )
    }),
    { numRuns: 60 },
  )
})

t.test('which limit is named', async (t) => {
  const one = (input: ScheduleInput) =>
    scheduleOf(input, means).rows.map(
      ({ movesOn, limitedBy, alsoLimitedBy, couldMoveOn }) =>
        movesOn ?? [limitedBy, ...alsoLimitedBy, couldMoveOn].join(' '),
    )
  const bed = home('h', '2026-10-10')
  const rows: [string, ScheduleInput, string[]][] = [
    ['moves on the day the home opens', given([mover('a')], [bed]), ['2026-10-10']],
    ['not before the earliest day', given([mover('a', { earliestOn: day('2026-11-20') })], [bed]), ['2026-11-20']],
    ['support begins a day before', given([mover('a', { supportFrom: day('2026-12-01') })], [bed]), ['2026-12-02']],
    ['no home at all', given([mover('a')], []), ['no_home 2026-09-01']],
    ['of another form', given([mover('a', { form: 'transitional' })], [bed]), ['no_home 2026-09-01']],
    ['in another bydel', given([mover('a')], [{ ...bed, district: '030102' }]), ['no_home 2026-09-01']],
    ['the target comes first', given([mover('a', { targetOn: day('2026-10-09') })], [bed]), ['window 2026-10-10']],
    [
      'a plan that misses something',
      given([mover('a', { missing: ['own_part'] })], [bed]),
      ['plan_incomplete 2026-10-10'],
    ],
    ['support is not agreed', given([mover('a', { teamId: null })], [bed]), ['support_not_agreed 2026-10-10']],
    [
      'a plan before a home',
      given([mover('a', { missing: ['own_part'] })], []),
      ['plan_incomplete no_home 2026-09-01'],
    ],
    ['a full team', given([mover('a')], [bed], [team({ capacity: 0 })]), ['team_full 2026-10-10']],
    [
      'whoever waits longer comes first',
      given([mover('a', { situation: ready('2026-08-01') }), mover('b', { situation: ready('2026-01-01') })], [bed]),
      ['no_home 2026-09-01', '2026-10-10'],
    ],
    [
      'one a month: the second waits a month, and both move',
      given([mover('a'), mover('b')], [bed, home('i', '2026-10-12')], [team({ newPerMonth: 1 })]),
      ['2026-10-10', '2026-11-01'],
    ],
    [
      'a home that is set aside is hers alone',
      given([mover('a', { committedTo: 'h' }), mover('b')], [{ ...bed, reservedFor: 'a' }]),
      ['2026-10-10', 'no_home 2026-09-01'],
    ],
  ]
  for (const [what, input, expected] of rows) t.same(one(input).toSorted(), expected.toSorted(), what)
})

t.test('who moves follows the policy that the schedule is made by', async (t) => {
  const choices = (changed: Partial<MatchingPolicy>) => ({ ...FIRST_POLICY, ...changed })
  // one is ready to move on, one is in no class but has lived so for longest, one was registered first
  const movers = [
    mover('ready', { situation: ready('2026-06-01') }),
    mover('long', { situation: { ...mover('').situation, situationSince: day('2020-01-01') } }),
    mover('first', { situation: { ...mover('').situation, registeredOn: day('2025-01-01') } }),
  ]
  const rows: [string, MatchingPolicy | undefined, string][] = [
    ['kept before it said', undefined, 'ready'],
    ['the first version', FIRST_POLICY, 'ready'],
    ['the fifth class before the fourth', choices({ classes: [1, 2, 3, 5, 4] }), 'long'],
    [
      'and registration before the situation',
      choices({ classes: [1, 2, 3, 5, 4], tiers: ['days_since_registration', 'days_in_situation'] }),
      'first',
    ],
    ['a rule that is a wish changes nothing', choices({ wishes: ['district.served'] }), 'ready'],
    ['no wait counts', choices({ tiers: ['home_district'] }), 'ready'],
  ]
  for (const [what, policy, expected] of rows) {
    const input = given(movers, [home('h', '2026-12-10')])
    const versions = { ...input.policy, ...(policy === undefined ? {} : { objective: 2, choices: policy }) }
    const { rows: told } = scheduleOf({ ...input, policy: versions }, means)
    t.same(
      told.filter(({ movesOn }) => movesOn !== null).map(({ pseudonym }) => pseudonym),
      [expected],
      what,
    )
  }
  const asked = { shareOfVacancies: 0.25, certainty: 0.5, keptMonths: 3 }
  const said = (changed: Partial<MatchingPolicy>) =>
    scheduleAssumptions(
      { ...given([], []), policy: { objective: 2, urgency: 1, choices: choices(changed) } },
      asked,
    ).join(' ')
  t.match(said({}), /hasteklasse 1, så i 2, 3, 4 og 5\. Deretter teller ventetid, så hvor tidlig/)
  t.match(
    said({ classes: [1, 3, 2, 4, 5], tiers: [] }),
    /hasteklasse 1, så i 3, 2, 4 og 5\. Deretter teller hvor tidlig/,
  )
})

t.test('a wrong schedule does not get out', async (t) => {
  const input = given(
    [mover('a'), mover('b')],
    [home('h', '2026-10-10'), home('i', '2026-10-10')],
    [team({ newPerMonth: 1 })],
  )
  const move = (pseudonym: string, homeId: string, on: string): ToldMove => ({ pseudonym, homeId, on: day(on) })
  for (const [moves, what] of [
    [[move('a', 'h', '2026-10-09')], /while it is not there/],
    [[move('a', 'h', '2026-10-10'), move('b', 'h', '2026-11-10')], /given twice/],
    [[move('a', 'h', '2026-10-10'), move('a', 'i', '2026-11-10')], /moves twice/],
    [[move('a', 'h', '2026-10-10'), move('b', 'i', '2026-10-12')], /more than it can in a month/],
    [[move('a', 'h', '2027-02-01')], /outside the schedule/],
  ] as const)
    t.throws(() => verifySchedule(input, moves), what)
  verifySchedule(input, [move('a', 'h', '2026-10-10'), move('b', 'i', '2026-11-01')])
})

t.test('homes that can be expected are whole ones, and surer is fewer', async (t) => {
  t.equal(surelyAtLeast(0, 0.5), 0)
  t.equal(surelyAtLeast(0.69, 0.5), 0)
  t.equal(surelyAtLeast(0.7, 0.5), 1)
  t.equal(surelyAtLeast(3, 0.8), 2)
  t.equal(surelyAtLeast(3, 0.2), 4)
  t.equal(surelyAtLeast(200, 0.5), 200)
  const cell = { district: '030101', form: 'colocated_24h', places: 60, perDay: 1 / 20 } as const
  const asked = { asOf: TODAY, until: UNTIL, share: 0.5, certainty: 0.5, keptMonths: 2 }
  const homes = expectedHomes([cell], asked)
  // half of one in twenty days: in 153 days 3.8 of them
  t.equal(homes.length, 3)
  t.match(homes[0], { from: '2026-10-01', to: '2026-12-01', source: 'expected', placeId: null })
  t.ok(expectedHomes([cell], { ...asked, certainty: 0.9 }).length < homes.length)
  t.equal(expectedHomes([cell], { ...asked, share: 0 }).length, 0)
})
