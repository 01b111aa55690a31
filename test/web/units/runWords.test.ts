import t from 'tap'
import type { PlacePrice } from '../../../src/web/api/placePrices.ts'
import type { Achievement, MatchingSummary } from '../../../src/web/api/runs.ts'
import {
  bestOfDistricts,
  gainInWords,
  mostInWords,
  movesInWords,
  peopleInCell,
  peopleInTile,
} from '../../../src/web/pages/onePlaceMore/priceWords.ts'
import { readOnePlaceMoreSearch } from '../../../src/web/pages/onePlaceMore/search.ts'
import { chainInWords } from '../../../src/web/pages/runs/runWords.ts'
import {
  certaintyInWords,
  comparisonInWords,
  limitInWords,
  putOffInWords,
  wayInWords,
} from '../../../src/web/pages/runs/summaryWords.ts'
import { groundsInWords, inSituation, waitedInWords } from '../../../src/web/pages/waitingList/words.ts'

const valued = (...values: number[]): MatchingSummary['values'] =>
  ['class_1', 'class_2', 'home_district'].map((id, i) => ({ id, value: values[i] ?? 0 }))

const certainty = (proven: boolean, values: number[], boundValues: number[], unboundedValues: number[]) =>
  certaintyInWords({
    proven,
    values: valued(...values),
    boundValues: valued(...boundValues),
    unboundedValues: valued(...unboundedValues),
  }).join(' ')

t.test('a proof is claimed when there is one, with what it holds for', (t) => {
  const free = certainty(true, [2, 5, 1], [2, 5, 1], [2, 5, 1])
  t.match(free, /^Det er bevist at ingen andre flyttinger gir et bedre resultat\. Det gjelder også uten grensene/)
  const limited = certainty(true, [2, 5, 1], [2, 5, 1], [2, 7, 0])
  t.match(limited, /^Det er bevist at ingen andre flyttinger gir et bedre resultat innenfor grensene/)
  t.match(
    limited,
    /Uten de grensene kunne 2 husstander til i hasteklasse 2 ha fått plass, og ingen flere i klassene foran\./,
  )
  t.match(certainty(true, [2, 5, 1], [2, 5, 1], [2, 5, 3]), /endret ikke hvor mange som får plass i noen hasteklasse/)
  for (const claimed of [free, limited]) t.match(claimed, /Beviset gjelder reglene, prioriteringen og opplysningene/)
  t.end()
})

t.test('without a proof the answer says so, and how much better another could be', (t) => {
  const people = certainty(false, [2, 5, 1], [3, 0, 0], [9, 9, 9])
  t.match(people, /^Det er ikke bevist at dette er det beste settet av flyttinger/)
  t.match(people, /høyst 1 husstand til i hasteklasse 1\./, 'by the bound, which is nearer than what is without limits')
  const fit = certainty(false, [2, 5, 1], [2, 5, 4], [9, 9, 9])
  t.match(fit, /Det er bevist at ikke flere kan få plass i noen hasteklasse uten at en klasse foran får færre\./)
  for (const said of [people, fit]) t.notMatch(said, /bevist at ingen andre flyttinger/)
  t.end()
})

const achieved = (changes: Partial<Achievement>): Achievement => ({
  id: 'best',
  title: '',
  proven: true,
  placed: 10,
  byClass: { 1: 3, 2: 2, 3: 5 },
  intoFreedHomes: 1,
  daysInSituation: 100,
  ...changes,
})

t.test('the comparison in words names each way with its numbers, and no proof that it lacks', (t) => {
  const greedy = achieved({ id: 'hardest_place_first', proven: null, placed: 8, byClass: { 1: 1, 2: 0 } })
  t.equal(
    comparisonInWords([achieved({}), greedy]),
    'Det beste settet av flyttinger gir plass til 10 husstander, 5 av dem i hasteklasse 1 og 2. Andre måter på de samme plassene: «vanskeligste plass først» 8 (1). Det beste settet legger mest vekt på dem som har det vanskeligst, ikke bare på antallet.',
  )
  t.match(comparisonInWords([achieved({ proven: false })]), /^Det beste settet av flyttinger som ble funnet, gir plass/)
  t.equal(wayInWords(greedy), 'Vanskeligste plass først: 8, av dem 1 i hasteklasse 1 og 2')
  t.match(
    wayInWords(achieved({ id: 'without_chains', proven: false })),
    /^Uten boligkjeder \(ikke bevist at det er best\): /,
  )
  t.match(comparisonInWords([]), /ikke sammenlignet/)
  t.end()
})

t.test('a move says where it stands in a chain of several', (t) => {
  t.equal(chainInWords({ chain: 6, position: 0, chainMoves: 3 }), 'Flytting 1 av 3 i boligkjede 7.')
  t.equal(
    chainInWords({ chain: 6, position: 1, chainMoves: 3 }),
    'Flytting 2 av 3 i boligkjede 7. Venter på flyttingen før.',
  )
  t.equal(chainInWords({ chain: 6, position: 0, chainMoves: 1 }), undefined, 'one move is no chain')
  t.equal(chainInWords({ chain: 6, position: 0, chainMoves: null }), undefined, 'whose chain she may not see')
  t.end()
})

