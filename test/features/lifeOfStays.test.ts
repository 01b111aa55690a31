import fc from 'fast-check'
import t from 'tap'
import { addDays, type Day } from '../../src/domain/day.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, type Person } from '../support/fixtures.ts'
import { brokenIn, type Lived, livedIn } from '../support/lives.ts'
import { throughIntake } from '../support/throughIntake.ts'

const RUNS = Number(process.env.LIFE_RUNS ?? 8)
t.setTimeout((RUNS + 5) * 30_000)

const app = await testApp(t)
const { owner, deps } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })
const intake = await app.signedInAs({ role: 'intake_officer' })

const VERBS = [
  'register_need',
  'offer',
  'accept',
  'decline',
  'withdraw',
  'sign_lease',
  'move_in',
  'not_arrive',
  'extend',
  'depart',
  'correct_departure',
  'correct_move_in',
  'transfer',
  'end_need',
  'close_place',
  'stop_or_start_admitting',
  'reserve',
  'release',
  'days_pass',
] as const
type Verb = (typeof VERBS)[number]

/** Something somebody tries: on which of what there is, how many days back, and in which of the ways that there are. */
interface Step {
  verb: Verb
  which: number
  to: number
  back: number
  way: boolean
}
const step: fc.Arbitrary<Step> = fc.record({
  verb: fc.oneof<fc.WeightedArbitrary<Verb>[]>(
    { weight: 6, arbitrary: fc.constant('offer') },
    { weight: 6, arbitrary: fc.constant('accept') },
    { weight: 4, arbitrary: fc.constant('sign_lease') },
    { weight: 5, arbitrary: fc.constant('move_in') },
    { weight: 4, arbitrary: fc.constant('depart') },
    { weight: 3, arbitrary: fc.constantFrom<Verb>('not_arrive', 'correct_departure', 'register_need') },
    { weight: 3, arbitrary: fc.constant('days_pass') },
    { weight: 8, arbitrary: fc.constantFrom<Verb>(...VERBS) },
  ),
  which: fc.nat(11),
  to: fc.nat(11),
  back: fc.constantFrom(0, 0, 0, 1, 2, 5),
  way: fc.boolean(),
})

const tryTo = (verb: Verb, more: Partial<Step> = {}): Step => ({ verb, which: 0, to: 0, back: 0, way: false, ...more })
const promised = (to: number) => [tryTo('offer', { to, way: true }), tryTo('accept')]
const takenAway = [
  tryTo('withdraw'),
  tryTo('decline'),
  tryTo('decline', { way: true }),
  tryTo('end_need'),
  tryTo('days_pass'),
  tryTo('days_pass'),
  tryTo('not_arrive'),
]

/** What each wall stands against, tried at every run whatever chance brings besides. */
const WALLS: Step[][] = [
  // she has left for a home that is signed, and has nothing else
  [...promised(4), tryTo('sign_lease'), tryTo('depart', { way: true }), ...takenAway, tryTo('move_in')],
  // she has left for one that is decided, and it is recorded late
  [...promised(1), tryTo('depart', { way: true, back: 5 }), ...takenAway, tryTo('move_in')],
  // she never left: said so, the new home may be given up, and the old one is hers
  [
    ...promised(1),
    tryTo('depart', { way: true }),
    tryTo('correct_departure', { way: true }),
    tryTo('days_pass'),
    tryTo('not_arrive'),
  ],
  // the one who leaves is followed before she comes back on paper
  [
    tryTo('depart', { which: 1 }),
    tryTo('offer', { which: 3, to: 2, way: true }),
    tryTo('correct_departure', { way: true }),
    tryTo('withdraw', { way: true }),
    tryTo('correct_departure', { way: true }),
  ],
  // everything once
  [
    tryTo('offer', { which: 3, to: 4, way: true }),
    tryTo('accept'),
    tryTo('days_pass'),
    tryTo('not_arrive'),
    tryTo('extend', { which: 1, to: 3 }),
    tryTo('correct_move_in', { back: 1 }),
    tryTo('transfer', { which: 1, to: 1 }),
    tryTo('depart', { which: 1 }),
    tryTo('correct_departure', { which: 1, way: true }),
    tryTo('offer', { which: 3, to: 6, way: false }),
    tryTo('decline', { way: true }),
    tryTo('end_need', { which: 3 }),
    tryTo('register_need'),
  ],
  // a place that is kept for one is not given to another, and is hers to be offered
  [
    tryTo('reserve', { which: 3, to: 4 }),
    tryTo('offer', { which: 0, to: 4, way: true }),
    tryTo('release'),
    tryTo('reserve', { which: 3, to: 4 }),
    tryTo('offer', { which: 3, to: 4, way: true }),
    tryTo('accept'),
    // and once she has said yes neither is it closed nor does its house stop
    tryTo('close_place', { to: 4 }),
    tryTo('stop_or_start_admitting', { way: true }),
    tryTo('sign_lease'),
    tryTo('move_in'),
    tryTo('close_place', { to: 4 }),
    tryTo('stop_or_start_admitting', { way: true }),
    tryTo('stop_or_start_admitting', { way: true }),
  ],
]

