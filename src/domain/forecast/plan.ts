import { dayNumber } from '../day.ts'
import { placesInWords } from '../words.ts'
import type { RefusedChange, ScenarioChange } from './changes.ts'
import { isColocated, TEAM_FORMS } from './changes.ts'
import { type Growing, grownBy } from './growing.ts'
import { type Area, type ForecastInput, NEVER, UNSURE } from './input.ts'
import { type Redrawing, redrawingOf } from './redrawn.ts'

/** Places of one form in one area: what the simulation counts together. */
export interface Cell {
  area: Area
  form: number
  /** Places open today. */
  places: number
  /** Which chance it has of all there could be: the same in every scenario, whatever other cells a scenario opens. */
  chance: number
}

/** So many places more (or fewer) from a day on. */
export interface PlannedChange {
  day: number
  cell: number
  places: number
}

/** What is fixed before chance comes in: cells, planned openings and closings, and what a scenario does to rates. */
export interface Plan {
  /** The first day that is simulated, and the day after the last. */
  from: number
  until: number
  /** Days of which the state is told: today, the first of each month after it, and `until`; a month is from one to the next. */
  points: readonly number[]
  cells: readonly Cell[]
  /** By day, openings before closings of one day. */
  changes: readonly PlannedChange[]
  /** How much a scenario multiplies arrivals by, `(form * districts + district) * months + month`. */
  arrivals: Float64Array
  /** The month in which a scenario's growth takes the place of the learnt trend, `form * districts + district`. */
  trendUntil: Int32Array
  /** From which day gaps are divided by what, and losses multiplied by what. */
  team: readonly { from: number; district: number | undefined; factor: number }[]
  losses: readonly { from: number; factor: number }[]
  /** New districts, from a day on. */
  redrawn: Redrawing | undefined
}

/**
 * Changes in an order of their own, whatever order they are written in: what opens before what closes, and then by day. So the
 * order in which a scenario is written decides nothing.
 */
