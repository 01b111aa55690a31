import sax from 'sax'
import { isDateFormat } from './dateFormat.ts'
import { BATCH, type TableRow } from './table.ts'
import { notXlsx, openZip, type Zip } from './zip.ts'

const MEGABYTE = 1_048_576
/** What the parts of a workbook may unpack to: 200,000 rows of text have room, a bomb has not. */
const LIMITS = { small: 8 * MEGABYTE, strings: 256 * MEGABYTE, sheet: 2048 * MEGABYTE }
const MOST_COLUMNS = 500

interface Watcher {
  open?(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

/** Feeds XML to a watcher, a piece at a time; names come without their prefix. An entity of the file's own is an error. */
async function* walk(zip: Zip, name: string, most: number, watcher: Watcher): AsyncGenerator<void> {
  const parser = sax.parser(true, { trim: false, position: false })
  const local = (tag: string) => tag.slice(tag.indexOf(':') + 1)
  parser.onerror = () => {
    throw notXlsx()
  }
  parser.onopentag = (tag) => watcher.open?.(local(tag.name), tag.attributes as Record<string, string>)
  parser.ontext = (part) => watcher.text?.(part)
  parser.oncdata = (part) => watcher.text?.(part)
  parser.onclosetag = (tag) => watcher.close?.(local(tag))
  for await (const part of zip.read(name, most)) {
    parser.write(part)
    yield
  }
  parser.close()
}

async function readAll(zip: Zip, name: string, most: number, watcher: Watcher): Promise<void> {
  if (!zip.has(name)) return
  for await (const _ of walk(zip, name, most, watcher)) {
    // all of it is needed before anything else
  }
}

/** The `r:id` of an attribute list, whatever the prefix is. */
function relation(attributes: Record<string, string>): string | undefined {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1]
}

/** Where the first sheet lies, and whether its days count from 1904. */
async function firstSheet(zip: Zip): Promise<{ path: string; from1904: boolean }> {
  let first: string | undefined
  let from1904 = false
  await readAll(zip, 'xl/workbook.xml', LIMITS.small, {
    open(name, attributes) {
      if (name === 'sheet') first ??= relation(attributes)
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
    },
  })
  let target: string | undefined
  await readAll(zip, 'xl/_rels/workbook.xml.rels', LIMITS.small, {
    open(name, { Id, Target }) {
      if (name === 'Relationship' && Id === first) target = Target
    },
  })
  if (target === undefined) throw notXlsx()
  return { path: target.startsWith('/') ? target.slice(1) : `xl/${target}`, from1904 }
}

/** The texts that cells point at by number. */
async function sharedStrings(zip: Zip): Promise<string[]> {
  const strings: string[] = []
  let current = ''
  let reading = false
  let phonetic = false
  await readAll(zip, 'xl/sharedStrings.xml', LIMITS.strings, {
    open(name) {
      if (name === 'si') current = ''
      if (name === 'rPh') phonetic = true
      reading = name === 't' && !phonetic
    },
    text(part) {
      if (reading) current += part
    },
    close(name) {
      if (name === 't') reading = false
      if (name === 'rPh') phonetic = false
      if (name === 'si') strings.push(unescaped(current))
    },
  })
  return strings
}

/** For each style of cells, whether its numbers are days. */
async function dateStyles(zip: Zip): Promise<boolean[]> {
  const custom = new Map<string, string>()
  const styles: boolean[] = []
  let inCells = false
  await readAll(zip, 'xl/styles.xml', LIMITS.small, {
    open(name, { numFmtId = '', formatCode = '' }) {
      if (name === 'numFmt') custom.set(numFmtId, formatCode)
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) styles.push(isDateFormat(Number(numFmtId), custom.get(numFmtId)))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}

/** `_x000D_` stands for a character that XML cannot hold. */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

const DAY_MS = 86_400_000

/** The day that a spreadsheet's number stands for; 1900 has a 29 February there. */
function dayOf(serial: number, from1904: boolean): string {
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  const date = new Date(epoch + Math.floor(serial) * DAY_MS)
  return Number.isNaN(date.getTime()) ? String(serial) : date.toISOString().slice(0, 10)
}

/** Zero for A, 26 for AA. */
function columnOf(address: string): number {
  let column = 0
  for (const sign of address) {
    const value = sign.charCodeAt(0) - 64
    if (value < 1 || value > 26) break
    column = column * 26 + value
  }
  return column - 1
}

/**
 * The rows of a workbook's first sheet, as it is read: only the shared texts are held. A number becomes what a person would type,
 * a day `YYYY-MM-DD`, a formula its last result.
 */
export async function* readXlsx(bytes: Buffer): AsyncGenerator<TableRow[]> {
  const zip = await openZip(bytes)
  const { path, from1904 } = await firstSheet(zip)
  const styles = await dateStyles(zip)
  const strings = await sharedStrings(zip)
  let rows: TableRow[] = []
  let number = 0
  let cells: string[] = []
  let column = -1
  let type = ''
  let isDay = false
  let value = ''
  let reading = false
  const cellText = (): string => {
    if (type === 's') return strings[Number(value)] ?? ''
    if (type === 'inlineStr' || type === 'str') return unescaped(value)
    if (type === 'b') return value === '1' ? 'ja' : 'nei'
    if (type === 'd') return value.slice(0, 10)
    if (type === 'e' || value === '') return value
    return isDay ? dayOf(Number(value), from1904) : String(Number(value))
  }
  const watcher: Watcher = {
    open(name, { r, t = 'n', s }) {
      if (name === 'row') {
        const next = r === undefined ? number + 1 : Number(r)
        if (!Number.isInteger(next) || next <= number) throw notXlsx()
        number = next
        cells = []
        column = -1
      } else if (name === 'c') {
        column = r === undefined ? column + 1 : columnOf(r)
        if (column < 0 || column >= MOST_COLUMNS) throw notXlsx()
        type = t
        isDay = s !== undefined && styles[Number(s)] === true
        value = ''
      } else if (name === 'v' || name === 't') reading = true
    },
    text(part) {
      if (reading) value += part
    },
    close(name) {
      if (name === 'v' || name === 't') reading = false
      else if (name === 'c') {
        while (cells.length < column) cells.push('')
        cells[column] = cellText()
      } else if (name === 'row') rows.push({ number, cells })
    },
  }
  for await (const _ of walk(zip, path, LIMITS.sheet, watcher)) {
    if (rows.length < BATCH) continue
    yield rows
    rows = []
  }
  yield rows
}