/** Three who live somewhere, one in an institution, and one who does not; five places in two houses. */
async function smallCity() {
  const houses = [await given.facility({ name: 'Heimen' }), await given.facility({ name: 'Bakken' })]
  const places: { id: string; form: string }[] = []
  for (const [house, form] of [
    [0, 'vel_coping'],
    [0, 'vel_coping'],
    [1, 'municipal'],
    [1, 'municipal'],
    [1, 'municipal'],
  ] as const)
    places.push({ id: await given.place(houses[house] ?? '', { form }), form })
  const people: Person[] = []
  for (let i = 0; i < 4; i += 1) people.push(await given.resident(ALNA))
  for (const [who, where] of [
    [0, 0],
    [1, 2],
    [2, 3],
  ] as const) {
    const [person, place] = [people[who], places[where]]
    if (person === undefined || place === undefined) throw new Error('the city is too small')
    await given.livesIn(person, place.id, '[2026-03-01,)', {
      form: place.form,
      expected_until: who === 1 ? '2026-08-20' : null,
    })
  }
  for (const person of people) await registerNeed(person)
  return { houses, places, people }
}
async function registerNeed(person: Person) {
  const id = await given.need(person, {
    forms: ['municipal', 'vel_coping'],
    needed_during: '[2026-08-01,)',
    private_rental: 'not_possible',
    private_rental_considered_on: '2026-08-01',
    service_decision_on: '2026-08-01',
  })
  await given.assessment(id, ALNA, officer.accountId)
}
type SmallCity = Awaited<ReturnType<typeof smallCity>>

const pick = <T>(from: readonly T[], which: number): T | undefined =>
  from.length === 0 ? undefined : from[which % from.length]
const at = (version: number) => ({ 'if-match': `"${version}"` })
const done = new Map<Verb, number>()
const refused = new Map<string, number>()

