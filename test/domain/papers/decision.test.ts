import fc from 'fast-check'
import t from 'tap'
import { addDays, type Day } from '../../../src/domain/day.ts'
import { FORMS } from '../../../src/domain/ladder.ts'
import {
  appealDueOn,
  checkIssuable,
  type DecisionFacts,
  decisionState,
  lastDayToAppeal,
  trackStandings,
} from '../../../src/domain/papers/decision.ts'
import { decisionDraft } from '../../../src/domain/papers/decisionDraft.ts'
import { lackMayRefuse, tracksCalledFor } from '../../../src/domain/papers/legalTrack.ts'
import { appealTask, decisionTasks } from '../../../src/domain/papers/tasks.ts'
import { standingInWords } from '../../../src/domain/papers/trackWords.ts'
import { DECISION_POLICY } from '../../../src/reference/decisionPolicy.ts'
import { LEGAL_TRACKS, type LegalTrackId } from '../../../src/reference/legalTracks.ts'

const TODAY = '2026-09-01' as Day
const TRACK_IDS = LEGAL_TRACKS.map(({ id }) => id)
const FORM_IDS = FORMS.filter(({ isPlace }) => isPlace).map(({ id }) => id)

const anyDay = fc.integer({ min: -400, max: 400 }).map((days) => addDays(TODAY, days))
const anyDecision: fc.Arbitrary<DecisionFacts> = fc.record({
  track: fc.constantFrom(...TRACK_IDS),
  outcome: fc.constantFrom('granted' as const, 'refused' as const),
  issuedOn: fc.option(anyDay, { nil: null }),
})
const anyNeed = fc.record({
  forms: fc.uniqueArray(fc.constantFrom(...FORM_IDS), { minLength: 1, maxLength: 4 }),
  registeredOn: fc.option(anyDay, { nil: null }),
  open: fc.boolean(),
  serviceDecisionOn: fc.constant(null),
})
const byIssue = (decisions: DecisionFacts[]) =>
  decisions.toSorted((a, b) => ((a.issuedOn ?? '9999') < (b.issuedOn ?? '9999') ? -1 : 1))

t.test('a decision on services that is registered answers for its own track, and is not written again', async (t) => {
  const forms = ['municipal_support']
  const registeredOn = '2026-03-02' as Day
  const standingOf = (serviceDecisionOn: Day | null, decisions: DecisionFacts[] = []) =>
    trackStandings({ forms, registeredOn, open: true, serviceDecisionOn }, decisions, TODAY)
  const services = (standings: ReturnType<typeof trackStandings>) =>
    standings.find(({ track }) => track === 'health_and_care')
  const others = (standings: ReturnType<typeof trackStandings>) =>
    standings.filter(({ track }) => track !== 'health_and_care')
  const recordedOn = '2026-04-01' as Day
  const recorded = services(standingOf(recordedOn))
  t.match(recorded, { standing: 'granted', alarm: null, dueOn: null, recordedOn })
  if (recorded !== undefined) t.match(standingInWords(recorded), /fattet 1\. april 2026.*ikke en gang til/)
  t.strictSame(others(standingOf(recordedOn)), others(standingOf(null)), 'and for no other track')
  t.match(services(standingOf(null)), { standing: 'missing', alarm: 'overdue', recordedOn: null })
  t.match(services(standingOf(addDays(TODAY, 1))), { alarm: 'overdue' }, 'one of a day that comes is none yet')
  const draft: DecisionFacts = { track: 'health_and_care', outcome: 'granted', issuedOn: null }
  t.match(services(standingOf(recordedOn, [draft])), { standing: 'drafted', alarm: null })
  const refused: DecisionFacts = { ...draft, outcome: 'refused', issuedOn: '2026-05-04' as Day }
  t.match(services(standingOf(recordedOn, [refused])), { standing: 'refused', recordedOn: null }, 'a newer one counts')
  t.notOk(decisionTasks(forms, TODAY, recordedOn).some(({ kind }) => kind === 'decide_health_and_care'))
  t.equal(decisionTasks(forms, TODAY, recordedOn).length, decisionTasks(forms, TODAY, null).length - 1)
})

