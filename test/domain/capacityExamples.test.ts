import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import {
  capacityIn,
  count,
  countPlace,
  emptyPeriodCount,
  emptyTally,
  factsOn,
  NEVER,
  type PlaceHistory,
  placesIn,
  type Span,
  type Tally,
  turnover,
} from '../../src/domain/capacity.ts'
import { dayNumber, parseDay } from '../../src/domain/day.ts'
import { plainSum } from '../../src/domain/shortfall.ts'
import { observed, quantile, survivalCurve } from '../../src/domain/survival.ts'
import { FLOW_MEASURES, PLACE_MEASURES, PLACE_STATES } from '../../src/reference/capacityMeasures.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/capacity.md'), 'utf8')

type Row = Record<string, string>

/** The tables of the section under a heading, in order, each as rows by the names of its columns. */
function tablesUnder(heading: string): Row[][] {
  const section = page.split(/^##+ /m).find((part) => part.startsWith(heading)) ?? ''
  return section
    .split(/\n\n+/)
    .filter((block) => block.startsWith('|'))
    .map((block) => {
      const [names = [], , ...rows] = block
        .trim()
        .split('\n')
        .map((line) =>
          line
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim()),
        )
      return rows.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])))
    })
}

function numberOf(text: string | undefined): number {
  const day = parseDay(text ?? '')
  if (day === undefined) throw new Error(`no day: ${text}`)
  return dayNumber(day)
}

function spansOf(text: string | undefined): Span[] {
  if (text === undefined || text === '') return []
  const [from, to] = text.split('–')
  return [{ from: numberOf(from), to: to === '' ? NEVER : numberOf(to) }]
}

const figures = (tally: Tally): Record<string, number> => ({
  ...tally,
  places: placesIn(tally),
  capacity: capacityIn(tally),
})

const [placeRows = [], dayRows = []] = tablesUnder('Example: one house')
const house = placeRows.map((row): PlaceHistory => {
  const [open] = spansOf(row.open)
  if (open === undefined) throw new Error('a place that never opens')
  return {
    open,
    occupied: spansOf(row.occupied),
    closed: spansOf(row.closed),
    notAdmitting: spansOf(row.notAdmitting),
    held: spansOf(row.held),
    offered: spansOf(row.offered),
  }
})

t.test('the examples of a day', async (t) => {
  t.equal(house.length, 4)
  t.ok(dayRows.length > 10)
  for (const { on, ...expected } of dayRows) {
    const tally = emptyTally()
    for (const place of house) count(tally, factsOn(place, numberOf(on)))
    const got = figures(tally)
    for (const [name, value] of Object.entries(expected)) t.equal(got[name], Number(value), `${on} ${name}`)
  }
})

t.test('the examples of a period', async (t) => {
  const [rows = []] = tablesUnder('Example: the same house')
  t.ok(rows.length > 3)
  for (const { from, to, movedIn, departed, ...expected } of rows) {
    const period = { from: numberOf(from), to: numberOf(to) }
    const counted = emptyPeriodCount()
    for (const place of house) countPlace(place, [period], () => 0, [counted])
    const got = figures(counted.placeDays)
    for (const [name, value] of Object.entries(expected)) t.equal(got[name], Number(value), `${from} ${name}`)
    t.equal(counted.movedIn, Number(movedIn), `${from} moved in`)
    t.equal(counted.departed, Number(departed), `${from} departed`)
    if (from === '2026-03-01') t.equal(turnover(counted, period), 0.25, 'the turnover the text tells')
  }
})

t.test('the example of waits', async (t) => {
  const [waits = [], steps = []] = tablesUnder('Example: eight waits')
  const window = { from: numberOf('2026-01-01'), to: numberOf('2026-03-02') }
  const curve = survivalCurve(
    waits.flatMap(({ registered, ended, housed }) => {
      const seen = observed(numberOf(registered), ended === '' ? NEVER : numberOf(ended), window)
      if (seen === undefined) return []
      const event = seen.over && housed === 'yes' ? 1 : 0
      return [
        { days: seen.enters, entered: 1, events: 0, censored: 0 },
        { days: seen.leaves, entered: 0, events: event, censored: 1 - event },
      ]
    }),
  )
  t.equal(waits.length, 8)
  t.strictSame(
    curve.steps.map(({ days, atRisk, events, lasting }) => [days, atRisk, events, lasting.toFixed(4)].map(String)),
    steps.map(({ days, atRisk, events, lasting }) => [days, atRisk, events, lasting]),
  )
  t.equal(quantile(curve, 0.25), 20)
  t.equal(quantile(curve, 0.5), null)
})

t.test('the page explains every state and names every sum', async (t) => {
  const [states = []] = tablesUnder('A place on a day')
  t.strictSame(
    states.map(({ state, bokmål }) => [state?.replaceAll('`', ''), bokmål]).toSorted(),
    PLACE_STATES.map((state) => [state, PLACE_MEASURES.find(({ id }) => id === state)?.name]).toSorted(),
  )
  for (const { id } of PLACE_MEASURES.filter(({ id }) => !['openingLater', 'closingLater'].includes(id))) {
    t.ok(page.includes(`\`${id}\``), id)
  }
  const ids = [...PLACE_MEASURES, ...FLOW_MEASURES].map(({ id }) => id)
  t.equal(new Set(ids).size, ids.length, 'no measure has two definitions')
})

t.test('the example of the plain difference', async (t) => {
  const [counts = [], sums = []] = tablesUnder('Example: the plain difference')
  t.equal(counts.length, 3)
  t.equal(sums.length, 3)
  for (const { of, ...expected } of sums) {
    const asked = counts.filter(({ district }) => of === 'city' || district === of)
    const sum = plainSum(
      asked.map(({ district = '', form = '', waiting, free }) => ({
        district,
        form,
        waiting: Number(waiting),
        free: Number(free),
      })),
    )
    t.strictSame(
      sum,
      Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, Number(value)])),
      of ?? '',
    )
  }
})
