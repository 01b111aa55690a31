import { daysFrom } from './days.ts'

/** How a line is drawn, so that lines are told apart without their colour. */
export type LineStyle = 'solid' | 'dashed' | 'dotted' | 'dash-dot'

export interface ChartLine {
  name: string
  style: LineStyle
  /** One value for each day; null where there is none, which breaks the line. */
  values: readonly (number | null)[]
}

export interface ChartBand {
  name: string
  low: readonly (number | null)[]
  high: readonly (number | null)[]
}

/** The scale of a chart: from and to, and the values that are written beside it, the lowest first. */
export interface Scale {
  low: number
  high: number
  ticks: number[]
}

const TICKS = 4

/** A scale over all values and nought, in steps of 1, 2 or 5 times a power of ten. */
export function scaleOf(values: readonly (number | null)[]): Scale {
  const known = values.filter((value) => value !== null)
  const [least, most] = [Math.min(0, ...known), Math.max(0, ...known)]
  const rough = Math.max(most - least, 1) / TICKS
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, (([1, 2, 5] as const).find((times) => times * power >= rough) ?? 10) * power)
  const [low, high] = [Math.floor(least / step) * step, Math.ceil(most / step) * step || step]
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, at) => low + at * step)
  return { low, high, ticks }
}

/** Where a value lies on a scale: 0 at the bottom, 1 at the top. */
export function shareOf({ low, high }: Scale, value: number): number {
  return (value - low) / (high - low)
}

/** Where a day lies between the first and the last, from 0 to 1. */
export function placeOf(days: readonly string[], day: string): number {
  const [first = day, last = day] = [days[0], days.at(-1)]
  return daysFrom(first, day) / Math.max(1, daysFrom(first, last))
}

const MOST_YEARS = 6

/** The years that begin between the first day and the last, thinned out so that their names have room. */
export function yearsOf(days: readonly string[]): string[] {
  const [first = '', last = ''] = [days[0], days.at(-1)]
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))]
  const all = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => `${from + at}-01-01`)
  const within = all.filter((day) => day >= first && day <= last)
  const every = Math.ceil(within.length / MOST_YEARS)
  // the last year is the one that matters, so it is counted from
  return within.filter((_, at) => (within.length - 1 - at) % every === 0)
}

type Corner = { x: number; y: number }

/** The stretches of a line in a box of 0–1 by 0–1, upper left first; a value that is not known breaks it. */
export function stretchesOf(days: readonly string[], values: readonly (number | null)[], scale: Scale): Corner[][] {
  const stretches: Corner[][] = [[]]
  for (const [at, day] of days.entries()) {
    const value = values[at] ?? null
    if (value === null) {
      if (stretches.at(-1)?.length !== 0) stretches.push([])
    } else stretches.at(-1)?.push({ x: placeOf(days, day), y: 1 - shareOf(scale, value) })
  }
  return stretches.filter((stretch) => stretch.length > 0)
}
