import fc from 'fast-check'
import t from 'tap'
import { buildInstance, type InstanceInput } from '../../src/solver/instance.ts'
import { parseInstance } from '../../src/solver/instanceFile.ts'
import { arbitraryInput } from '../support/arbitraryInstance.ts'

function write(input: InstanceInput, end: string): string {
  const lines = [`${input.rows} ${input.columns} ${input.row.length}`]
  for (let k = 0; k < input.row.length; k++) lines.push(`${input.row[k]} ${input.col[k]} ${input.gain[k]}`)
  const { stayRow = [], stayColumn = [] } = input
  if (stayRow.length > 0) lines.push(`stays ${stayRow.length}`)
  for (let i = 0; i < stayRow.length; i++) lines.push(`${stayRow[i]} ${stayColumn[i]}`)
  return lines.join(end)
}

t.test('what is written is read back', async (t) => {
  fc.assert(
    fc.property(arbitraryInput(), fc.constantFrom('\n', '\r\n'), fc.boolean(), (input, end, closed) => {
      const parsed = parseInstance(write(input, end) + (closed ? end : ''))
      t.same(parsed, { kind: 'instance', instance: buildInstance(input) })
    }),
    { numRuns: 1000 },
  )
})

t.test('whatever the text, a value comes back', async (t) => {
  const pieces = fc.array(fc.constantFrom('0', '1', '2', '3', ' ', '\n', '\r', '\t', 'stays', '-', '.', 'x'))
  fc.assert(
    fc.property(pieces, (text) => ['instance', 'malformed'].includes(parseInstance(text.join('')).kind)),
    { numRuns: 5000 },
  )
  t.pass()
})

t.test('accepted forms', async (t) => {
  for (const text of [
    '0 0 0',
    '2 2 1\n0 1 7\n',
    '2 2 1\r\n0 1 7\r\n',
    '2 2 1\n  0\t1  7  \n\n \n',
    '2 2 1\n0 1 7\nstays 0\n',
    '2 2 1\n0 1 7\nstays 2\n0 0\n1 1\n\n',
    '2 2 1\n00 01 007\n',
  ]) {
    t.equal(parseInstance(text).kind, 'instance', JSON.stringify(text))
  }
})

t.test('faults, each with its line', async (t) => {
  const faults: [string, number, RegExp, string][] = [
    ['empty', 1, /file ends/, ''],
    ['a header of two', 1, /n m e/, '2 2\n'],
    ['a header of four', 1, /nothing more/, '2 2 1 1\n0 1 7\n'],
    ['a header in words', 1, /n m e/, 'n m e\n'],
    ['a negative size', 1, /n m e/, '-1 2 0\n'],
    ['an absurd size', 1, /more than/, '99999999999 2 0\n'],
    ['an absurd number of edges', 3, /file ends/, '2 2 9007199254740991\n0 1 7\n'],
    ['a number that is not exact', 2, /too large/, '2 2 1\n0 1 9007199254740993\n'],
    ['a missing edge', 3, /file ends/, '2 2 2\n0 1 7\n'],
    ['a missing edge before the stays', 3, /need place gain/, '2 2 2\n0 1 7\nstays 1\n0 0\n'],
    ['a blank line between', 3, /need place gain/, '2 2 2\n0 1 7\n\n1 1 7\n'],
    ['an edge of two', 2, /need place gain/, '2 2 1\n0 1\n'],
    ['an edge of four', 2, /nothing more/, '2 2 1\n0 1 7 7\n'],
    ['a gain of zero', 2, /above 0/, '2 2 1\n0 1 0\n'],
    ['a negative gain', 2, /whole numbers/, '2 2 1\n0 1 -7\n'],
    ['a gain with a fraction', 2, /whole numbers/, '2 2 1\n0 1 7.5\n'],
    ['a gain with an exponent', 2, /whole numbers/, '2 2 1\n0 1 7e3\n'],
    ['a need out of range', 2, /need 2 is out of range/, '2 2 1\n2 1 7\n'],
    ['a place out of range', 3, /place 2 is out of range/, '2 2 2\n0 1 7\n1 2 7\n'],
    ['an edge twice', 4, /on line 2 already/, '2 2 3\n0 1 7\n1 1 7\n0 1 9\n'],
    ['an edge twice, before a later fault', 3, /on line 2 already/, '2 2 3\n0 1 7\n0 1 7\nx\n'],
    ['an edge to the own place', 3, /own place \(stay on line 6\)/, '2 2 2\n0 0 7\n1 0 7\nstays 2\n0 1\n1 0\n'],
    ['two stays on one place', 5, /lived in on line 4/, '2 2 1\n0 1 7\nstays 2\n0 0\n1 0\n'],
    ['two stays of one need', 5, /lives in a place on line 4/, '2 2 1\n1 1 7\nstays 2\n0 0\n0 1\n'],
    ['a stay out of range', 4, /place 2 is out of range/, '2 2 1\n0 1 7\nstays 1\n0 2\n'],
    ['a missing stay', 5, /file ends/, '2 2 1\n0 1 7\nstays 2\n0 0\n'],
    ['a stay of three', 4, /nothing more/, '2 2 1\n0 1 7\nstays 1\n0 0 1\n'],
    ['stays without a number', 3, /stays k/, '2 2 1\n0 1 7\nstays\n'],
    ['an edge too many', 3, /or nothing/, '2 2 1\n0 1 7\n1 1 7\n'],
    ['another word', 3, /or nothing/, '2 2 1\n0 1 7\nstay 1\n0 0\n'],
    ['junk at the end', 5, /nothing may follow/, '2 2 1\n0 1 7\nstays 1\n0 0\n1 1\n'],
    ['junk after blank lines', 3, /or nothing/, '2 2 1\n0 1 7\n\nx\n'],
  ]
  for (const [name, line, message, text] of faults) {
    const parsed = parseInstance(text)
    t.match(parsed, { kind: 'malformed', line, message }, name)
  }
})
