import { crc32, deflateRawSync } from 'node:zlib'

/** A zip archive of texts, as small as one can be. */
export function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const raw = Buffer.from(text)
    const body = deflateRawSync(raw, { level: 1 })
    const path = Buffer.from(name)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt16LE(0x5a21, 8)
    facts.writeUInt32LE(crc32(raw), 10)
    facts.writeUInt32LE(body.length, 14)
    facts.writeUInt32LE(raw.length, 18)
    facts.writeUInt16LE(path.length, 22)
    parts.push(Buffer.from('PK\u0003\u0004', 'latin1'), facts, path, body)
    const entry = Buffer.alloc(14)
    entry.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), facts, entry, path)
    offset += 4 + facts.length + path.length + body.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(Object.keys(files).length, 4)
  end.writeUInt16LE(Object.keys(files).length, 6)
  end.writeUInt32LE(index.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, index, Buffer.from('PK\u0005\u0006', 'latin1'), end])
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n'

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** The address of a column: A, B, … Z, AA. */
function letters(column: number): string {
  return (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))
}

/** A cell is typed text, or the XML of its `<c>` element with `@` for its address. */
export type WorkbookCell = string | { xml: string }

/** Styles 1 to 3 are days: one of the known formats, one of the workbook's own, and one that is no day. */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd.mm.yyyy"/>
  <numFmt numFmtId="165" formatCode="#,##0.00 &quot;dager&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`

interface WorkbookOptions {
  /** Days count from 1904. */
  from1904?: boolean
  /** A prefix before every element of the sheet, as some programs write. */
  prefix?: string
}

/** A workbook as spreadsheets write it: the second sheet comes first in the archive, and texts are shared. */
export function workbookOf(
  rows: readonly (readonly WorkbookCell[])[],
  { from1904 = false, prefix = '' }: WorkbookOptions = {},
): Buffer {
  const shared = new Map<string, number>()
  const cellOf = (cell: WorkbookCell, column: number, row: number) => {
    const address = `${letters(column)}${row}`
    if (typeof cell !== 'string') return cell.xml.replaceAll('@', address)
    if (cell === '') return ''
    const at = shared.get(cell) ?? shared.size
    shared.set(cell, at)
    return `<${prefix}c r="${address}" t="s"><${prefix}v>${at}</${prefix}v></${prefix}c>`
  }
  const lines = rows.map((cells, at) => {
    const inner = cells.map((cell, column) => cellOf(cell, column, at + 1)).join('')
    return inner === '' ? '' : `<${prefix}row r="${at + 1}">${inner}</${prefix}row>`
  })
  const declared = prefix === '' ? `xmlns="${MAIN}"` : `xmlns:${prefix.slice(0, -1)}="${MAIN}"`
  const sheet = (inner: string) =>
    `${XML}<${prefix}worksheet ${declared}><${prefix}sheetData>${inner}</${prefix}sheetData></${prefix}worksheet>`
  const texts = [...shared.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`)
  return zipOf({
    'xl/worksheets/sheet2.xml': sheet(''),
    'xl/worksheets/sheet1.xml': sheet(lines.join('')),
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr date1904="${from1904 ? 1 : 0}"/>
      <sheets><sheet name="En" sheetId="1" r:id="rId1"/><sheet name="To" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}">
      <Relationship Id="rId2" Type="${RELATIONS}/worksheet" Target="worksheets/sheet2.xml"/>
      <Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/styles.xml': STYLES,
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}" uniqueCount="${texts.length}">${texts.join('')}</sst>`,
  })
}
