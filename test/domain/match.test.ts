import fc from 'fast-check'
import t from 'tap'
import { ELIGIBILITY_RULES, explain } from '../../src/domain/eligibility.ts'
import { compareMatches, countByForm, fitOf, type Match, matchesIn, pairIn } from '../../src/domain/match.ts'
import { cities, requirements } from './arbitraries.ts'
import { ALNA, day, FROGNER, GRUNERLOKKA, HOUSE, PLACE, REQUIREMENTS, TODAY } from './baseline.ts'
import { cityOf, failing } from './smallCity.ts'

const idsOf = (matches: readonly Match[]) => matches.map(({ place }) => place.id)

t.test('every place is accounted for exactly once', async (t) => {
  let matched = 0
  fc.assert(
    fc.property(cities, requirements, (city, need) => {
      const summary = matchesIn(city, need)
      const failed = failing(city, need)
      const fitting = city.places.filter((_, i) => failed[i]?.length === 0).map(({ id }) => id)
      matched += fitting.length
      const naive = ELIGIBILITY_RULES.map(({ id }) => ({
        id,
        places: failed.filter((rules) => rules.includes(id)).length,
        alone: failed.filter((rules) => rules.join() === id).length,
      })).filter((count) => count.places > 0)
      const counted = summary.excludedBy.map(({ rule, places, alone }) => ({ id: rule.id, places, alone }))
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
      return (
        summary.considered === city.places.length &&
        idsOf(summary.matches).sort().join() === fitting.sort().join() &&
        JSON.stringify(counted.toSorted(byId)) === JSON.stringify(naive.sort(byId)) &&
        counted.every(({ alone, places }, i) => {
          const next = counted[i + 1]
          return next === undefined || alone > next.alone || (alone === next.alone && places >= next.places)
        })
      )
    }),
    { numRuns: 300 },
  )
  t.ok(matched > 0, 'it fits, or the rules that exclude it count it; the counts equal a naive count')

  fc.assert(
    fc.property(cities, requirements, (city, need) => {
      const byId = new Map(city.places.map((place) => [place.id, place]))
      return matchesIn(city, need).matches.every(({ place, facility, availableFrom, fit, unknownRules }) => {
        const pair = pairIn(city, need, byId.get(place.id)!)
        const unknown = explain(pair).filter(({ outcome }) => outcome === 'unknown')
        return (
          facility.id === place.facilityId &&
          pair.availability.kind === 'available' &&
          pair.availability.from === availableFrom &&
          JSON.stringify(fit) === JSON.stringify(fitOf(need, place, facility)) &&
          unknownRules.map(({ id }) => id).join() === unknown.map(({ ruleId }) => ruleId).join()
        )
      })
    }),
    { numRuns: 300 },
  )
  t.pass('a match says from when, how well it fits, and what it is conditional on')
})

t.test('an overdue resident never disappears', async (t) => {
  fc.assert(
    fc.property(cities, requirements, fc.nat(), (city, need, pick) => {
      const overdue = city.places[pick % Math.max(1, city.places.length)]
      if (overdue === undefined) return true
      const since = { from: day('2024-01-01'), to: null }
      const places = city.places.map((place) => (place === overdue ? { ...place, occupied: [since] } : place))
      const now = idsOf(matchesIn({ ...city, places }, need).matches)
      const before = idsOf(matchesIn(city, need).matches)
      return !now.includes(overdue.id) && before.filter((id) => id !== overdue.id).join() === now.join()
    }),
    { numRuns: 300 },
  )
  t.pass('her place never fits anybody, and nothing else changes')
})

