import fc from 'fast-check'
import t from 'tap'
import { moved } from '../../../src/web/form/order.ts'

t.test('moving loses and doubles nothing, and moving back undoes it', (t) => {
  const cases = fc.tuple(
    fc.uniqueArray(fc.string(), { minLength: 1 }),
    fc.nat(),
    fc.constantFrom(-1 as const, 1 as const),
  )
  fc.assert(
    fc.property(cases, ([list, anywhere, step]) => {
      const from = anywhere % list.length
      const after = moved(list, from, step)
      const inside = from + step >= 0 && from + step < list.length
      const back = step === 1 ? (-1 as const) : (1 as const)
      const undone = inside ? moved(after, from + step, back) : after
      return [...after].sort().join('|') === [...list].sort().join('|') && undone.join('|') === list.join('|')
    }),
  )
  t.same(moved(['a', 'b', 'c'], 1, -1), ['b', 'a', 'c'])
  t.same(moved(['a', 'b', 'c'], 0, -1), ['a', 'b', 'c'], 'over the edge nothing moves')
  t.end()
})
