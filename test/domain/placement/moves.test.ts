import fc from 'fast-check'
import t from 'tap'
import { addDays, addMonths, type Day } from '../../../src/domain/day.ts'
import { FORMS, formById } from '../../../src/domain/ladder.ts'
import { handoverUntil, isReady, type NextHome, rightOfReturnUntil } from '../../../src/domain/placement/stay.ts'
import { departureTasks, moveInTasks, stayEndsTask } from '../../../src/domain/placement/stayTasks.ts'
import { hasLease, isAcute } from '../../../src/domain/placement/tasks.ts'
import { type ReasonKind, reasonCode } from '../../../src/reference/reasonCodes.ts'
import { days } from '../arbitraries.ts'
import { day, TODAY } from '../baseline.ts'

const HOME: NextHome = {
  kind: 'offer',
  form: 'municipal',
  beginsOn: day('2026-09-20'),
  leaseSignedOn: null,
  decided: { decisions: [], serviceDecisionOn: null },
}
const decidedSince = (since: Day) => ({
  decisions: [{ issuedOn: since, granted: true, overturnedOn: null }],
  serviceDecisionOn: null,
})
const PLACE = { label: 'H1', facilityName: 'Haugen' }
const forms = fc.constantFrom(...FORMS.filter(({ isPlace }) => isPlace).map(({ id }) => id))

function reason(kind: ReasonKind, id: string) {
  const code = reasonCode(kind, id)
  if (code === undefined) throw new RangeError(`no reason ${kind} ${id}`)
  return code
}

t.test('a next home is ready when she lives there, its lease is signed, or its decision is made', async (t) => {
  const ready = (change: Partial<NextHome>, on = TODAY) => isReady({ ...HOME, ...change }, on)
  const rows: [string, Partial<NextHome>, Day, boolean][] = [
    ['an accepted offer without a lease', {}, TODAY, false],
    ['a decision instead of the lease', { decided: decidedSince(TODAY) }, TODAY, false],
    ['the lease signed the day she leaves', { leaseSignedOn: TODAY }, TODAY, true],
    ['the lease signed the day after', { leaseSignedOn: day('2026-09-02') }, TODAY, false],
    ['signed, and the move-in later', { leaseSignedOn: TODAY, beginsOn: day('2027-01-01') }, TODAY, true],
    ['given by decision, not made', { form: 'vel_coping' }, TODAY, false],
    ['given by decision, made', { form: 'vel_coping', decided: decidedSince(TODAY) }, TODAY, true],
    [
      'given by decision, made the day after',
      { form: 'vel_coping', decided: decidedSince(day('2026-09-02')) },
      TODAY,
      false,
    ],
    ['given by decision, with a lease all the same', { form: 'vel_coping', leaseSignedOn: TODAY }, TODAY, false],
    ['lived in from the day she leaves', { kind: 'stay', beginsOn: TODAY }, TODAY, true],
    ['lived in from the day after', { kind: 'stay', beginsOn: day('2026-09-02') }, TODAY, false],
    ['lived in, whatever is signed', { kind: 'stay', beginsOn: day('2026-08-01') }, TODAY, true],
  ]
  for (const [name, change, on, expected] of rows) t.equal(ready(change, on), expected, name)
})

t.test('a home that is ready on a day stays ready on every later one, unless its decision is overturned', async () => {
  const homes: fc.Arbitrary<NextHome> = fc.record({
    kind: fc.constantFrom('stay' as const, 'offer' as const),
    form: forms,
    beginsOn: days,
    leaseSignedOn: fc.option(days),
    decided: fc.option(days).map((since) => ({ decisions: [], serviceDecisionOn: since })),
  })
  fc.assert(
    fc.property(homes, days, fc.nat(30), (home, on, later) => !isReady(home, on) || isReady(home, addDays(on, later))),
  )
})

t.test('who moved on from an institution may come back for ninety days, and from nowhere else', async () => {
  fc.assert(
    fc.property(forms, fc.boolean(), days, (form, movedOn, on) => {
      const until = rightOfReturnUntil(form, movedOn, on)
      return movedOn && formById(form).step === 1 ? until === addDays(on, 90) : until === null
    }),
  )
})

