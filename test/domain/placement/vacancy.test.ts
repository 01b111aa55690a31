import fc from 'fast-check'
import t from 'tap'
import { addDays, type Day } from '../../../src/domain/day.ts'
import { ELIGIBILITY_RULES } from '../../../src/domain/eligibility.ts'
import type { Place } from '../../../src/domain/place.ts'
import { actionsOf, blockerSentence } from '../../../src/domain/placement/decide.ts'
import { preconditionById } from '../../../src/domain/placement/preconditions.ts'
import { transitionById } from '../../../src/domain/placement/transitions.ts'
import {
  afterMove,
  mayBeOverridden,
  pairOnDay,
  standingOn,
  transferUnfitBy,
  unfitBy,
  vacancyFailing,
} from '../../../src/domain/placement/vacancy.ts'
import { closures, days, holds, occupancies } from '../arbitraries.ts'
import { day, HOUSE, PLACE, pairWith, REQUIREMENTS, TODAY } from '../baseline.ts'

const standing = (place: Partial<Place>, house = {}, on: Day = TODAY, ownHold = false) =>
  standingOn({ ...PLACE, ...place }, { ...HOUSE, ...house }, { on, today: TODAY, ownHold })
const held = (answerBy: Day | null) => ({ during: { from: TODAY, to: null }, answerBy })

t.test('what keeps somebody from a place, until when, and never who', async (t) => {
  t.equal(standing({}), undefined)
  t.match(standing({ occupied: [{ from: TODAY, to: null }] }), { kind: 'taken', until: null })
  t.match(standing({ occupied: [{ from: TODAY, to: day('2026-09-10') }] }), {
    kind: 'taken',
    until: '2026-09-10',
    sentence: 'Noen bor på plassen til 10. september 2026.',
  })
  t.equal(
    standing({ occupied: [{ from: day('2026-01-01'), to: TODAY }] }),
    undefined,
    'out and in on the same day is fine',
  )
  t.match(standing({ held: [held(day('2026-09-05'))] }), { kind: 'held', until: '2026-09-05' })
  t.match(standing({ held: [held(null)] }), { kind: 'held', until: null })
  t.equal(standing({ held: [held(null)] }, {}, TODAY, true), undefined, 'her own hold keeps nothing from her')
  const repair = (to: Day | null, admits = false) => ({ during: { from: TODAY, to }, reason: 'repair', admits })
  t.match(standing({ closures: [repair(day('2026-09-08'))] }), { kind: 'closed', until: '2026-09-08' })
  t.match(standing({ closures: [repair(null)] }), { kind: 'closed', sentence: 'Plassen er sperret.' })
  t.equal(standing({ closures: [repair(null, true)] }), undefined, 'a closure that admits')
  t.match(standing({ open: { from: day('2026-10-01'), to: null } }), { kind: 'not_open' })
  t.match(standing({}, { admitting: false, notAdmittingReason: 'mangler nattevakt' }), {
    kind: 'not_admitting',
    sentence: 'Botilbudet tar ikke imot nå: mangler nattevakt.',
  })
  t.match(standing({}, { admitting: false })?.sentence, /grunn ikke oppgitt/)
})

t.test('nobody moves in beside somebody who lives there, whatever else is the case', async () => {
  fc.assert(
    fc.property(occupancies, closures, holds, days, (occupied, shut, kept, on) => {
      const found = standing({ occupied, closures: shut, held: kept }, {}, on)
      const asked = on < TODAY ? TODAY : on
      const lived = occupied.some(({ from, to }) => from <= asked && (to === null || to > asked))
      return !lived || found !== undefined
    }),
  )
})

t.test('her own hold never makes a place less free', async () => {
  fc.assert(
    fc.property(occupancies, closures, holds, days, (occupied, shut, kept, on) => {
      const place = { occupied, closures: shut, held: kept }
      return standing(place, {}, on) !== undefined || standing(place, {}, on, true) === undefined
    }),
  )
})

t.test('each standing is one precondition of the vacancy', async (t) => {
  t.strictSame(vacancyFailing(undefined), [])
  const said = (kind: 'taken' | 'held' | 'closed' | 'not_open' | 'not_admitting') =>
    vacancyFailing({ kind, until: null, sentence: '' })
  t.strictSame(said('taken'), ['place_not_taken'])
  t.strictSame(said('held'), ['place_not_held'])
  for (const kind of ['closed', 'not_open', 'not_admitting'] as const) t.strictSame(said(kind), ['place_not_closed'])
})

t.test('a place once whoever lives there without an end has moved', async (t) => {
  const ended = { from: day('2026-01-01'), to: day('2026-12-01') }
  t.strictSame(afterMove({ ...PLACE, occupied: [ended, { from: TODAY, to: null }] }).occupied, [ended])
  const pair = pairOnDay(REQUIREMENTS, PLACE, HOUSE, day('2026-09-10'), TODAY)
  t.strictSame(
    pair.requirements.window,
    { from: '2026-09-10', to: addDays(day('2026-09-10'), 1) },
    'the one day of the move',
  )
})

t.test('what a pair fails by, less what the person may say yes to herself', async (t) => {
  t.strictSame(unfitBy(pairWith({}), []), [])
  const small = pairWith({ place: { maxHousehold: 1 }, need: { adults: 2 } })
  t.match(unfitBy(small, []), [{ code: 'household.size', pointer: '' }])
  const away = pairWith({ need: { excludedDistricts: [HOUSE.district] } })
  t.match(unfitBy(away, []), [{ code: 'district.accepted' }])
  t.strictSame(unfitBy(away, ['district.accepted']), [], 'she may want it all the same')
  const pets = pairWith({ house: { petsAllowed: false }, need: { pets: true } })
  t.match(unfitBy(pets, ['pets.accepted']), [{ code: 'pets.accepted' }], 'what the house decides, she cannot set aside')
  const taken = pairWith({ place: { occupied: [{ from: TODAY, to: null }] } })
  t.strictSame(unfitBy(taken, []), [], 'the vacancy is asked on its own')
  t.strictSame(transferUnfitBy(pets, true, []), [], 'in the house she lives in already')
  t.match(transferUnfitBy(pets, false, []), [{ code: 'pets.accepted' }])
  t.match(transferUnfitBy(small, true, []), [{ code: 'household.size' }], 'what differs between its places is asked')
})

t.test('what may be set aside is what the person can say yes to, and one item of readiness', async (t) => {
  t.ok(mayBeOverridden('private_rental_considered'))
  t.notOk(mayBeOverridden('form.accepted'), 'another form is a skip, with a reason of its own')
  for (const { id, relaxable } of ELIGIBILITY_RULES)
    if (id !== 'form.accepted') t.equal(mayBeOverridden(id), relaxable === 'person', id)
})

t.test('what can be done now, and why the rest cannot', async (t) => {
  const accept = transitionById('offer.accept')
  const situation = { state: 'sent' as const, readiness: [], failing: [], overridden: [] }
  t.strictSame(actionsOf([accept], situation), [{ action: accept.action, allowed: true, why: [] }])
  const [refused] = actionsOf([accept], { ...situation, state: 'declined' })
  t.strictSame(refused, { action: accept.action, allowed: false, why: ['Det går ikke nå. Status: Takket nei.'] })
  const { sentence } = preconditionById('place_not_taken')
  t.equal(blockerSentence({ kind: 'precondition', id: 'place_not_taken', sentence }), sentence)
  t.equal(
    blockerSentence({ kind: 'readiness', id: 'x', title: 'Kartlegging', why: 'Den er gammel.' }),
    'Kartlegging: Den er gammel.',
  )
})
