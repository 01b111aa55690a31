import t from 'tap'
import { missingInWords, missingItems, stopsInWords } from '../../../src/web/pages/needs/readiness.ts'
import { anItem } from './records.ts'

t.test('what stops the earliest step comes first; what is there is left out', (t) => {
  const items = [
    anItem('plan', false, 'none'),
    anItem('decision', false, 'move_in'),
    anItem('window', false, 'offer'),
    anItem('assessment', true, 'referral'),
    anItem('forms', false, 'ranking'),
  ]
  t.same(
    missingItems(items).map(({ id }) => id),
    ['forms', 'window', 'decision', 'plan'],
  )
  t.end()
})

t.test('in words', (t) => {
  t.equal(stopsInWords({ stops: 'none' }), 'Stopper ingenting')
  t.equal(stopsInWords({ stops: 'offer' }), 'Stopper: tilbud om plass')
  t.equal(missingInWords(0), 'Ingenting mangler')
  t.equal(missingInWords(1), '1 ting mangler')
  t.end()
})
