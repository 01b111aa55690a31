/** What can stand in a cell: a day is its ISO text, and null says that there is no value. */
export type Cell = string | number | null

export interface Column {
  /** What the API calls it. */
  id: string
  /** What a sheet calls it, in bokmål. */
  title: string
  kind: 'text' | 'number' | 'day'
  /**
   * A dimension shares out the figures (`region` and `time` are two of them), a label is the name of a dimension's values, a
   * figure is counted. A text that is none of them only describes. A text in a figure's place says why there is none.
   */
  role: 'dimension' | 'region' | 'time' | 'figure' | { labelOf: string } | 'note'
  /** What a figure counts, in bokmål. */
  sentence?: string
}

/** A table on its way out, in whatever form it is asked for. */
export interface Table {
  /** The file's name without its ending: small letters, digits and hyphens. */
  name: string
  title: string
  columns: readonly Column[]
  /** Read once, in order; each row has a cell for every column. */
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>
  /** What a reader should know of it: where it is from, for which day, what is assumed. */
  notes: readonly string[]
  /** What the sheet with the notes is called; «Forklaring» when nothing is said. */
  notesTitle?: string
  /** Day of the figures. */
  asOf: string
}