t.test('the order', async (t) => {
  fc.assert(
    fc.property(
      cities.chain((city) =>
        fc.tuple(fc.constant(city), fc.shuffledSubarray([...city.places], { minLength: city.places.length })),
      ),
      requirements,
      ([city, shuffled], need) => {
        const one = matchesIn(city, need)
        const other = matchesIn({ ...city, places: shuffled }, need)
        return JSON.stringify(one) === JSON.stringify(other)
      },
    ),
    { numRuns: 300 },
  )
  t.pass('is the same in whatever order the places arrive')

  const matches = fc
    .record({
      id: fc.constantFrom('a', 'b', 'c'),
      formRank: fc.nat(1),
      homeDistrict: fc.boolean(),
      wanted: fc.nat(1),
      staffing: fc.constantFrom(-1, 0, 1, null),
      unknown: fc.nat(1),
      availableFrom: fc.constantFrom(TODAY, day('2026-10-01')),
    })
    .map(
      ({ id, formRank, homeDistrict, wanted, staffing, unknown, availableFrom }): Match => ({
        place: { ...PLACE, id },
        facility: HOUSE,
        availableFrom,
        fit: {
          formRank,
          homeDistrict,
          wantedPresent: ['lift'].slice(0, wanted),
          wantedMissing: [],
          staffingDifference: staffing,
        },
        unknownRules: ELIGIBILITY_RULES.slice(0, unknown),
      }),
    )
  fc.assert(
    fc.property(matches, matches, matches, (a, b, c) => {
      const sign = (x: Match, y: Match) => Math.sign(compareMatches(x, y))
      return (
        compareMatches(a, a) === 0 &&
        sign(a, b) === -sign(b, a) &&
        !(sign(a, b) <= 0 && sign(b, c) <= 0 && sign(a, c) > 0) &&
        (a.place.id === b.place.id || sign(a, b) !== 0)
      )
    }),
    { numRuns: 1500 },
  )
  t.pass('is a total order, and only the same place is equal to itself')

  const plain: Match = {
    place: { ...PLACE, id: 'b' },
    facility: HOUSE,
    availableFrom: day('2026-09-10'),
    fit: { formRank: 1, homeDistrict: false, wantedPresent: ['lift'], wantedMissing: [], staffingDifference: 2 },
    unknownRules: ELIGIBILITY_RULES.slice(0, 1),
  }
  // each is better by one part and worse by all later ones
  const last: Partial<Match> = { place: { ...PLACE, id: 'z' } }
  const later = { ...last, availableFrom: day('2027-01-01') }
  const conditional = { ...later, unknownRules: ELIGIBILITY_RULES.slice(0, 3) }
  const fit = (change: Partial<Match['fit']>) => ({ fit: { ...plain.fit, ...change } })
  const better: Record<string, Partial<Match>> = {
    'a form wanted more': { ...conditional, ...fit({ formRank: 0, wantedPresent: [], staffingDifference: -4 }) },
    'the home district': { ...conditional, ...fit({ homeDistrict: true, wantedPresent: [], staffingDifference: -4 }) },
    'more of what is wanted': {
      ...conditional,
      ...fit({ wantedPresent: ['lift', 'own_bathroom'], staffingDifference: -4 }),
    },
    'less lack than excess of staffing': { ...conditional, ...fit({ staffingDifference: -1 }) },
    'staffing nobody knows, which lowers nobody': { ...conditional, ...fit({ staffingDifference: null }) },
    'fewer conditions': { ...later, unknownRules: [] },
    'free earlier': { ...last, availableFrom: day('2026-09-09') },
    'the id, at last': { place: { ...PLACE, id: 'a' } },
  }
  for (const [name, change] of Object.entries(better)) {
    t.ok(compareMatches({ ...plain, ...change }, plain) < 0, name)
    t.ok(compareMatches(plain, { ...plain, ...change }) > 0, `${name}, the other way round`)
  }
})

t.test('fit', async (t) => {
  const need = { ...REQUIREMENTS, wantedFeatures: ['lift', 'own_bathroom'], wantedDistricts: [FROGNER] }
  t.same(fitOf(need, PLACE, HOUSE), {
    formRank: 0,
    homeDistrict: true,
    wantedPresent: ['own_bathroom'],
    wantedMissing: ['lift'],
    staffingDifference: 0,
  })
  t.match(fitOf(need, { ...PLACE, form: 'municipal_support' }, HOUSE), { formRank: 1, staffingDifference: 1 })
  t.match(
    fitOf({ ...need, forms: ['municipal_support', 'municipal'] }, PLACE, HOUSE),
    { formRank: 1, staffingDifference: -1 },
    'the staffing of the form wanted most is what it is held against',
  )
  t.equal(fitOf(need, PLACE, { ...HOUSE, district: FROGNER }).homeDistrict, true, 'a bydel she wants counts as home')
  t.equal(fitOf(need, PLACE, { ...HOUSE, district: GRUNERLOKKA }).homeDistrict, false)
  t.equal(fitOf({ ...need, district: GRUNERLOKKA }, PLACE, { ...HOUSE, district: ALNA }).homeDistrict, false)
  t.equal(
    fitOf({ ...need, forms: ['assisted', 'municipal'] }, PLACE, HOUSE).staffingDifference,
    null,
    '«varierer» is not a level',
  )
  t.match(fitOf({ ...need, forms: [] }, PLACE, HOUSE), { formRank: 0, staffingDifference: 0 }, 'no form chosen yet')
})

t.test('count by form', async (t) => {
  const city = cityOf({}, { form: 'municipal_support' }, {}, { form: 'private' })
  const { matches } = matchesIn(city, REQUIREMENTS)
  t.same(countByForm(['municipal_support', 'municipal', 'assisted'], matches), [
    { form: 'municipal_support', places: 1 },
    { form: 'municipal', places: 2 },
    { form: 'assisted', places: 0 },
  ])
})