t.test('a decision on one track never answers for another, whatever was decided', async (_t) => {
  fc.assert(
    fc.property(
      anyNeed,
      fc.array(anyDecision, { maxLength: 6 }),
      fc.constantFrom(...TRACK_IDS),
      (need, some, other) => {
        const decisions = byIssue(some)
        const without = trackStandings(
          need,
          decisions.filter(({ track }) => track !== other),
          TODAY,
        )
        const standing = trackStandings(need, decisions, TODAY)
        for (const { track, standing: how } of standing) {
          const issued = decisions.filter((decision) => decision.track === track && decision.issuedOn !== null)
          const decided = how === 'granted' || how === 'refused'
          if (decided !== issued.length > 0) throw new Error(`${track} is ${how} with ${issued.length} issued`)
          if (track === other || track === 'help_with_home') continue
          const before = without.find((row) => row.track === track)
          if (before !== undefined && before.standing !== how) throw new Error(`${other} changed ${track}`)
        }
      },
    ),
  )
})

t.test(
  'a refused municipal home always calls for the other decision, and is alarmed until it is issued',
  async (_t) => {
    fc.assert(
      fc.property(anyNeed, fc.array(anyDecision, { maxLength: 6 }), anyDay, (need, some, issuedOn) => {
        const before = some.filter(
          ({ track, issuedOn: on }) => on !== null && track !== 'municipal_home' && track !== 'help_with_home',
        )
        const decisions = byIssue([...before, { track: 'municipal_home', outcome: 'refused', issuedOn }])
        const help = (rows: DecisionFacts[]) =>
          trackStandings({ ...need, registeredOn: addDays(issuedOn, -1), open: true }, rows, TODAY).find(
            ({ track }) => track === 'help_with_home',
          )
        const alone = help(decisions)
        if (alone?.alarm !== 'beside_refusal' || (alone.dueOn ?? '9999') > issuedOn) throw new Error('no alarm')
        const drafted = help([...decisions, { track: 'help_with_home', outcome: 'granted', issuedOn: null }])
        if (drafted?.alarm !== 'beside_refusal') throw new Error('a draft is no decision')
        const answered = help([...decisions, { track: 'help_with_home', outcome: 'refused', issuedOn }])
        if (answered?.alarm !== null) throw new Error('still alarmed')
      }),
    )
  },
)

t.test('overdue is the day after the deadline, never on it, and never for a need nobody waits with', async (t) => {
  const { municipal_home: days } = DECISION_POLICY.parameters.decideWithinDays
  const standing = (registeredOn: Day | null, open = true) =>
    trackStandings({ forms: ['municipal'], registeredOn, open, serviceDecisionOn: null }, [], TODAY)
  t.match(standing(addDays(TODAY, -days)), [
    { track: 'help_with_home', alarm: null, dueOn: TODAY },
    { track: 'municipal_home', alarm: null },
  ])
  t.match(standing(addDays(TODAY, -days - 1)), [{ alarm: 'overdue' }, { alarm: 'overdue' }])
  t.match(standing(addDays(TODAY, -days - 1), false), [{ alarm: null, dueOn: null }, { alarm: null }])
  t.match(standing(null), [{ alarm: null, dueOn: null }, { alarm: null }])
  for (const answer of standing(addDays(TODAY, -days - 1))) t.match(standingInWords(answer), /Fristen gikk ut/)
  t.match(
    standingInWords({ track: 'municipal_home', standing: 'refused', dueOn: null, alarm: null, recordedOn: null }),
    /nei/,
  )
})

t.test('every form calls for its decisions: two apart for a municipal home, one for an institution', async (t) => {
  const table: Record<string, LegalTrackId[]> = {
    municipal: ['help_with_home', 'municipal_home'],
    municipal_support: ['help_with_home', 'municipal_home', 'health_and_care'],
    colocated_24h: ['help_with_home', 'municipal_home', 'health_and_care'],
    private: ['help_with_home'],
    temporary: ['help_with_home', 'temporary_accommodation'],
    vel_coping: ['health_and_care'],
    long_term_home: ['health_and_care'],
  }
  for (const [form, tracks] of Object.entries(table)) t.strictSame(tracksCalledFor([form]), tracks, form)
  for (const form of FORM_IDS) {
    t.ok(tracksCalledFor([form]).length > 0, `${form} calls for a decision`)
    t.strictSame(
      decisionTasks([form], TODAY, null).map(({ kind }) => kind),
      tracksCalledFor([form]).map((track) => `decide_${track}`),
    )
  }
})

t.test('the last day to appeal is whole weeks later, across both clock changes and 29 February', async (t) => {
  t.equal(lastDayToAppeal('2026-09-01' as Day, 3), '2026-09-22')
  t.equal(lastDayToAppeal('2028-02-15' as Day, 3), '2028-03-07')
  t.equal(lastDayToAppeal('2026-10-20' as Day, 3), '2026-11-10')
  t.equal(lastDayToAppeal('2027-03-20' as Day, 4), '2027-04-17')
})

