import fc from 'fast-check'
import t from 'tap'
import { workbookOf, zipOf } from '../../src/cli/bench/workbook.ts'
import { isDateFormat } from '../../src/features/imports/dateFormat.ts'
import { type ImportFile, rowsOf } from '../../src/features/imports/file.ts'
import { BOM, csvLine, guard, unguard } from '../../src/http/csvText.ts'

/** What a file is, before anything is known of its columns. */
async function read(file: ImportFile): Promise<{ number: number; cells: readonly string[] }[]> {
  const rows = []
  for await (const batch of rowsOf(file)) rows.push(...batch)
  return rows
}

const csv = (text: string | Buffer) => read({ format: 'csv', bytes: Buffer.from(text) })
const cellsOf = async (text: string | Buffer) => (await csv(text)).map(({ cells }) => cells)

/** Text as people and programs leave it in cells: quotes, separators, line breaks, formulas, apostrophes, other scripts. */
const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc
    .array(fc.constantFrom('"', ';', ',', '\t', '\n', '\r', "'", '=', '+', '-', '@', '＝', 'å', '1', ' '), {
      maxLength: 8,
    })
    .map((signs) => signs.join('')),
)
const row = fc.array(cell, { minLength: 1, maxLength: 6 })

t.test('what is written as CSV is read as it was, and no cell of it is a formula', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
      const written = Buffer.from(BOM + rows.map(csvLine).join(''))
      const kept = rows
        .map((cells, at) => ({ number: at + 1, cells }))
        .filter(({ cells }) => cells.some((text) => text.trim() !== ''))
      t.strictSame(await csv(written), kept)
      for (const text of rows.flat()) {
        if (/^[=+\-@\t\r\n＝＋－＠]/.test(guard(text))) throw new Error(`a formula: ${text}`)
      }
    }),
    { numRuns: 300 },
  )
})

t.test('guarding twice is undone by taking away twice', () => {
  fc.assert(fc.property(cell, (text) => unguard(unguard(guard(guard(text)))) === text && unguard(guard(text)) === text))
  return Promise.resolve()
})

t.test('commas, semicolons and tabs; with and without a byte order mark; Windows and Unix line ends', async (t) => {
  const expected = [
    ['Kilde', 'Navn'],
    ['a', 'Åse'],
  ]
  for (const sign of [',', ';', '\t']) {
    for (const end of ['\n', '\r\n']) {
      const text = `Kilde${sign}Navn${end}a${sign}Åse${end}`
      t.strictSame(await cellsOf(text), expected)
      t.strictSame(await cellsOf(BOM + text), expected)
    }
  }
  t.strictSame(await cellsOf('"Kilde; og mer",Navn\n"a ""b""\nc",d\n'), [
    ['Kilde; og mer', 'Navn'],
    ['a "b"\nc', 'd'],
  ])
})

t.test('rows keep the number they have in the sheet when others are empty', async (t) => {
  const rows = await csv('a;b\n\n1;2\n;\n3;4\n')
  t.strictSame(
    rows.map(({ number }) => number),
    [1, 3, 5],
  )
})

t.test('a file that is not what it says is told so, without a word of what is in it', async (t) => {
  const secret = '01819012345'
  const cases: [ImportFile, RegExp][] = [
    [{ format: 'csv', bytes: Buffer.from(`Navn;Nr\n\xE5se;${secret}\n`, 'latin1') }, /UTF-8/],
    [{ format: 'csv', bytes: Buffer.from(`Navn;Nr\n"${secret};1\n`) }, /Rad 2/],
    [{ format: 'csv', bytes: Buffer.from(`Navn;Nr\n${secret}"x;1\n`) }, /Rad 2/],
    [{ format: 'xlsx', bytes: Buffer.from(`Navn;Nr\n${secret};1\n`) }, /XLSX/],
    [{ format: 'xlsx', bytes: Buffer.from('PK\u0003\u0004 and nothing more') }, /XLSX/],
  ]
  for (const [file, expected] of cases) {
    await t.rejects(read(file), { code: 'import_unreadable', message: expected })
    await read(file).catch((error: Error) => t.notMatch(error.message, secret))
  }
})

const xlsx = (bytes: Buffer) => read({ format: 'xlsx', bytes })
const number = (value: number | string, style = 0) => ({ xml: `<c r="@" s="${style}"><v>${value}</v></c>` })