/** Tries one step through the API, and answers with what came of it. Whatever is refused must have been refused by a rule. */
async function tried(city: SmallCity, { verb, which, to, back, way }: Step, lived: Lived): Promise<number | null> {
  const today = deps.demoDate as Day
  const day = addDays(today, -back)
  const offers = lived.offers.filter(({ open }) => open)
  const stays = (present: boolean) => lived.stays.filter((stay) => (stay.to === null) === present)
  const noted = (path: string, answer: Awaited<ReturnType<typeof officer.post>>) => {
    if (answer.statusCode >= 500) throw new Error(`${path}: ${answer.body}`)
    const key = answer.statusCode < 300 ? 'done' : `${verb}: ${answer.json().code}`
    refused.set(key, (refused.get(key) ?? 0) + 1)
    return answer.statusCode
  }
  const send = async (path: string, body: unknown, version?: number) =>
    noted(path, await officer.post(path, body, version === undefined ? {} : at(version)))
  const onOffer = (action: string, body: unknown, of = offers) => {
    const offer = pick(of, which)
    return offer === undefined ? null : send(`/offers/${offer.id}/${action}`, body, offer.version)
  }
  const onStay = (action: string, body: (stay: Lived['stays'][number]) => unknown, of: Lived['stays']) => {
    const stay = pick(of, which)
    return stay === undefined ? null : send(`/stays/${stay.id}/${action}`, body(stay), stay.version)
  }
  const accepted = offers.filter((offer) => offer.accepted)
  switch (verb) {
    case 'register_need': {
      const person = pick(
        city.people.filter(
          ({ householdId }) => !lived.needs.some((need) => need.householdId === householdId && need.open),
        ),
        which,
      )
      if (person === undefined) return null
      await registerNeed(person)
      return 200
    }
    case 'offer': {
      const need = pick(
        lived.needs.filter(({ open }) => open),
        which,
      )
      const place = pick(city.places, to)
      if (need === undefined || place === undefined) return null
      const wanted = { needId: need.id, placeId: place.id, moveInOn: addDays(today, to % 4), answerBy: today }
      const direct = await officer.post('/offers', { ...wanted, reserve: way })
      // one of VEL's places is had through Felles inntak, unless she comes back by right
      if (direct.json().code !== 'needs_referral') return noted('/offers', direct)
      return noted('/referrals', await throughIntake(officer, intake, { ...wanted, form: place.form }))
    }
    case 'accept':
      return onOffer('acceptance', undefined, way ? offers : offers.filter((offer) => !offer.accepted))
    case 'decline':
      return onOffer('decline', { party: 'resident', reason: way ? 'area' : 'found_own' })
    case 'withdraw':
      return onOffer('withdrawal', { reason: 'sent_by_mistake' }, way ? offers : accepted)
    case 'sign_lease':
      return onOffer('lease', { signedOn: day, during: { from: day, to: null }, termReason: 'Avtalt slik.' }, accepted)
    case 'move_in':
      return onOffer('move-in', { on: day }, accepted)
    case 'not_arrive':
      return onOffer('non-arrival', { reason: 'no_contact' }, accepted)
    case 'extend':
      return onStay(
        'extension',
        () => ({ expectedUntil: addDays(today, 1 + to), reason: 'goal_not_reached' }),
        stays(true),
      )
    case 'depart':
      return onStay('departure', () => ({ on: day, reason: way ? 'moved_on' : 'own_wish' }), stays(true))
    case 'correct_departure':
      return onStay('departure-correction', () => ({ on: way ? null : day, reason: 'wrong_day' }), stays(false))
    case 'correct_move_in':
      return onStay('move-in-correction', () => ({ on: day, reason: 'wrong_day' }), lived.stays)
    case 'transfer':
      return onStay(
        'transfer',
        (stay) => ({
          placeId: pick(
            city.places.filter(({ form, id }) => form === stay.form && id !== stay.placeId),
            to,
          )?.id,
          on: day,
          reason: 'better_fit',
        }),
        stays(true),
      )
    case 'end_need': {
      const need = pick(
        lived.needs.filter(({ open }) => open),
        which,
      )
      return need === undefined ? null : send(`/needs/${need.id}/withdrawal`, { reason: 'moved_within' }, need.version)
    }
    case 'close_place': {
      const path = `/places/${pick(city.places, to)?.id}/closures`
      return noted(path, await manager.post(path, { during: { from: day, to: addDays(today, 3) }, reason: 'repair' }))
    }
    case 'stop_or_start_admitting': {
      const path = `/facilities/${city.houses[way ? 1 : 0]}`
      const { admitting, version } = (await manager.get(path)).json()
      const body = { admitting: !admitting, notAdmittingReason: admitting ? 'Mangler nattevakt' : null }
      return noted(path, await manager.patch(path, body, version))
    }
    case 'reserve': {
      const need = pick(
        lived.needs.filter(({ open }) => open),
        which,
      )
      const moveInOn = addDays(today, back)
      return need === undefined
        ? null
        : send('/holds', { needId: need.id, placeId: pick(city.places, to)?.id, moveInOn })
    }
    case 'release': {
      const { items } = (await officer.get('/holds?state=running')).json()
      const own = items.filter(({ needId }: { needId: string }) => lived.needs.some(({ id }) => id === needId))
      const hold = pick<{ id: string; version: number }>(own, which)
      return hold === undefined ? null : send(`/holds/${hold.id}/release`, undefined, hold.version)
    }
    case 'days_pass':
      deps.demoDate = addDays(today, 1 + (to % 5))
      return 200
  }
}

async function live(steps: Step[]) {
  deps.demoDate = TODAY
  const city = await smallCity()
  const households = city.people.map(({ householdId }) => householdId)
  let before = await livedIn(owner, households, deps.demoDate)
  for (const [n, one] of steps.entries()) {
    const status = await tried(city, one, before)
    if (status !== null && status < 300) done.set(one.verb, (done.get(one.verb) ?? 0) + 1)
    const after = await livedIn(owner, households, deps.demoDate)
    const places = new Map<string, boolean>()
    for (const house of city.houses)
      for (const place of (await officer.get(`/places?facilityId=${house}`)).json().items)
        places.set(place.id, place.taken)
    const broken = brokenIn(before, after, {
      verb: one.verb,
      moveOn: one.way,
      taken: places,
      today: deps.demoDate as Day,
    })
    if (broken.length > 0) throw new Error(`after step ${n}, ${one.verb} (${status}): ${broken.join('; ')}`)
    before = after
  }
}

t.test('whatever is tried in whatever order, no place is given twice and nobody loses a home', async (t) => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 60, size: 'max' }), live), {
    numRuns: WALLS.length + RUNS,
    examples: WALLS.map((steps): [Step[]] => [steps]),
    endOnFailure: process.env.LIFE_SHRINK === undefined,
  })
  t.comment(JSON.stringify({ done: Object.fromEntries(done), refused: Object.fromEntries(refused) }))
  for (const verb of VERBS) t.ok((done.get(verb) ?? 0) > 0, `${verb} was done`)
})