t.test('what has come of the last appeal goes before whether one can come', async (t) => {
  const deadline = '2026-09-10' as Day
  const appeal = (forwardedOn: Day | null, decidedOn: Day | null) => ({ receivedOn: TODAY, forwardedOn, decidedOn })
  const rows: [string, Parameters<typeof decisionState>][] = [
    ['draft', [null, [], TODAY]],
    ['issued', [deadline, [], deadline]],
    ['final', [deadline, [], addDays(deadline, 1)]],
    ['appealed', [deadline, [appeal(null, null)], addDays(deadline, 100)]],
    ['appeal_forwarded', [deadline, [appeal(TODAY, null)], TODAY]],
    ['appeal_decided', [deadline, [appeal(TODAY, TODAY)], TODAY]],
    ['appealed', [deadline, [appeal(TODAY, TODAY), appeal(null, null)], TODAY]],
  ]
  for (const [state, facts] of rows) t.equal(decisionState(...facts), state)
})

t.test('an appeal is forwarded in time, then its answer is asked for, then nothing more is to be done', async (t) => {
  const received = { receivedOn: TODAY, forwardedOn: null, decidedOn: null }
  const forwarded = { ...received, forwardedOn: TODAY }
  const { forwardAppealWithinDays, appealAnswerWithinDays } = DECISION_POLICY.parameters
  t.equal(appealDueOn(received), addDays(TODAY, forwardAppealWithinDays))
  t.equal(appealDueOn(forwarded), addDays(TODAY, appealAnswerWithinDays))
  t.match(appealTask(received, 'Statsforvalteren'), { kind: 'forward_appeal', reason: /Statsforvalteren/ })
  t.match(appealTask(forwarded, 'Statsforvalteren'), { kind: 'appeal_answer_due' })
  t.equal(appealTask({ ...forwarded, decidedOn: TODAY }, 'Statsforvalteren'), undefined)
})

t.test('lack of homes is a reason for a no to a municipal home alone, and a no says why', async (t) => {
  for (const track of TRACK_IDS) {
    const lack = { track, outcome: 'refused' as const, lackOfSuitableHome: true, reasons: 'Ingen ledige.' }
    if (lackMayRefuse(track)) t.doesNotThrow(() => checkIssuable(lack), track)
    else t.throws(() => checkIssuable(lack), { code: 'invalid_value' }, track)
    t.throws(() => checkIssuable({ ...lack, outcome: 'granted' }), { code: 'invalid_value' })
    const refused = { track, outcome: 'refused' as const, lackOfSuitableHome: false }
    t.throws(() => checkIssuable({ ...refused, reasons: '  ' }), { code: 'invalid_value' })
    t.doesNotThrow(() => checkIssuable({ ...refused, outcome: 'granted', reasons: null }))
  }
  t.strictSame(TRACK_IDS.filter(lackMayRefuse), ['municipal_home'])
})

const FACTS = {
  forms: ['municipal'],
  registeredOn: '2026-05-20' as Day,
  origin: 'prison',
  situationSince: null,
  mustLeaveBy: '2026-10-01' as Day,
  privateRental: 'not_possible',
  childrenBornIn: [],
}

t.test('a draft says what is registered and leaves out what is not', async (t) => {
  const choice = {
    track: 'municipal_home',
    outcome: 'granted',
    lackOfSuitableHome: false,
    language: 'nb',
  } as const
  const draft = (changes: Partial<typeof FACTS> | object = {}) => decisionDraft(choice, { ...FACTS, ...changes }, TODAY)
  t.match(draft(), { mainContent: /en kommunal bolig.*5 år/s, reasons: /20\. mai 2026.*i fengsel.*1\. oktober 2026/s })
  t.notMatch(draft().reasons ?? '', /Slik har det vært/, 'since when nobody has said')
  t.match(draft({ childrenBornIn: [2015] }).mainContent, /7 år/, 'a child of eleven lengthens the lease')
  t.match(draft({ childrenBornIn: [2008] }).mainContent, /5 år/, 'a child of eighteen does not')
  t.match(draft({ childrenBornIn: [2011] }).mainContent, /7 år/, 'one who may be fourteen still does')
  t.notMatch(draft({ origin: null }).reasons ?? '', /Du er nå|flytte derfra/)
  t.notMatch(draft({ privateRental: 'possible' }).reasons ?? '', /leie privat/)
  t.equal(decisionDraft({ ...choice, outcome: 'refused' }, FACTS, TODAY).reasons, null, 'a no is reasoned by a person')
  t.throws(() => draft({ forms: [] }), RangeError)
})
