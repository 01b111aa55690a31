import { DomainError } from '../domain/error.ts'
import type { Cell, Column, Table } from './table.ts'

/** The name under which a dimension holds the figures themselves; so does PxWeb. */
const CONTENTS = 'ContentsCode'

interface Category {
  index: string[]
  label: Record<string, string>
  unit?: Record<string, { decimals: number }>
}

/** A dataset of JSON-stat 2 (https://json-stat.org/format/). */
export interface JsonStat {
  version: '2.0'
  class: 'dataset'
  label: string
  updated: string
  note: string[]
  id: string[]
  size: number[]
  role: { time?: string[]; geo?: string[]; metric: string[] }
  dimension: Record<string, { label: string; category: Category }>
  value: (number | null)[]
  /** By position, what stands where there is no figure: «nås ikke», or `..` for unknown. */
  status?: Record<string, string>
}

/** The most values of a cube: it has a place for every combination, also those that no row tells of. */
const MOST_VALUES = 1_000_000
/** How much text is gathered before it is sent on. */
const CHUNK = 65_536

/** A cube that is read and not yet written: what stands before its values, and its cells in the order of their positions. */
export interface Cube {
  head: Omit<JsonStat, 'value' | 'status'>
  values: number
  /** By position; where none is told there is no figure. */
  cells: { position: number; cell: Cell }[]
}

/**
 * An aggregate as a cube: its dimensions in the table's order and the figures last. A combination that has no row is null, which
 * is no figure, and not 0. Its sizes stand before its values, so all rows are read before anything is written.
 * @throws {DomainError} `not_acceptable` for a cube of more than a million values
 */
export async function cubeOf({ columns, rows, title, notes, asOf }: Table): Promise<Cube> {
  const at = (column: Column) => columns.indexOf(column)
  const dimensions = columns.filter(({ role }) => role === 'dimension' || role === 'region' || role === 'time')
  const figures = columns.filter(({ role }) => role === 'figure')
  const labels = dimensions.map(({ id }) => columns.find(({ role }) => typeof role === 'object' && role.labelOf === id))
  const categories = dimensions.map((): Category => ({ index: [], label: {} }))
  const seen = dimensions.map(() => new Map<string, number>())
  const read: { place: number[]; cells: readonly Cell[] }[] = []
  for await (const cells of rows) {
    const place = dimensions.map((dimension, n) => {
      const code = String(cells[at(dimension)] ?? '')
      const known = seen[n]?.get(code)
      if (known !== undefined) return known
      const label = labels[n]
      const index = seen[n]?.size ?? 0
      seen[n]?.set(code, index)
      categories[n]?.index.push(code)
      if (categories[n] !== undefined)
        categories[n].label[code] = label === undefined ? code : String(cells[at(label)] ?? code)
      return index
    })
    read.push({ place, cells })
  }
  const size = [...categories.map(({ index }) => index.length), figures.length]
  const values = size.reduce((product, length) => product * length, 1)
  if (values > MOST_VALUES)
    throw new DomainError(
      'not_acceptable',
      'Tabellen har for mange kombinasjoner til JSON-stat. Velg CSV eller Excel, eller del på mindre.',
    )
  const told = new Map<number, Cell>()
  for (const { place, cells } of read) {
    const start = place.reduce((offset, index, n) => offset * (size[n] ?? 1) + index, 0) * figures.length
    for (const [n, figure] of figures.entries()) told.set(start + n, cells[at(figure)] ?? null)
  }
  const idsOf = (wanted: 'time' | 'region') => dimensions.filter(({ role }) => role === wanted).map(({ id }) => id)
  const [times, regions] = [idsOf('time'), idsOf('region')]
  return {
    head: {
      version: '2.0',
      class: 'dataset',
      label: title,
      updated: `${asOf}T00:00:00Z`,
      note: [...notes],
      id: [...dimensions.map(({ id }) => id), CONTENTS],
      size,
      role: {
        ...(times.length === 0 ? {} : { time: times }),
        ...(regions.length === 0 ? {} : { geo: regions }),
        metric: [CONTENTS],
      },
      dimension: Object.fromEntries([
        ...dimensions.map(({ id, title: label }, n) => [id, { label, category: categories[n] }]),
        [
          CONTENTS,
          {
            label: 'Tall',
            category: {
              index: figures.map(({ id }) => id),
              label: Object.fromEntries(figures.map(({ id, title: name }) => [id, name])),
            },
          },
        ],
      ]),
    },
    values,
    cells: [...told].map(([position, cell]) => ({ position, cell })).sort((a, b) => a.position - b.position),
  }
}

/** A cube as the text of a `JsonStat`, a piece at a time. */
export function* cubeAsText({ head, values, cells }: Cube): Generator<string> {
  let text = `${JSON.stringify(head).slice(0, -1)},"value":[`
  let next = 0
  for (let position = 0; position < values; position += 1) {
    const cell = cells[next]?.position === position ? cells[next++]?.cell : null
    text += `${position === 0 ? '' : ','}${typeof cell === 'number' ? JSON.stringify(cell) : 'null'}`
    if (text.length < CHUNK) continue
    yield text
    text = ''
  }
  text += ']'
  let said = 0
  for (const { position, cell } of cells) {
    if (typeof cell !== 'string' || cell === '') continue
    text += `${said === 0 ? ',"status":{' : ','}"${position}":${JSON.stringify(cell)}`
    said += 1
    if (text.length < CHUNK) continue
    yield text
    text = ''
  }
  yield `${text}${said === 0 ? '' : '}'}}`
}
