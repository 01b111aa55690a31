import t from 'tap'
import { idempotencyKeys } from '../../../src/web/api/idempotency.ts'

t.test('the same body keeps its key until it has succeeded', (t) => {
  let made = 0
  const keys = idempotencyKeys(() => {
    made += 1
    return String(made)
  })
  t.equal(keys.keyFor({ a: 1 }), '1')
  t.equal(keys.keyFor({ a: 1 }), '1', 'a second click')
  t.equal(keys.keyFor({ a: 2 }), '2', 'another body')
  keys.done()
  t.equal(keys.keyFor({ a: 2 }), '3', 'a new act')
  t.end()
})
