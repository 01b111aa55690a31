import t from 'tap'
import { conclusion, fitRows, ruleRows, tellingRows } from '../../../src/web/pages/matches/comparison.ts'
import { aFit, anExplanation, aVerdict, names } from './records.ts'

t.test('one row a rule, one cell a place, in the order of the places', (t) => {
  const fits = anExplanation({ rules: [aVerdict('a', 'passed', 'ja'), aVerdict('b', 'unknown', 'ikke vurdert')] })
  const doesNot = anExplanation({
    eligible: false,
    rules: [aVerdict('b', 'passed', 'ja'), aVerdict('a', 'failed', 'nei')],
  })
  t.same(ruleRows([fits, doesNot]), [
    {
      id: 'a',
      title: 'A',
      needed: 'trengt',
      cells: [
        { outcome: 'met', text: 'ja' },
        { outcome: 'missing', text: 'nei' },
      ],
    },
    {
      id: 'b',
      title: 'B',
      needed: 'trengt',
      cells: [
        { outcome: 'unknown', text: 'ikke vurdert' },
        { outcome: 'met', text: 'ja' },
      ],
    },
  ])
  t.same(ruleRows([]), [])
  t.end()
})

t.test('a rule that one answer lacks is not taken for met', (t) => {
  const rows = ruleRows([anExplanation({ rules: [aVerdict('a', 'passed')] }), anExplanation()])
  t.equal(rows[0]?.cells[1], null)
  t.end()
})

t.test('the parts of the fit in words', (t) => {
  const best = anExplanation({ fit: aFit() })
  const other = anExplanation({
    fit: aFit({
      formRank: 1,
      homeDistrict: false,
      wantedPresent: ['lift'],
      wantedMissing: ['furnished'],
      staffingDifference: -1,
    }),
  })
  const none = anExplanation({ fit: aFit({ wantedMissing: ['lift', 'furnished'], staffingDifference: null }) })
  const notAsked = anExplanation({ fit: null })
  const rows = fitRows([best, other, none, notAsked], 2, names)
  const row = (id: string) => rows.find((candidate) => candidate.id === id)?.cells
  t.same(
    row('form')?.map((cell) => cell?.outcome),
    ['met', 'partly', 'met', undefined],
  )
  t.match(row('form')?.[1], { text: 'valg nummer 2' })
  t.match(row('district')?.[1], { outcome: 'missing' })
  t.match(row('wishes')?.[1], { outcome: 'partly', text: '1 av 2, mangler egenskap furnished' })
  t.match(row('wishes')?.[2], { outcome: 'missing' })
  t.match(row('staffing')?.[1], { outcome: 'partly', text: 'ett trinn mindre enn i førstevalget' })
  t.match(row('staffing')?.[2], { outcome: 'unknown' })
  t.equal(row('staffing')?.[3], null, 'a form that nobody asked for has no fit')
  t.end()
})

t.test('the whole in one sentence', (t) => {
  t.equal(conclusion(anExplanation({ rules: [aVerdict('a', 'passed')] })), 'Passer')
  t.equal(
    conclusion(anExplanation({ rules: [aVerdict('a', 'unknown'), aVerdict('b', 'passed')] })),
    'Passer, men vi vet ikke nok om: a',
  )
  t.equal(
    conclusion(anExplanation({ eligible: false, rules: [aVerdict('a', 'failed'), aVerdict('b', 'unknown')] })),
    'Passer ikke: a',
    'what is unknown keeps nobody away',
  )
  t.end()
})

t.test('what all places meet tells them not apart', (t) => {
  const rules = [aVerdict('a', 'passed'), aVerdict('b', 'unknown'), aVerdict('c', 'failed')]
  const rows = ruleRows([
    anExplanation({ rules }),
    anExplanation({ rules: rules.map((rule) => ({ ...rule, outcome: 'passed' })) }),
  ])
  t.same(
    tellingRows(rows).map(({ id }) => id),
    ['b', 'c'],
  )
  t.end()
})
