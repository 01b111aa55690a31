import t from 'tap'
import { headingFocus } from '../../../src/web/ui/headingFocus.ts'

t.test('the heading takes focus after a move, and when it replaces one that had it', (t) => {
  const focus = headingFocus()
  t.equal(focus.shouldTake('/a'), false, 'the first page of a visit')
  t.equal(focus.shouldTake('/a'), false, 'the same page again')
  t.equal(focus.shouldTake('/b'), true, 'another page')
  focus.left(true)
  t.equal(focus.shouldTake('/b'), true, 'in place of a heading that had focus')
  focus.left(false)
  t.equal(focus.shouldTake('/b'), false, 'in place of one that had not')
  t.end()
})
