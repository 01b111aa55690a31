import type { Acting } from '../../db/actor.ts'
import { placesDuring } from '../../db/capacity/period.ts'
import { districtNames } from '../../db/districts.ts'
import { queueOn } from '../../db/waiting.ts'
import { countPlace, emptyPeriodCount, type PeriodCount, type Span, turnover } from '../../domain/capacity.ts'
import { addDays, addMonths, type Day, dayNumber, firstOfMonth } from '../../domain/day.ts'
import { invalid } from '../../domain/error.ts'
import { CAPACITY_VERSION } from '../../reference/capacityMeasures.ts'
import { placeCounts } from './day.ts'
import { Groups, placeFilterOf, queueNoteOf, toldApart } from './groups.ts'
import type { CapacitySeries, EVERY, SeriesQuery, SeriesRow } from './schema.ts'

const MOST_PERIODS = 800
const MOST_ROWS = 50_000
const DEFAULT_MONTHS = 60
const FUTURE = 'Perioder som ikke er over, er regnet med det som er registrert til nå.'
const FUTURE_QUEUE = 'Køen er vist til og med i dag.'

interface Period {
  from: Day
  to: Day
}

/** Capacity over time, in periods that follow on each other: each one's first day, and its place-days. */
export async function capacityOver({ trx, today }: Acting, query: SeriesQuery): Promise<CapacitySeries> {
  const periods = periodsOf(query, today)
  const window = { from: periods[0]?.from ?? today, to: periods.at(-1)?.to ?? today }
  const kinds = query.groupBy ?? []
  const filter = placeFilterOf(query)
  const note = queueNoteOf(kinds, query)
  const groups = new Groups(kinds, await districtNames(trx), () => ({
    counts: periods.map(emptyPeriodCount),
    queue: periods.map(() => 0),
  }))
  // the whole is told also where there is nothing
  if (kinds.length === 0) groups.of({ district: '', form: '' })
  const spans = periods.map(({ from, to }): Span => ({ from: dayNumber(from), to: dayNumber(to) }))
  const periodAt = indexOfDays(spans)
  for (const { facility, form, features, history } of await placesDuring(trx, window, filter, toldApart(kinds))) {
    const { counts } = groups.of({ district: facility.district, form, facility: facility.called, features })
    countPlace(history, spans, periodAt, counts)
  }
  if (note === null) {
    const days = periods.map(({ from }) => from).filter((day) => day <= today)
    const position = new Map(days.map((day, at) => [day, at]))
    for (const { day, district, form, waiting } of await queueOn(trx, days)) {
      if (query.district !== undefined && district !== query.district) continue
      if (filter.forms !== undefined && !filter.forms.some((id) => id === form)) continue
      const { queue } = groups.of({ district, form })
      const at = position.get(day) ?? 0
      queue[at] = (queue[at] ?? 0) + waiting
    }
  }
  const rows = groups.all()
  if (rows.length * periods.length > MOST_ROWS) {
    throw invalid(
      '/querystring/groupBy',
      'too_many',
      'Det blir for mange tall. Velg færre perioder eller del på mindre.',
    )
  }
  const future = window.to > today
  return {
    asOf: today,
    definitions: CAPACITY_VERSION,
    queueNote: note ?? (future ? FUTURE_QUEUE : null),
    notes: future ? [FUTURE] : [],
    items: rows.flatMap(({ labels, value: { counts, queue } }) =>
      periods.map(({ from, to }, at): SeriesRow => {
        const counted: PeriodCount = counts[at] ?? emptyPeriodCount()
        return {
          from,
          to,
          ...labels,
          first: placeCounts(counted.first),
          placeDays: placeCounts(counted.placeDays),
          movedIn: counted.movedIn,
          departed: counted.departed,
          turnover: turnover(counted, spans[at] ?? { from: 0, to: 1 }),
          queue: note === null && from <= today ? (queue[at] ?? 0) : null,
        }
      }),
    ),
  }
}

/** The number of the period that a day lies in, without searching; out of range is -1 before and beyond the last one after. */
function indexOfDays(spans: readonly Span[]): (day: number) => number {
  const first = spans[0]?.from ?? 0
  const index = spans.flatMap(({ from, to }, at) => new Array<number>(to - from).fill(at))
  return (day) => (day < first ? -1 : (index[day - first] ?? spans.length))
}

const STEPS: Record<(typeof EVERY)[number], (from: Day, times: number) => Day | null> = {
  day: addDays,
  week: (from, times) => addDays(from, 7 * times),
  month: addMonths,
  quarter: (from, times) => addMonths(from, 3 * times),
  year: (from, times) => addMonths(from, 12 * times),
  period: (from, times) => (times === 0 ? from : null),
}

/** @throws {DomainError} `invalid_value` for an empty range, or one of too many periods */
function periodsOf({ from, to, every }: SeriesQuery, today: Day): Period[] {
  const end = to ?? firstOfMonth(today)
  const start = from ?? addMonths(end, -DEFAULT_MONTHS)
  if (start >= end) throw invalid('/querystring/to', 'empty_range', 'Til-datoen må være etter fra-datoen.')
  const periods: Period[] = []
  for (let at = 0; ; at += 1) {
    const begins = STEPS[every](start, at)
    if (begins === null || begins >= end) return periods
    if (at === MOST_PERIODS) {
      throw invalid(
        '/querystring/every',
        'too_many',
        `Det blir flere enn ${MOST_PERIODS} perioder. Velg lengre perioder.`,
      )
    }
    const ends = STEPS[every](start, at + 1)
    periods.push({ from: begins, to: ends === null || ends > end ? end : ends })
  }
}
