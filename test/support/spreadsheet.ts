import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import sax from 'sax'

/** A cell as a spreadsheet program understood it. */
export interface OpenedCell {
  /** OpenDocument's own word; `formula` where something would be calculated; `empty` for nothing. */
  type: 'string' | 'float' | 'date' | 'formula' | 'empty'
  value: string
}

/** More cells in a row than any table of ours has columns. */
const TO_THE_EDGE = 1000
const run = promisify(execFile)
const PROGRAMS = ['soffice', 'libreoffice']
/** Semicolons, quotes, UTF-8, from line 1, bokmål; what is quoted is a text, and what is not may be a day. */
const OUR_CSV = 'Text - txt - csv (StarCalc):59,34,76,1,,1044,true,true'

/**
 * LibreOffice's program, or undefined on a machine without it.
 * @throws where `.ci/run` has installed it: there its absence would hide what it is for
 */
export function office(): string | undefined {
  const found = PROGRAMS.find((program) => spawnSync('which', [program]).status === 0)
  if (found !== undefined) return found
  if (process.env.CI === 'true' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))
    throw new Error('LibreOffice is not installed, and .ci/run should have seen to it')
  return undefined
}

/**
 * The sheets of a file by name, as LibreOffice opens it, each with its rows. `file` lies in a folder of its own, to which what it
 * writes goes too.
 */
export async function openedBy(program: string, file: string): Promise<Map<string, OpenedCell[][]>> {
  const folder = `${file}.office`
  await run(program, [
    // a profile of its own, so that two can run at once and nobody's own settings count
    `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
    '--headless',
    ...(file.endsWith('.csv') ? [`--infilter=${OUR_CSV}`] : []),
    '--convert-to',
    'fods',
    '--outdir',
    folder,
    file,
  ])
  return sheetsOf(await readFile(join(folder, basename(file).replace(/\.[a-z]+$/, '.fods')), 'utf8'))
}

/** The sheets of a flat OpenDocument spreadsheet, without the empty cells that end a row. */
function sheetsOf(xml: string): Map<string, OpenedCell[][]> {
  const sheets = new Map<string, OpenedCell[][]>()
  const parser = sax.parser(true)
  let rows: OpenedCell[][] = []
  let cell: OpenedCell | undefined
  let paragraphs: string[] = []
  let again = 1
  parser.onopentag = ({ name, attributes }) => {
    const of = attributes as Record<string, string>
    const count = (wanted: string) => Number(of[wanted] ?? 1)
    if (name === 'table:table') {
      rows = []
      sheets.set(of['table:name'] ?? '', rows)
    } else if (name === 'table:table-row') rows.push([])
    else if (name === 'table:table-cell') {
      const formula = of['table:formula'] === undefined ? undefined : 'formula'
      cell = {
        type: formula ?? (of['office:value-type'] as OpenedCell['type'] | undefined) ?? 'empty',
        value: of['office:value'] ?? of['office:date-value'] ?? '',
      }
      paragraphs = []
      again = count('table:number-columns-repeated')
    } else if (name === 'text:p') paragraphs.push('')
    else if (name === 'text:tab') add('\t')
    else if (name === 'text:s') add(' '.repeat(count('text:c')))
  }
  const add = (text: string) => {
    if (paragraphs.length > 0) paragraphs.push(`${paragraphs.pop() ?? ''}${text}`)
  }
  let inText = false
  parser.ontext = (text) => {
    if (inText) add(text)
  }
  parser.onopentagstart = ({ name }) => {
    if (name === 'text:p') inText = true
  }
  parser.onclosetag = (name) => {
    if (name === 'text:p') inText = false
    if (name === 'table:table-cell' && cell !== undefined) {
      const read = cell.type === 'string' ? { ...cell, value: paragraphs.join('\n') } : cell
      // a row goes on, empty, to the sheet's edge
      if (read.type !== 'empty' || again < TO_THE_EDGE) rows.at(-1)?.push(...Array.from({ length: again }, () => read))
      cell = undefined
    }
    if (name === 'table:table-row') while (rows.at(-1)?.at(-1)?.type === 'empty') rows.at(-1)?.pop()
  }
  parser.write(xml).close()
  return sheets
}
