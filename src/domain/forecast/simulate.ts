import { agendaOf, longer } from './columns.ts'
import { drawRates, noRates, picked } from './draw.ts'
import { givingOrderOf, policyOfInput } from './givingOrder.ts'
import { homesOf } from './homes.ts'
import { type ForecastInput, NONE } from './input.ts'
import { endsAt } from './lasting.ts'
import { noNeeds, type Registered } from './needs.ts'
import { lossFactor, type Plan, teamFactor } from './plan.ts'
import { queueOf } from './queue.ts'
import { poissonAt } from './random.ts'
import { CLASSES, type Rates, SITUATIONS, situationOf } from './rates.ts'
import { type DayCounts, type Layout, record } from './series.ts'
import { servingOf } from './serving.ts'
import { streamsOf } from './streams.ts'
import { todayOf } from './today.ts'

/** What a run did with people, for whoever checks that none was lost. */
export interface Tally {
  /** Who lived in a place or waited outside when it began; came since; and left for good. */
  begun: number
  came: number
  left: number
  /** Who lives in a place, and who waits and lives in none, at the end. */
  living: number
  outside: number
  /** The most households that a cell ever had beyond its places. */
  overfull: number
}

/** Places that close within so many days are not given on, as far as those who live there will fill what is left. */
const RUN_DOWN_DAYS = 61
/** Of those who put off leaving: within so many days after the need has ended. */
const LEAVES_WITHIN = 60
/** Somebody whose place closes must leave: the second class. */
const MUST_LEAVE = 1
const LEAST_FIT = 1e-9

/**
 * The simulator of one plan: a function that writes run `run` of `seed` into `row`. Run by run the same memory is used again.
 *
 * Each day: what opens and closes; who registers; whose need ends without a place; who leaves; and what is ready is given
 * away. Takes time in proportion to what happens: some 30 ms for the whole city to 2030.
 */