t.test('two homes overlap for a fortnight from the newest move, whatever order they are told in', async (t) => {
  t.equal(handoverUntil([]), null)
  t.equal(handoverUntil([TODAY]), null, 'one home is no handover')
  t.equal(handoverUntil([TODAY, day('2020-01-01')]), '2026-09-15')
  t.equal(handoverUntil([day('2020-01-01'), day('2024-02-20'), day('2024-02-16')]), '2024-03-05', 'over 29 February')
})

t.test('a form is let or given by decision, and only two never wait for a paper', async () => {
  const acute = FORMS.filter(({ id }) => isAcute(id)).map(({ id }) => id)
  t.strictSame(acute, ['temporary', 'vel_emergency'])
  t.ok(hasLease('municipal') && hasLease('transitional') && hasLease('private'))
  t.notOk(hasLease('vel_care') || hasLease('temporary') || hasLease('district_short_stay'))
})

const MOVE = { place: PLACE, form: 'municipal' as const, on: TODAY, expectedUntil: null, otherHomes: 0, decided: true }
const RULES = { checksAfterMonths: [1, 3, 6, 12], handoverDaysMax: 14 }

t.test('a move-in is looked in on after 1, 3, 6 and 12 months', async (t) => {
  fc.assert(
    fc.property(days, (on) => {
      const due = moveInTasks({ ...MOVE, on }, RULES).map(({ kind, dueOn }) => `${kind} ${dueOn}`)
      return due.join() === [1, 3, 6, 12].map((months) => `check_${months}m ${addMonths(on, months)}`).join()
    }),
  )
  const kinds = (change: Partial<Parameters<typeof moveInTasks>[0]>) =>
    moveInTasks({ ...MOVE, ...change }, { ...RULES, checksAfterMonths: [] }).map(
      ({ kind, dueOn }) => `${kind} ${dueOn}`,
    )
  t.strictSame(kinds({}), [])
  t.strictSame(kinds({ otherHomes: 1 }), ['end_previous_stay 2026-09-15'])
  t.strictSame(kinds({ decided: false }), [], 'what is let waited for its papers')
  t.strictSame(kinds({ decided: false, form: 'temporary' }), ['decision_due 2026-09-04'])
  t.strictSame(kinds({ expectedUntil: day('2026-12-01') }), ['stay_ends 2026-11-01'])
  t.equal(stayEndsTask(PLACE, day('2024-03-15')).dueOn, '2024-02-14', 'thirty days before, over 29 February')
})

t.test('what a departure leaves to do', async (t) => {
  const left = { place: PLACE, on: TODAY, next: null, openNeed: false, otherHomes: 0 }
  const said = (change: Partial<Omit<typeof left, 'next'>> & { next?: Day }, why: string) =>
    departureTasks({ ...left, ...change }, reason('departure', why), TODAY).map(({ kind, reason: text }) => {
      t.equal(kind, 'need_after_departure')
      t.match(text, /^Flyttet ut fra H1, Haugen 1\. september 2026: /)
      return text.replace(/^.*?2026: [^.]*\. /, '')
    })
  t.strictSame(said({ next: TODAY }, 'moved_on'), [], 'at home elsewhere the same day')
  t.match(said({ next: day('2026-09-04') }, 'moved_on'), [/^Den neste boligen begynner først 4\..*, 3 dager etter/])
  t.strictSame(said({ next: day('2026-09-04'), otherHomes: 1 }, 'moved_on'), [], 'she has another home meanwhile')
  t.match(said({}, 'eviction'), [/^Personen har ikke noe åpent behov/])
  t.match(said({ openNeed: true }, 'eviction'), [/^Se på behovet på nytt/])
  t.strictSame(said({ otherHomes: 1 }, 'own_wish'), [], 'she is at home elsewhere')
  t.strictSame(said({}, 'deceased'), [])
  t.match(said({ openNeed: true }, 'deceased'), [/^Behovet er fortsatt åpent\. Avslutt det/])
  t.match(said({ openNeed: true }, 'left_city'), [/^Behovet er fortsatt åpent/])
})