t.test('a workbook reads as what a person would have typed', async (t) => {
  const rows = [
    ['Tekst', 'Tall', 'Dato', 'Ja', 'Annet'],
    ['Åse & «Ola» <x>', number(19), number(46266, 1), { xml: '<c r="@" t="b"><v>1</v></c>' }],
    [
      ' beholdt ',
      number('1.01901234560E10'),
      number(46266.75, 2),
      { xml: '<c r="@" t="b"><v>0</v></c>' },
      number(1.5, 3),
    ],
    [],
    [
      '=1+1',
      number(-3),
      '',
      { xml: '<c r="@" t="str"><f>A1&amp;"x"</f><v>resultat</v></c>' },
      { xml: '<c r="@" t="inlineStr"><is><r><t>si</t></r><r><t>ste_x000A_</t></r></is></c>' },
    ],
    [{ xml: '<c r="@" t="e"><v>#REF!</v></c>' }, '', { xml: '<c r="@" t="d"><v>2026-09-01T00:00:00</v></c>' }],
  ]
  const expected = [
    { number: 1, cells: ['Tekst', 'Tall', 'Dato', 'Ja', 'Annet'] },
    { number: 2, cells: ['Åse & «Ola» <x>', '19', '2026-09-01', 'ja'] },
    { number: 3, cells: [' beholdt ', '10190123456', '2026-09-01', 'nei', '1.5'] },
    { number: 5, cells: ['=1+1', '-3', '', 'resultat', 'siste\n'] },
    { number: 6, cells: ['#REF!', '', '2026-09-01'] },
  ]
  t.strictSame(await xlsx(workbookOf(rows)), expected)
})

t.test('days count from 1900, with the leap day it did not have, or from 1904', async (t) => {
  const days = [[number(1, 1), number(59, 1), number(61, 1), number(46266, 1)]]
  t.strictSame((await xlsx(workbookOf(days)))[0]?.cells, ['1900-01-01', '1900-02-28', '1900-03-01', '2026-09-01'])
  const later = [[number(0, 1), number(44804, 1)]]
  t.strictSame((await xlsx(workbookOf(later, { from1904: true })))[0]?.cells, ['1904-01-01', '2026-09-01'])
})

t.test('elements with a prefix are the same elements', async (t) => {
  t.strictSame(await xlsx(workbookOf([['a', 'b'], ['c']], { prefix: 'x:' })), [
    { number: 1, cells: ['a', 'b'] },
    { number: 2, cells: ['c'] },
  ])
})

t.test('text of phonetic guides is no part of a text', async (t) => {
  const files = {
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet r:id="a"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="a" Target="/xl/s.xml"/></Relationships>',
    'xl/s.xml':
      '<worksheet><sheetData><row><c t="s"><v>0</v></c><c><v>2</v></c></row><row><c t="s"><v>1</v></c></row></sheetData></worksheet>',
    'xl/sharedStrings.xml': '<sst><si><r><t>a</t></r><rPh><t>X</t></rPh><r><t>b</t></r></si><si><t>c</t></si></sst>',
  }
  t.strictSame(await xlsx(zipOf(files)), [
    { number: 1, cells: ['ab', '2'] },
    { number: 2, cells: ['c'] },
  ])
})

t.test('what no spreadsheet writes is refused', async (t) => {
  const sheet = (xml: string) => ({
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet r:id="a"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="a" Target="s.xml"/></Relationships>',
    'xl/s.xml': xml,
  })
  for (const [name, files] of Object.entries({
    'no sheet': { 'xl/workbook.xml': '<workbook/>' },
    'rows that go back': sheet('<sheetData><row r="2"/><row r="1"/></sheetData>'),
    'a column far away': sheet('<sheetData><row><c r="ZZZ1"><v>1</v></c></row></sheetData>'),
    'an entity of its own': sheet(
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><sheetData><row><c><v>&a;</v></c></row></sheetData>',
    ),
    'no XML': sheet('<sheetData><row'),
  })) {
    await t.rejects(xlsx(zipOf(files)), { code: 'import_unreadable' }, name)
  }
})

t.test('a small file that unpacks to an enormous one is refused before it is unpacked', async (t) => {
  const bomb = zipOf({ 'xl/workbook.xml': ' '.repeat(9_000_000) })
  t.ok(bomb.length < 100_000)
  await t.rejects(xlsx(bomb), { code: 'import_unreadable' })
})

t.test('a workbook that is damaged in any place is refused or read, and nothing else', async (t) => {
  const bytes = workbookOf([
    ['Kilde', 'Navn'],
    ['a', number(46266, 1)],
  ])
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ flip
      const code = await xlsx(damaged).then(
        () => undefined,
        (error: { code?: string }) => error.code,
      )
      if (code !== undefined) t.equal(code, 'import_unreadable', `byte ${at}`)
    }),
    { numRuns: 300 },
  )
})

t.test('which number formats are days', async (t) => {
  for (const [id, code, expected] of [
    [0, undefined, false],
    [14, undefined, true],
    [49, undefined, false],
    [164, 'dd.mm.yyyy', true],
    [165, '#,##0.00 "dager"', false],
    [166, '[Red]0.00', false],
    [167, '[$-414]d. mmmm yyyy', true],
    [168, 'General', false],
  ] as const) {
    t.equal(isDateFormat(id, code), expected, String(code ?? id))
  }
})