function inOrder(changes: readonly ScenarioChange[]): { index: number; change: ScenarioChange }[] {
  const keyOf = (change: ScenarioChange) =>
    `${change.kind === 'open_places' ? 0 : 1} ${change.from} ${JSON.stringify(Object.entries(change).toSorted())}`
  return changes
    .map((change, index) => ({ index, change, key: keyOf(change) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}

/** Months and the cells of places, with what is planned and what a scenario changes; and the changes that cannot be. */
export function planOf(
  input: ForecastInput,
  points: readonly number[],
  changes: readonly ScenarioChange[],
): { plan: Plan; refused: RefusedChange[] } {
  const certainOnlyFrom = changes.find(({ kind }) => kind === 'without_possible')?.from
  const { cells, planned } = cellsOf(
    input,
    points.at(-1)!,
    certainOnlyFrom === undefined ? NEVER : dayNumber(certainOnlyFrom),
  )
  const known = cells.length
  let redrawn: Redrawing | undefined
  const refused: RefusedChange[] = []
  const months = points.length - 1
  const districts = input.districts.length
  const forms = input.forms.length
  const arrivals = new Float64Array(forms * districts * months).fill(1)
  const growths = new Map<number, Growing[]>()
  const trendUntil = new Int32Array(forms * districts).fill(months)
  const team: { from: number; district: number | undefined; factor: number }[] = []
  const losses: { from: number; factor: number }[] = []
  const everyone = input.districts.map((_, district) => district)
  const indexOf = (codes: readonly string[], code: string | undefined) =>
    code === undefined ? undefined : codes.indexOf(code)
  const formIds = input.forms.map(({ id }) => id)

  function openedCell(district: number, form: number, serves: readonly number[]): number {
    const found = cells.findIndex(
      (cell) => cell.form === form && cell.area.district === district && same(cell.area.serves, serves),
    )
    if (found >= 0) return found
    const group = district * forms + form + (serves === everyone ? forms * districts : 0)
    return cells.push({ area: { district, serves }, form, places: 0, chance: known + group }) - 1
  }

  /** How many places of a cell there are from `day` on at the least, with everything that is planned so far. */
  function leastFrom(cell: number, day: number): number {
    let count = cells[cell]!.places
    let least = NEVER
    for (const change of planned.toSorted((a, b) => a.day - b.day || b.places - a.places)) {
      if (change.cell !== cell) continue
      if (change.day > day) least = Math.min(least, count)
      count += change.places
    }
    return Math.min(least, count)
  }

  for (const { index, change } of inOrder(changes)) {
    const day = dayNumber(change.from)
    const district = 'district' in change ? indexOf(input.districts, change.district) : undefined
    const form = 'form' in change ? indexOf(formIds, change.form) : undefined
    switch (change.kind) {
      case 'open_places': {
        const serves = change.forCity === true ? everyone : [district!]
        planned.push({ day, cell: openedCell(district!, form!, serves), places: change.places })
        break
      }
      case 'close_places': {
        let left = change.places
        const own = (cell: number) => (cells[cell]!.area.serves.length === 1 ? 1 : 0)
        const order = [...cells.keys()]
          .filter(
            (cell) => cells[cell]!.form === form && (district === undefined || cells[cell]!.area.district === district),
          )
          .map((cell) => ({ cell, least: leastFrom(cell, day) }))
          // a district closes its own first; the city where there are most
          .sort((a, b) => (district === undefined ? 0 : own(b.cell) - own(a.cell)) || b.least - a.least)
        for (const { cell, least } of order) {
          const some = Math.min(left, Math.max(0, least))
          if (some > 0) planned.push({ day, cell, places: -some })
          left -= some
        }
        if (left > 0) {
          const detail = `Det finnes bare ${placesInWords(change.places - left)} å legge ned fra denne dagen av.`
          refused.push({ index, field: 'places', code: 'more_than_exist', detail })
        }
        break
      }
      case 'growth':
      case 'past_growth':
      case 'arrivals':
        for (let f = 0; f < forms; f += 1) {
          if (change.kind === 'past_growth' ? !isColocated(formIds[f]!) : form !== undefined && f !== form) continue
          for (let d = 0; d < districts; d += 1) {
            if (district !== undefined && d !== district) continue
            const begins = points.findIndex((point) => point >= day)
            if (begins < 0) continue
            const group = f * districts + d
            if (change.kind === 'arrivals') {
              for (let month = begins; month < months; month += 1)
                arrivals[group * months + month] = arrivals[group * months + month]! * change.factor
              continue
            }
            trendUntil[group] = Math.min(trendUntil[group]!, begins)
            const ofForm = change.kind === 'past_growth' || form !== undefined
            const narrowness = (district === undefined ? 0 : 2) + (ofForm ? 1 : 0)
            const others = growths.get(group) ?? []
            growths.set(group, [...others, { begins, day, perYear: change.perYear, narrowness }])
          }
        }
        break
      case 'team_capacity':
        team.push({ from: day, district, factor: change.factor })
        break
      case 'loss_rate':
        losses.push({ from: day, factor: change.factor })
        break
      case 'without_possible':
        // left out of what is planned already, above
        break
      case 'redrawn_districts':
        redrawn = redrawingOf(change, input.districts)
        break
    }
  }
  for (const [group, some] of growths)
    for (const [month, level] of grownBy(some, months).entries())
      arrivals[group * months + month] = arrivals[group * months + month]! * level
  planned.sort((a, b) => a.day - b.day || b.places - a.places || a.cell - b.cell)
  const plan = {
    from: points[0]!,
    until: points.at(-1)!,
    points,
    cells,
    changes: planned,
    arrivals,
    trendUntil,
    team,
    losses,
    redrawn,
  }
  return { plan, refused }
}

/**
 * The cells of today with what is planned: openings and closings that are dated already.
 * @param certainOnlyFrom from this day on what is only possible is left out
 */
function cellsOf(
  input: ForecastInput,
  until: number,
  certainOnlyFrom: number,
): { cells: Cell[]; planned: PlannedChange[] } {
  const { asOf, places } = input
  const forms = input.forms.length
  const index = new Map<number, number>()
  const cells: Cell[] = []
  const changes = new Map<string, PlannedChange>()
  const plans = (day: number, cell: number, count: number) => {
    const key = `${day}/${cell}/${count > 0}`
    const change = changes.get(key) ?? { day, cell, places: 0 }
    change.places += count
    changes.set(key, change)
  }
  const leftOut = (place: number, what: number, day: number) =>
    day > asOf && day >= certainOnlyFrom && ((places.unsure?.[place] ?? 0) & what) !== 0
  for (const [place, opens] of places.opens.entries()) {
    if (leftOut(place, UNSURE.opening, opens)) continue
    const planned = places.closes[place]!
    const closes = leftOut(place, UNSURE.closing, planned) ? NEVER : planned
    if (closes <= asOf || opens >= until) continue
    const key = places.area[place]! * forms + places.form[place]!
    const cell =
      index.get(key) ??
      cells.push({
        area: input.areas[places.area[place]!]!,
        form: places.form[place]!,
        places: 0,
        chance: cells.length,
      }) - 1
    index.set(key, cell)
    if (opens <= asOf) cells[cell]!.places += 1
    else plans(opens, cell, 1)
    if (closes < until) plans(closes, cell, -1)
  }
  return { cells, planned: [...changes.values()] }
}

const same = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((value, i) => value === b[i])

/** The factor on vacancies of a cell from a day on; a form without an ambulant team waits for none. */
export function teamFactor(plan: Plan, form: string, district: number, day: number): number {
  if (!TEAM_FORMS.has(form)) return 1
  let factor = 1
  for (const change of plan.team)
    if (change.from <= day && (change.district === undefined || change.district === district)) factor *= change.factor
  return factor
}

/** The factor on the share of departures that lose the home, on a day. */
export function lossFactor(plan: Plan, day: number): number {
  return plan.losses.reduce((factor, change) => (change.from <= day ? factor * change.factor : factor), 1)
}
