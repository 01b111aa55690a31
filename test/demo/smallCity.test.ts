import { createHash } from 'node:crypto'
import t from 'tap'
import { generateCity } from '../../src/demo/generate.ts'
import type { DemoCity, NeedRow } from '../../src/demo/rows.ts'
import { addDays, contains, type Day, parseDay } from '../../src/domain/day.ts'
import { DEMO_PEOPLE } from '../../src/features/session/schema.ts'
import { cityProblems } from './cityProblems.ts'

function day(text: string): Day {
  const parsed = parseDay(text)
  if (parsed === undefined) throw new Error(`not a day: ${text}`)
  return parsed
}

const TODAY = day('2026-09-01')
const small = (seed: number, asOf = TODAY) => generateCity({ asOf, seed, size: 'small' })
const hashOf = (city: DemoCity) => createHash('sha256').update(JSON.stringify(city)).digest('hex')
const isOpen = ({ status }: NeedRow) => status === 'draft' || status === 'registered'

t.test('the same seed makes the same city, and another seed, day or size another', async (t) => {
  const hashes = [small(1), small(1), small(2), small(1, day('2026-09-02'))].map(hashOf)
  t.equal(hashes[0], hashes[1])
  t.equal(new Set(hashes).size, 3)
})

t.test('every city keeps the rules of the real one, whatever its seed and day', async (t) => {
  for (const [seed, asOf] of [
    [1, TODAY],
    [2, TODAY],
    [77, TODAY],
    [0, day('2024-02-29')],
    [-5, day('2028-01-01')],
    [4_000_000_000, day('2027-12-31')],
  ] as const) {
    t.same(cityProblems(small(seed, asOf), asOf), [], `seed ${seed}, ${asOf}`)
  }
})

t.test('a broken city is found out', async (t) => {
  const breaks: ((city: DemoCity) => void)[] = [
    (city) => {
      const [first] = city.occupancies
      if (first !== undefined) city.occupancies.push({ ...first, id: city.places[0]?.id ?? '' })
    },
    (city) => {
      const place = city.places.find(({ openDuring }) => openDuring.to === null)
      if (place !== undefined) place.openDuring = { from: addDays(place.openDuring.from, -1), to: null }
    },
    (city) => {
      const [identity] = city.identities
      if (identity !== undefined) identity.personalNumber = '01010112345'
    },
    (city) => {
      const need = city.needs.find(isOpen)
      if (need !== undefined) need.status = 'withdrawn'
    },
    (city) => {
      const stay = city.stays.find(({ during }) => during.to === null)
      if (stay !== undefined) city.stays.push({ ...stay, id: city.accounts[0]?.id ?? '' })
    },
    (city) => {
      city.circleMembers.pop()
    },
    (city) => {
      const [purchase] = city.callOffs
      if (purchase !== undefined) purchase.ordered = { from: addDays(purchase.ordered.from, 1), to: null }
    },
  ]
  for (const [index, damage] of breaks.entries()) {
    const city = small(1)
    damage(city)
    t.not(cityProblems(city, TODAY).length, 0, `break ${index}`)
  }
})

