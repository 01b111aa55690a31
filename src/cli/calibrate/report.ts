import type { Measure } from '../../domain/forecast/series.ts'
import { binomialInterval, independentTrials } from './scores.ts'
import { type Cell, type Trial, WAYS, type Way } from './trial.ts'

/** All cities' truths of one cell together. */
export interface Summed extends Cell {
  truths: number
  inside: Record<Way, number>
  /** Of the forecast's share inside: 95 %, truths of one city counting together as far as they go wrong together. */
  interval: [low: number, high: number]
  error: Record<Way, number>
  score: Record<Way, number>
}

const NAMES: Record<Measure, string> = {
  queue: 'who wait',
  waitedDays: 'days waited',
  occupied: 'places lived in',
  residents: 'people in a form',
  shortfall: 'shortfall',
}

export function summed(trials: readonly Trial[]): Summed[] {
  const cells = new Map<string, Trial[]>()
  for (const trial of trials) {
    const key = `${trial.measure}/${trial.whose}/${trial.months}`
    cells.set(key, [...(cells.get(key) ?? []), trial])
  }
  return [...cells.values()].map((cities): Summed => {
    const truths = cities.reduce((sum, city) => sum + city.truths, 0)
    const mean = (of: 'inside' | 'error' | 'score') =>
      Object.fromEntries(
        WAYS.map((way) => [way, cities.reduce((sum, city) => sum + city[of][way], 0) / Math.max(1, truths)]),
      ) as Record<Way, number>
    const { measure = 'queue', whose = 'city', months = 0 } = cities[0] ?? {}
    const inside = mean('inside')
    const counted = independentTrials(cities.map((city) => ({ inside: city.inside.forecast, of: city.truths })))
    return {
      measure,
      whose,
      months,
      truths,
      inside,
      interval: binomialInterval(inside.forecast, counted),
      error: mean('error'),
      score: mean('score'),
    }
  })
}

const percent = (share: number) => (100 * share).toFixed(0)
const best = (values: Record<Way, number>) => Math.min(...WAYS.map((way) => values[way]))
const bold = (values: Record<Way, number>) =>
  WAYS.map((way) => (values[way] <= best(values) + 1e-9 ? `**${values[way].toFixed(2)}**` : values[way].toFixed(2)))

/** A table in Markdown: of each cell, how often the truth was inside, and errors and scores of the three ways, the least bold. */
export function report(rows: readonly Summed[]): string {
  const head = [
    '| what | of | months ahead | truths | inside the 80 % interval (95 %) | mean error: forecast | last value | linear trend | interval score: forecast | last value | linear trend |',
    '| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |',
  ]
  return [
    ...head,
    ...rows.map(({ measure, whose, months, truths, inside, interval, error, score }) => {
      const share = `${percent(inside.forecast)} % (${interval.map(percent).join('–')})`
      const cells = [NAMES[measure], whose, months, truths, share, ...bold(error), ...bold(score)]
      return `| ${cells.join(' | ')} |`
    }),
  ].join('\n')
}

/** In which cells another way was better, in words; nothing where there are none. */
export function whereNot(rows: readonly Summed[]): string[] {
  return rows.flatMap(({ measure, whose, months, inside, interval, error, score }) => {
    const cell = `${NAMES[measure]}, ${whose}, ${months} months`
    const better = (values: Record<Way, number>, of: string) =>
      values.forecast <= best(values) + 1e-9
        ? []
        : [`${cell}: ${WAYS.find((way) => values[way] <= best(values) + 1e-9)} has the lower ${of}`]
    const off = interval[1] < 0.8 ? 'too narrow' : interval[0] > 0.8 ? 'too wide' : undefined
    return [
      ...better(error, 'mean error'),
      ...better(score, 'interval score'),
      ...(off === undefined ? [] : [`${cell}: the interval is ${off} (${percent(inside.forecast)} % inside)`]),
    ]
  })
}
