import t from 'tap'
import { lix } from '../../../src/domain/papers/readability.ts'

t.test('LIX is words a sentence plus the share of long words', async (t) => {
  t.equal(lix('Du får en bolig.'), 4)
  t.equal(lix('Du får en bolig. Den er din nå.'), 4)
  t.equal(lix('Kommunen vurderer. Du venter nå.'), 5 / 2 + (100 * 2) / 5, 'seven letters and more are long')
  t.equal(lix('Svar innen 1. september 2026 klokka 21:00.'), 7 + 100 / 7, 'a number’s stop ends no sentence')
  t.equal(lix('Bolig\nDu får en'), 4 / 2, 'a heading is a sentence of its own')
  t.equal(lix('ønsket åååååå'), 2, 'six letters are not long, whatever bytes they take')
  t.equal(lix('  \n – '), null)
})

t.test('heavy words weigh', async (t) => {
  const plain = lix('Du kan klage. Siste dag er tirsdag.') ?? 0
  const heavy =
    lix(
      'Enkeltvedtaket kan påklages til overordnet forvaltningsorgan innen den lovbestemte klagefristen i henhold til forvaltningsloven.',
    ) ?? 0
  t.ok(plain < 30, `${plain}`)
  t.ok(heavy > 60, `${heavy}`)
})
