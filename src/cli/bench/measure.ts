/** One line of the table: what was measured, and beside what where it is a ratio. */
export interface Line {
  what: string
  /** In milliseconds, or what `unit` says. */
  value: number
  unit?: 'MB' | 'exponent'
  baseline?: number
  /** What the ratio (or, without a baseline, the value) should not exceed. */
  aim?: number
}

/** The middle of some values; 0 of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** What 95 of 100 values do not exceed. */
export function p95(values: readonly number[]): number {
  return quantile(values, 0.95)
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0
}

/** How long it takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** How long it takes each of so many times, one after the other. */
export async function repeat(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const values: number[] = []
  for (let i = 0; i < times; i += 1) values.push(await timed(work))
  return values
}

/** The medians of two ways, measured in turn, so that whatever else the machine does falls on both. */
export async function compare(
  what: string,
  times: number,
  measured: () => Promise<unknown>,
  baseline: () => Promise<unknown>,
  aim?: number,
): Promise<Line> {
  const left: number[] = []
  const right: number[] = []
  // the first few are not counted: code is compiled and pages of the database are fetched then
  for (let i = -5; i < times; i += 1) {
    const [one, other] = [await timed(measured), await timed(baseline)]
    if (i < 0) continue
    left.push(one)
    right.push(other)
  }
  return { what, value: median(left), baseline: median(right), ...(aim === undefined ? {} : { aim }) }
}

const written = (value: number, unit: Line['unit']) =>
  `${value < 10 ? value.toFixed(2) : Math.round(value)}${unit === 'exponent' ? '' : ` ${unit ?? 'ms'}`}`

/** Whether a line has an aim and does not reach it. */
function missed({ value, baseline, aim }: Line): boolean {
  return aim !== undefined && (baseline === undefined ? value : value / baseline) > aim
}

/** Lines as a table, with a word where an aim is missed. */
export function table(lines: readonly Line[]): string {
  const cells = lines.map((line) => {
    const { what, value, unit, baseline, aim } = line
    return [
      what,
      written(value, unit),
      baseline === undefined ? '' : written(baseline, unit),
      baseline === undefined ? '' : (value / baseline).toFixed(2),
      aim === undefined
        ? ''
        : `${missed(line) ? 'MISSED' : 'ok'}, at most ${baseline === undefined ? written(aim, unit) : aim}`,
    ]
  })
  const all = [['what', 'value', 'baseline', 'ratio', 'aim'], ...cells]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  return all
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0
          return column === 0 || column === row.length - 1 ? cell.padEnd(width) : cell.padStart(width)
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