export function simulator(input: ForecastInput, rates: Rates, plan: Plan, layout: Layout) {
  const forms = input.forms.length
  const districts = input.districts.length
  const { cells, points, from: begin, until } = plan
  const months = points.length - 1
  const { streams, chance } = streamsOf(cells, forms, districts)
  const steps = input.forms.map(({ step }) => step)
  const placeOf = Int32Array.from(cells, ({ area, form }) => area.district * forms + form)
  const today = todayOf(input, plan)
  const drawn = noRates(rates, months)
  const order = givingOrderOf(policyOfInput(input).choices)
  const serving = servingOf(plan, drawn, districts, chance, streams, order)

  const queue = queueOf(districts, forms)
  const homes = homesOf(cells, districts, forms)
  const needs = noNeeds()
  const [arriving, ending, leaving, ready] = [0, 1, 2, 3].map(() => agendaOf(until - begin)) as [
    ReturnType<typeof agendaOf>,
    ReturnType<typeof agendaOf>,
    ReturnType<typeof agendaOf>,
    ReturnType<typeof agendaOf>,
  ]
  const capacity = new Int32Array(cells.length)
  /** Empty places that will be given away. */
  const empty = new Int32Array(cells.length)
  let gapCell = new Int32Array(0)
  let gaps = 0
  let nextChange = 0
  const counts: DayCounts = {
    occupied: homes.occupied,
    residents: homes.residents,
    places: new Int32Array(districts * forms),
    queue: new Int32Array(districts * forms),
    registered: new Float64Array(districts * forms),
  }
  let tally: Tally = { begun: 0, came: 0, left: 0, living: 0, outside: 0, overfull: 0 }

  const formOf = (stay: number) => cells[homes.cellOf(stay)]!.form

  /** The household is out; the place stands empty for a while, unless it is one too many. */
  function moveOut(stay: number, day: number): void {
    const cell = homes.cellOf(stay)
    homes.moveOut(stay)
    if (homes.taken[cell]! + empty[cell]! < capacity[cell]!) standEmpty(cell, day, 0)
  }

  function standEmpty(cell: number, day: number, age: number): void {
    const { area, form } = cells[cell]!
    const full = endsAt(drawn.vacancies, form, area.district, age, age, chance.uniform(streams.gaps + cell))
    const left = (full - age) / teamFactor(plan, input.forms[form]!.id, area.district, day)
    empty[cell]! += 1
    if (gaps >= gapCell.length) gapCell = longer(gapCell, gaps + 1)
    gapCell[gaps] = cell
    ready.put(day + Math.round(left) - begin, gaps)
    gaps += 1
  }

  /** Stands in the queue from now on; `age` days of it are over. */
  function wait(need: number, day: number, age: number): void {
    const [home, first, named, stay] = [needs.home(need), needs.first(need), needs.second(need), needs.stay(need)]
    const stream = streams.patience + first * districts + home
    const takesNext = chance.uniform(stream) < (rates.matching.takesNext[named] ?? 0) && !order.firstFormOnly
    queue.add(need, home, first, takesNext ? named : NONE, order.rankOf[needs.urgency(need)]!)
    counts.queue[home * forms + first]! += 1
    counts.registered[home * forms + first]! += needs.from(need)
    if (stay !== NONE) homes.setNeed(stay, need)
    serving.joins(need, home, first * districts + home)
    const ends = endsAt(drawn.patience, first, home, age, age + 1, chance.uniform(stream))
    ending.put(day + ends - age - begin, need)
  }

  function endWait(need: number): void {
    const [at, stay] = [needs.home(need) * forms + needs.first(need), needs.stay(need)]
    queue.remove(need)
    counts.queue[at]! -= 1
    counts.registered[at]! -= needs.from(need)
    if (stay !== NONE) homes.setNeed(stay, NONE)
  }

  /** Who registers on which days of a month: each has five numbers of her own, so one more moves nobody else's. */
  function drawMonth(month: number): void {
    const [start, end] = [points[month]!, points[month + 1]!]
    const trendedBy = (first: number, at: number) => (at < 0 ? 0 : drawn.trended[first * months + at]!)
    for (let first = 0; first < forms; first += 1) {
      for (let home = 0; home < districts; home += 1) {
        const group = first * districts + home
        const at = group * months + month
        const since = plan.trendUntil[group]!
        // a scenario's own growth takes the place of the trend's
        const other = month < since ? 1 : Math.exp(trendedBy(first, since - 1) - trendedBy(first, month))
        const mean = drawn.daily[at]! * plan.arrivals[at]! * other * (end - start)
        const count = poissonAt(mean, chance.uniform(streams.counts + group))
        for (let k = 0; k < count; k += 1) {
          const stream = streams.persons + group
          const from = start + Math.floor(chance.uniform(stream) * (end - start))
          const lives = picked(rates.livesIn, first * (forms + 1), forms + 1, chance.uniform(stream)) - 1
          const second = picked(rates.second, first * (forms + 1), forms + 1, chance.uniform(stream)) - 1
          const situation = situationOf(lives === NONE ? undefined : steps[lives])
          const urgency = urgencyOf(first, situation, chance.uniform(stream))
          arriving.put(from - begin, needs.add({ home, first, second, urgency, from, stay: lives }))
        }
      }
    }
  }

  const urgencyOf = (first: number, situation: number, u: number) =>
    picked(rates.urgency, (first * SITUATIONS + situation) * CLASSES, CLASSES, u)

  /** A need arises: of somebody in a place of ours who waits for nothing yet, or of somebody from outside. */
  function arise(need: number, day: number): void {
    const [home, form] = [needs.home(need), needs.stay(need)]
    const u = chance.uniform(streams.persons + needs.first(need) * districts + home)
    const stay = form === NONE ? NONE : homes.anyone(home, form, u)
    const inside = stay !== NONE && homes.needOf(stay) === NONE
    needs.setStay(need, inside ? stay : NONE)
    if (!inside) tally.came += 1
    wait(need, day, 0)
  }

  function giveUp(need: number, day: number): void {
    const stay = needs.stay(need)
    endWait(need)
    if (stay === NONE) {
      tally.left += 1
      return
    }
    const stream = streams.losses + formOf(stay) * districts + homes.homeOf(stay)
    const leaves = chance.uniform(stream) < drawn.givesUp[formOf(stay)]!
    if (!homes.isPutOff(stay) && !leaves) return
    // under a new number, so that the day she would have left on means nothing any more
    const [cell, home] = [homes.cellOf(stay), homes.homeOf(stay)]
    homes.moveOut(stay)
    leaving.put(day + 1 + Math.floor(chance.uniform(stream) * LEAVES_WITHIN) - begin, homes.moveIn(cell, home))
  }

  function leave(stay: number, day: number): void {
    if (homes.needOf(stay) !== NONE) {
      // nobody leaves a home before the next lease is signed
      homes.putOff(stay)
      return
    }
    const [form, home] = [formOf(stay), homes.homeOf(stay)]
    const stream = streams.losses + form * districts + home
    moveOut(stay, day)
    if (chance.uniform(stream) >= drawn.losses[form]! * lossFactor(plan, day)) {
      tally.left += 1
      return
    }
    const first = picked(rates.afterLoss, 0, forms, chance.uniform(stream))
    const urgency = urgencyOf(first, 0, chance.uniform(stream))
    wait(needs.add({ home, first, second: NONE, urgency, from: day, stay: NONE }), day, 0)
  }

  /** A place whose gap is over goes to the first whom it fits, or to somebody without a registered need. */
  function give(cell: number, day: number): void {
    empty[cell]! -= 1
    if (homes.taken[cell]! >= leastSoon(cell, day)) return
    const { form } = cells[cell]!
    const u = chance.uniform(streams.fits + cell)
    const fits = Math.max(LEAST_FIT, drawn.fits[form]!)
    const skip = fits >= 1 ? 0 : Math.floor(Math.log(u) / Math.log1p(-fits))
    const served = serving.on(cell, day)
    const need =
      skip < queue.waiting(form, served.waiting)
        ? queue.after(form, served.turns, skip, serving.isServed(served))
        : NONE
    const home = need === NONE ? serving.homeOf(served, form, chance.uniform(streams.homes + cell)) : needs.home(need)
    if (need === NONE) tally.came += 1
    else {
      const before = needs.stay(need)
      endWait(need)
      if (before !== NONE) moveOut(before, day)
    }
    const length = endsAt(drawn.stays, form, home, 0, 1, chance.uniform(streams.stays + cell))
    leaving.put(day + length - begin, homes.moveIn(cell, home))
  }

  /** The fewest places that the cell has from today until what closes is run down. */
  function leastSoon(cell: number, day: number): number {
    let count = capacity[cell]!
    let least = count
    for (let i = nextChange; i < plan.changes.length; i += 1) {
      const change = plan.changes[i]!
      if (change.day > day + RUN_DOWN_DAYS) break
      if (change.cell !== cell) continue
      count += change.places
      least = Math.min(least, count)
    }
    return least
  }

  function change(day: number): void {
    for (; nextChange < plan.changes.length && plan.changes[nextChange]!.day <= day; nextChange += 1) {
      const { cell, places } = plan.changes[nextChange]!
      capacity[cell]! += places
      counts.places[placeOf[cell]!]! += places
      for (let i = 0; i < places; i += 1) standEmpty(cell, day, 0)
      while (homes.taken[cell]! > capacity[cell]!) mustLeave(homes.lastIn(cell), day)
    }
  }

  /** Her place closes: she waits outside, with the need that she had or for such a place, in the second class unless hers comes before it. */
  function mustLeave(stay: number, day: number): void {
    const [home, form, need] = [homes.homeOf(stay), formOf(stay), homes.needOf(stay)]
    moveOut(stay, day)
    if (need === NONE)
      wait(needs.add({ home, first: form, second: NONE, urgency: MUST_LEAVE, from: day, stay: NONE }), day, 0)
    else {
      needs.setStay(need, NONE)
      queue.hurry(need, order.rankOf[MUST_LEAVE]!)
    }
  }

  function beginRun(): void {
    for (const part of [queue, homes, needs, arriving, ending, leaving, ready]) part.clear()
    for (const column of [counts.places, counts.queue, counts.registered, empty]) column.fill(0)
    gaps = 0
    nextChange = 0
    for (const [cell, { places }] of cells.entries()) {
      capacity[cell] = places
      counts.places[placeOf[cell]!]! += places
    }
    for (const [i, cell] of today.cell.entries()) {
      const [home, age] = [today.home[i]!, today.age[i]!]
      const ends = endsAt(drawn.stays, cells[cell]!.form, home, age, age + 1, chance.uniform(streams.stays + cell))
      leaving.put(ends - age, homes.moveIn(cell, home))
    }
    for (const [cell, ages] of today.empty.entries()) for (const age of ages) standEmpty(cell, begin, age)
    let outside = 0
    for (const { age, ...need } of today.needs) {
      if (need.stay === NONE) outside += 1
      const registered: Registered = { ...need, from: begin - age }
      wait(needs.add(registered), begin, age)
    }
    tally = { begun: today.cell.length + outside, came: 0, left: 0, living: 0, outside: 0, overfull: 0 }
  }

  function live(day: number): void {
    const at = day - begin
    change(day)
    for (let need = arriving.take(at); need !== NONE; need = arriving.take(at)) arise(need, day)
    for (let need = ending.take(at); need !== NONE; need = ending.take(at)) if (queue.waits(need)) giveUp(need, day)
    for (let stay = leaving.take(at); stay !== NONE; stay = leaving.take(at)) if (homes.lives(stay)) leave(stay, day)
    for (let gap = ready.take(at); gap !== NONE; gap = ready.take(at)) give(gapCell[gap]!, day)
    for (let cell = 0; cell < cells.length; cell += 1)
      tally.overfull = Math.max(tally.overfull, homes.taken[cell]! - capacity[cell]!)
  }

  return function simulate(seed: number, run: number, row: Float32Array): Tally {
    chance.start(seed, run)
    drawRates(rates, drawn, months, chance, streams.rates, streams.trends)
    beginRun()
    for (let month = 0; month < months; month += 1) {
      record(layout, counts, points[month]!, month, row)
      drawMonth(month)
      for (let day = points[month]!; day < points[month + 1]!; day += 1) live(day)
    }
    record(layout, counts, until, months, row)
    tally.living = homes.taken.reduce((sum, count) => sum + count, 0)
    for (let need = 0; need < needs.count(); need += 1)
      if (queue.waits(need) && needs.stay(need) === NONE) tally.outside += 1
    return tally
  }
}
