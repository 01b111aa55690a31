/**
 * Reads one of the small comma-separated files that lie beside this code: a header line, cells optionally in double quotes
 * with `""` for a quote. Strict, because a shifted column would become a wrong figure: the header must be exactly `columns`,
 * every line must have as many cells. Throws SyntaxError with the line's number. Not for files that users send.
 */
export function readCsv<Column extends string>(
  text: string,
  columns: readonly Column[],
): (Record<Column, string> & { line: number })[] {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  const header = cellsOf(lines[0] ?? '', 1)
  if (header.join() !== columns.join())
    throw new SyntaxError(`line 1: expected ${columns.join()}, found ${header.join()}`)
  return lines.slice(1).map((content, index) => {
    const line = index + 2
    const cells = cellsOf(content, line)
    if (cells.length !== columns.length) {
      throw new SyntaxError(`line ${line}: expected ${columns.length} cells, found ${cells.length}`)
    }
    const record = Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
    return { ...(record as Record<Column, string>), line }
  })
}

const CELL = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y

function cellsOf(content: string, line: number): string[] {
  const cells: string[] = []
  CELL.lastIndex = 0
  for (;;) {
    const match = CELL.exec(content)
    if (match === null) throw new SyntaxError(`line ${line}: a quote is not closed or stands inside a cell`)
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '') return cells
  }
}