t.test('grounds that stand alone are put in a row', (t) => {
  t.equal(groundsInWords(['Må flytte i natt', 'Barn bor der']), 'Må flytte i natt; barn bor der')
  t.equal(groundsInWords([]), '')
  t.end()
})

t.test('what decides within a class stands in the queue, known or not', (t) => {
  t.equal(inSituation(1, 730), '1 dag')
  t.equal(inSituation(0, 730), '0 dager')
  t.equal(inSituation(730, 730), '730 dager eller mer')
  t.equal(inSituation(null, 730), 'Vi vet ikke hvor lenge')
  const waited = { daysSinceRegistration: 730, targetDays: 14, daysOverTarget: 716 }
  t.equal(waitedInWords(waited, 730), '730 dager eller mer, 716 dager over målet på 14 dager')
  t.end()
})

t.test('what one more place gives, in words', async (t) => {
  const gain = (people: number, byClass: Record<string, number>) => ({ people, byClass })
  t.equal(gainInWords(gain(0, { 1: 0, 5: 0 })), 'Ingen flere får plass.')
  t.equal(gainInWords(gain(2, { 1: 1, 4: 1 })), '2 flere får plass: 1 i hasteklasse 1 og 1 i hasteklasse 4.')
  const exchange = gain(-1, { 1: 1, 5: -2 })
  t.equal(gainInWords(exchange), '1 færre får plass: 1 til i hasteklasse 1 og 2 færre i hasteklasse 5.')
  t.match(gainInWords(gain(0, { 1: 1, 5: -1 })), /^Like mange får plass: /)
  t.equal(peopleInCell(gain(2, { 1: 2 })), '2')
  t.equal(peopleInCell(exchange), '−1 (bytte)')
  for (const [people, byClass, tile] of [
    [1, { 1: 1 }, '1 til'],
    [2, { 1: 2 }, '2 flere'],
    [0, { 1: 0 }, 'ingen flere'],
    [0, { 1: 1, 5: -1 }, 'bytte'],
    [-1, { 1: 1, 5: -2 }, '1 færre (bytte)'],
  ] as const)
    t.equal(peopleInTile(gain(people, byClass)), tile)

  const price = (form: string, variant: 'usual' | 'accessible', district: string, people: number) =>
    ({
      form,
      formName: form === 'municipal' ? 'Kommunal bolig' : 'Omsorg (VEL)',
      variant,
      variantName: variant === 'usual' ? 'Vanlig' : 'Tilpasset rullestol',
      district,
      districtName: district === '030112' ? 'Alna' : 'Sagene',
      people,
      byClass: { 1: people },
    }) as unknown as PlacePrice
  const items = [
    price('municipal', 'accessible', '030112', 2),
    price('vel_care', 'usual', '030103', 2),
    price('municipal', 'usual', '030103', 1),
  ]
  t.equal(
    mostInWords(items),
    'Mest hjelper kommunal bolig, tilpasset rullestol, i Bydel Alna. 2 flere får plass: 2 i hasteklasse 1. 1 annen gir like mye.',
  )
  t.match(mostInWords([price('municipal', 'usual', '030103', 0)]), /^Ingen plass alene/)
  t.same(
    bestOfDistricts(items).map(({ district, form }) => [district, form]),
    [
      ['030103', 'vel_care'],
      ['030112', 'municipal'],
    ],
  )
  const names = { form: (id: string) => (id === 'vel_care' ? 'Omsorg (VEL)' : id), district: () => 'Alna' }
  const to = { form: 'vel_care', district: '030112' } as const
  t.same(
    movesInWords(
      [
        { urgencyClass: 1, district: '030112', kind: 'gets_place', to },
        { urgencyClass: 4, district: null, kind: 'gets_other_place', to },
        { urgencyClass: 5, district: null, kind: 'goes_without', to: null },
      ],
      names,
    ).map(({ sentence }) => sentence),
    [
      'En husstand i hasteklasse 1 fra Bydel Alna får den nye plassen.',
      'En husstand i hasteklasse 4 bytter til plassen som da blir ledig: omsorg (VEL) i Bydel Alna.',
      'En husstand i hasteklasse 5 får ikke plass likevel.',
    ],
  )
  t.same(readOnePlaceMoreSearch({ bydel: '030112', boligform: 'municipal', utgave: 'tilpasset', x: 1 }), {
    bydel: '030112',
    boligform: 'municipal',
    utgave: 'tilpasset',
  })
  t.same(readOnePlaceMoreSearch({ bydel: 'Alna', boligform: '<', utgave: 'stor' }), {})
})

t.test('a limit is said with what it kept away, and what was put off', (t) => {
  const limit = { id: 'team', name: 'Plass i booppfølgingen', sentence: '', moves: 1 } as const
  t.equal(limitInWords(limit), 'Plass i booppfølgingen: 1 flytting')
  t.equal(limitInWords({ ...limit, moves: 12 }), 'Plass i booppfølgingen: 12 flyttinger')
  t.equal(putOffInWords({}), undefined, 'nobody looked')
  t.equal(putOffInWords({ putOff: 0 }), undefined)
  t.equal(
    putOffInWords({ putOff: 3 }),
    '3 flyttinger er lagt til en senere måned, fordi huset eller booppfølgingen ikke tar imot flere før.',
  )
  t.end()
})
