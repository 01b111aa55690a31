import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { type Day, daysBetween, isDay } from '../domain/day.ts'
import type { Cell, Column, Table } from './table.ts'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET_NAME_MAX = 31
/** What a cell can hold; a longer text makes Excel call the whole file damaged. */
const CELL_MAX = 32_767
/** How much of a sheet is gathered before it is sent on. */
const CHUNK = 65_536
/** An archive's files have a time; ours say nothing by it, and so the same table is the same file. */
const MTIME = new Date(1980, 0, 1)
/** Places in `cellXfs` of STYLES. */
const STYLE = { text: 1, heading: 2, day: 3 } as const
/** Where spreadsheets begin to count days right: before it comes a 29 February 1900 that never was. */
const FIRST_DAY = { day: '1900-03-01' as Day, serial: 61 }

/**
 * Every text has the format «text» (49), so it stays one also when somebody edits its cell: a sheet that runs nothing when it is
 * opened would otherwise run what is confirmed anew.
 */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
<Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`

const ROOT = `${XML}<Relationships xmlns="${PACKAGE}/relationships">
<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

const PARTS = `${XML}<Relationships xmlns="${PACKAGE}/relationships">
<Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="${OFFICE}/worksheet" Target="worksheets/sheet2.xml"/>
<Relationship Id="rId3" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`

/**
 * A table as a workbook of two sheets, the figures and what they mean. It is written as it is read: rows are asked for no faster
 * than the file is taken, so what it holds of them does not grow with the table. A row that fails ends the file with the error.
 */
export function workbookOf({ columns, rows, title, notes, notesTitle = 'Forklaring' }: Table): Readable {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  const figures = Readable.from(figureSheet(columns, rows), { objectMode: false })
  // an error reaches whoever reads the file (the archive does not listen for its parts'), and a reader who goes away ends the rows
  const fail = (error: Error) => output.destroy(error)
  zip.on('error', fail)
  figures.on('error', fail)
  output.on('close', () => figures.destroy())
  const add = (path: string, xml: string) => zip.addBuffer(Buffer.from(xml), path, { mtime: MTIME })
  add('[Content_Types].xml', CONTENT_TYPES)
  add('_rels/.rels', ROOT)
  add('xl/workbook.xml', workbook(title, notesTitle))
  add('xl/_rels/workbook.xml.rels', PARTS)
  add('xl/styles.xml', STYLES)
  add('xl/worksheets/sheet2.xml', explanation(title, notes, columns))
  zip.addReadStream(figures, 'xl/worksheets/sheet1.xml', { mtime: MTIME })
  zip.end()
  return output
}

function workbook(...titles: [figures: string, notes: string]): string {
  const [figures, notes] = titles.map((title) =>
    escaped(title.replaceAll(/[[\]:*?/\\']/g, ' ').slice(0, SHEET_NAME_MAX)),
  )
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${figures}" sheetId="1" r:id="rId1"/><sheet name="${notes}" sheetId="2" r:id="rId2"/></sheets></workbook>`
}

async function* figureSheet(columns: readonly Column[], rows: Table['rows']): AsyncGenerator<string> {
  const letters = columns.map((_, at) => lettersOf(at))
  const widths = columns.map(({ title }) => Math.max(10, title.length + 2))
  const frozen = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
  let number = 1
  let text = sheetHead(widths, frozen)
  text += rowXml(
    number,
    columns.map(({ title }, at) => textXml(`${letters[at]}${number}`, title, STYLE.heading)),
  )
  for await (const row of rows) {
    number += 1
    text += rowXml(
      number,
      row.map((cell, at) => cellXml(`${letters[at]}${number}`, cell, columns[at]?.kind === 'day')),
    )
    if (text.length < CHUNK) continue
    yield text
    text = ''
  }
  yield `${text}</sheetData></worksheet>`
}

function explanation(title: string, notes: readonly string[], columns: readonly Column[]): string {
  const lines: [name: string, sentence: string][] = columns.flatMap(({ title: name, sentence }) =>
    sentence === undefined ? [] : [[name, sentence]],
  )
  const rows = [
    [textXml('A1', title, STYLE.heading)],
    ...notes.map((note, at) => [textXml(`A${at + 2}`, note, STYLE.text)]),
    [],
    ...lines.map(([name, sentence], at) => [
      textXml(`A${notes.length + 3 + at}`, name, STYLE.heading),
      textXml(`B${notes.length + 3 + at}`, sentence, STYLE.text),
    ]),
  ]
  const xml = rows.map((cells, at) => rowXml(at + 1, cells)).join('')
  return `${sheetHead([28, 100])}${xml}</sheetData></worksheet>`
}

function sheetHead(widths: readonly number[], pane = ''): string {
  const cols = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
  return `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${cols.join('')}</cols><sheetData>`
}

const rowXml = (number: number, cells: readonly string[]) => `<row r="${number}">${cells.join('')}</row>`

function cellXml(address: string, cell: Cell, inDays: boolean): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return `<c r="${address}"><v>${cell}</v></c>`
  if (inDays && isDay(cell) && cell >= FIRST_DAY.day)
    return `<c r="${address}" s="${STYLE.day}"><v>${FIRST_DAY.serial + daysBetween(FIRST_DAY.day, cell)}</v></c>`
  return textXml(address, cell, STYLE.text)
}

/** A text is stored as one whatever it begins with, so no spreadsheet runs it. */
function textXml(address: string, text: string, style: number): string {
  return `<c r="${address}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${stored(text)}</t></is></c>`
}

/** XML has no place for control characters and halves of characters, which a name may hold; `_x000D_` is a workbook's own code. */
function stored(text: string): string {
  const readable = text
    .slice(0, CELL_MAX)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, (sign) => ('\t\n\r'.includes(sign) ? sign : '\uFFFD'))
  return escaped(readable.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')).replaceAll('\r', '_x000D_')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** A, B, … Z, AA. */
function lettersOf(at: number): string {
  return (at >= 26 ? lettersOf(Math.floor(at / 26) - 1) : '') + String.fromCharCode(65 + (at % 26))
}
