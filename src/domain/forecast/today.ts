import { givingOrderOf, policyOfInput } from './givingOrder.ts'
import { type ForecastInput, NEVER, NONE } from './input.ts'
import type { Plan } from './plan.ts'
import { emptySince } from './rates.ts'

/** Somebody whose place has closed must leave it: the second class, unless her own comes before it. */
const MUST_LEAVE = 1

/** Where everybody is when a run begins. */
export interface Today {
  /** Stays that last: cell, home district, and for how many days. */
  cell: number[]
  home: number[]
  age: number[]
  /** By cell, for how many days each empty place has stood empty. */
  empty: number[][]
  /** Who waits, the first registered first. */
  needs: { home: number; first: number; second: number; urgency: number; age: number; stay: number }[]
}

/** Reads today's residents, empty places and queue; a need of somebody in a place of ours is tied to such a stay. */
export function todayOf(input: ForecastInput, plan: Plan): Today {
  const { asOf, places, stays, needs } = input
  const { rankOf } = givingOrderOf(policyOfInput(input).choices)
  const atLeastMustLeave = (urgency: number) => (rankOf[MUST_LEAVE]! < rankOf[urgency]! ? MUST_LEAVE : urgency)
  const forms = input.forms.length
  const cellOf = new Map(plan.cells.map(({ area, form }, cell) => [input.areas.indexOf(area) * forms + form, cell]))
  const placeCell = places.area.map((area, place) => cellOf.get(area * forms + places.form[place]!))
  const open = (place: number) => places.opens[place]! <= asOf && places.closes[place]! > asOf
  const today: Today = { cell: [], home: [], age: [], empty: plan.cells.map(() => []), needs: [] }
  // those of a home district and form, whoever is known to wait for another home last: they are taken from the end
  const living = new Map<number, { stay: number; ready: boolean; overdue: number }[]>()
  const taken = new Set<number>()
  for (const [i, from] of stays.from.entries()) {
    const place = stays.place[i]!
    const cell = placeCell[place]
    // whose place has closed, lives in none: she waits outside, with her need or, where nobody has registered one, for such a place
    const closed = places.closes[place]! <= asOf
    if (from > asOf || stays.to[i]! <= asOf || (!closed && (cell === undefined || !open(place)))) continue
    // a place is lived in once: what overlaps on paper is a handover
    if (taken.has(place)) continue
    taken.add(place)
    const stay = closed || cell === undefined ? NONE : today.cell.push(cell) - 1
    if (stay !== NONE) {
      today.home.push(stays.home[i]!)
      today.age.push(asOf - from)
    }
    const key = stays.home[i]! * forms + places.form[place]!
    const list = living.get(key) ?? []
    list.push({
      stay,
      ready: stays.readySince[i] !== NEVER,
      overdue: closed ? asOf - Math.max(from, places.closes[place]!) : 0,
    })
    living.set(key, list)
  }
  for (const list of living.values()) list.sort((a, b) => Number(a.ready) - Number(b.ready))
  for (const [place, since] of emptySince(input).entries()) {
    const cell = placeCell[place]
    if (since !== NEVER && cell !== undefined && open(place) && !taken.has(place))
      today.empty[cell]!.push(Math.max(0, asOf - since))
  }
  const order = [...needs.from.keys()].filter((i) => needs.to[i] === NEVER && needs.from[i]! <= asOf)
  order.sort((a, b) => needs.from[a]! - needs.from[b]! || a - b)
  for (const i of order) {
    const lives = needs.livesIn[i]!
    const found = lives === NONE ? undefined : living.get(needs.home[i]! * forms + lives)?.pop()
    today.needs.push({
      home: needs.home[i]!,
      first: needs.first[i]!,
      second: needs.second[i]!,
      urgency: found?.stay === NONE ? atLeastMustLeave(needs.urgency[i]! - 1) : needs.urgency[i]! - 1,
      age: asOf - needs.from[i]!,
      stay: found?.stay ?? NONE,
    })
  }
  for (const [key, list] of living)
    for (const { stay, overdue } of list)
      if (stay === NONE) {
        const [home, first] = [Math.floor(key / forms), key % forms]
        today.needs.push({ home, first, second: NONE, urgency: MUST_LEAVE, age: overdue, stay })
      }
  today.needs.sort((a, b) => b.age - a.age)
  return today
}
