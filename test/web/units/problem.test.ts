import t from 'tap'
import { ApiError, isMissing, isPassing, problemOf, readProblem } from '../../../src/web/api/problem.ts'

t.test('an answer that is no problem document still becomes one', (t) => {
  const problem = readProblem(502, '<html>')
  t.equal(problem.code, 'unexpected')
  t.equal(problem.status, 502)
  t.end()
})

t.test('of the listed errors only those with pointer, code and detail are kept', (t) => {
  const listed = [1, { pointer: '/a', code: 'c', detail: 'd' }, { pointer: '/b' }]
  t.same(readProblem(422, { title: 'x', errors: listed }).errors, [{ pointer: '/a', code: 'c', detail: 'd' }])
  t.end()
})

t.test('a conflict names what stands in the way only when it is named in full', (t) => {
  const blocking = { kind: 'need', id: 'x' }
  t.same(readProblem(409, { title: 'x', blocking }).blocking, blocking)
  t.equal(readProblem(409, { title: 'x', blocking: { kind: 'need' } }).blocking, null)
  t.equal(readProblem(409, { title: 'x' }).blocking, null)
  t.end()
})

t.test('no answer is told from a bug', (t) => {
  t.equal(problemOf(new TypeError('Failed to fetch')).status, 0)
  t.equal(problemOf(new TypeError('x is undefined')).status, 500)
  t.end()
})

t.test('what may pass is asked again, a no stays a no', (t) => {
  const refused = (status: number) => new ApiError(readProblem(status, null))
  t.equal(isPassing(refused(503)), true)
  t.equal(isPassing(refused(429)), true)
  t.equal(isPassing(refused(404)), false)
  t.equal(isPassing(refused(500)), false, 'a bug does not pass by itself')
  t.equal(isMissing(refused(404)), true)
  t.equal(isMissing(refused(403)), false, 'not allowed is not missing')
  t.end()
})