t.test('it has the size and the variety that a first look needs', async (t) => {
  for (const seed of [1, 2, 3]) {
    const city = small(seed)
    const now = city.places.filter(({ openDuring }) => contains(openDuring, TODAY))
    const current = city.stays.filter(({ during }) => during.to === null)
    const open = city.needs.filter(isOpen)
    t.ok(now.length >= 280 && now.length <= 320, `${now.length} places`)
    t.ok(current.length >= 230 && current.length <= 290, `${current.length} current stays`)
    t.ok(open.length >= 50 && open.length <= 72, `${open.length} open needs`)
    t.same([...new Set(city.households.map(({ holdingDistrict }) => holdingDistrict))].sort(), [
      '030101',
      '030102',
      '030112',
    ])
    const forms = new Set(now.map(({ form }) => form))
    for (const form of [
      'vel_emergency',
      'vel_assessment',
      'vel_coping',
      'vel_resource',
      'vel_care',
      'vel_reinforced',
      'private_institution',
      'transitional',
      'colocated_24h',
      'colocated_day',
      'assisted',
      'municipal_support',
      'municipal',
      'private_support',
      'temporary',
    ]) {
      t.ok(forms.has(form), form)
    }
    const vel = city.facilities.filter(({ operatorKind }) => operatorKind === 'vel')
    t.ok(vel.length >= 6 && vel.every(({ serves, operator }) => serves === 'city' && operator === 'Velferdsetaten'))
    const some = (what: string, count: number) => t.ok(count > 0, `${what}: ${count}`)
    some('houses that do not admit', city.facilities.filter(({ admitting }) => !admitting).length)
    some('houses for women', city.facilities.filter(({ genders }) => genders.join() === 'woman').length)
    some(
      'substance-free houses',
      city.facilities.filter(({ substanceStance }) => substanceStance === 'substance_free').length,
    )
    some('houses for families', city.facilities.filter(({ childrenAllowed }) => childrenAllowed).length)
    some(
      'limits on the mix',
      city.facilities.filter(({ maxExtensiveBehaviour }) => maxExtensiveBehaviour !== null).length,
    )
    some('planned openings', city.places.filter(({ openDuring }) => openDuring.from > TODAY).length)
    some(
      'planned closings',
      city.places.filter(({ openDuring }) => openDuring.to !== null && openDuring.to > TODAY).length,
    )
    const lacked = new Set(['no_capacity', 'no_capacity_lost_place', 'outprioritised'])
    t.same(
      city.shortfallRecords.map(({ needId, kind, recordedAt }) => [needId, kind, recordedAt]),
      city.needs
        .filter(({ endedReason, forms }) => lacked.has(endedReason ?? '') && forms.length > 0)
        .map(({ id, endedReason, endedAt }) => [id, endedReason, endedAt]),
      'who went without for lack of room is on record, once',
    )
    some('records of shortfall', city.shortfallRecords.length)
    some('closures today', city.closures.filter(({ during }) => contains(during, TODAY)).length)
    some('drafts', open.filter(({ status }) => status === 'draft').length)
    some('unresolved districts', open.filter(({ responsibleDistrict }) => responsibleDistrict === null).length)
    some('never together', city.neverTogether.length)
    some('purchases', city.callOffs.length)
    some('framework agreements', city.frameworkAgreements.length)
    some('notes on quality', city.qualityNotes.length)
    const guarded = new Set(
      city.residents.filter((one) => one.addressProtection !== 'none').map((one) => one.householdId),
    )
    some('protected people who wait', open.filter(({ householdId }) => guarded.has(householdId)).length)
    const children = new Map(city.householdChildren.map(({ householdId, arrangement }) => [householdId, arrangement]))
    some('waiting families', open.filter(({ householdId }) => children.has(householdId)).length)
    const homes = new Map(current.map(({ householdId, form }) => [householdId, form]))
    some('who live in our places', open.filter(({ householdId }) => homes.has(householdId)).length)
    some('who live in VEL', open.filter(({ householdId }) => homes.get(householdId)?.startsWith('vel_')).length)
    some('ready to move on', open.filter(({ readyToMoveOnSince }) => readyToMoveOnSince !== null).length)
    t.ok(
      city.stays.some(({ during }) => during.to !== null && during.to < '2018-01-01'),
      'years of history',
    )
  }
})

t.test('the demo people are all there, with ids that follow from the seed', async (t) => {
  const city = small(1)
  const accounts = new Map(city.accounts.map((account) => [account.username, account]))
  for (const person of DEMO_PEOPLE) t.ok(accounts.has(person), person)
  t.equal(accounts.size, city.accounts.length, 'usernames are unique')
  t.match(accounts.get('officer_alna'), { role: 'housing_officer', districts: ['030112'] })
  t.match(accounts.get('manager_grunerlokka'), { role: 'district_manager', districts: ['030102'] })
  const [workplace] = accounts.get('facility_staff')?.facilities ?? []
  const house = city.facilities.find(({ id }) => id === workplace)
  t.match(house, { districtCode: '030112', admitting: true })
  t.equal(city.places.find(({ facilityId }) => facilityId === workplace)?.form, 'colocated_24h')
  t.same(
    small(1).accounts.map(({ id }) => id),
    city.accounts.map(({ id }) => id),
  )
})
