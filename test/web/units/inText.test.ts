import t from 'tap'
import { inText } from '../../../src/web/ui/inText.ts'

t.test('a name inside a sentence loses the capital that it has for standing alone, and no other', async (t) => {
  for (const [name, inside] of [
    ['Mestring (VEL)', 'mestring (VEL)'],
    ['VEL har ikke svart', 'VEL har ikke svart'],
    ['Økonomi', 'økonomi'],
    ['samlokalisert, døgnbemannet', 'samlokalisert, døgnbemannet'],
    ['', ''],
  ] as const)
    t.equal(inText(name), inside)
})
