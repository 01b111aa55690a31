import { randomFrom } from '../../demo/random.ts'
import { type Day, dayNumber } from '../../domain/day.ts'
import { type ForecastInput, NEVER, NONE } from '../../domain/forecast/input.ts'
import { normalAt } from '../../domain/forecast/random.ts'
import type { Measure } from '../../domain/forecast/series.ts'
import { dailyNeeds, FORMS } from './dailyNeeds.ts'

/**
 * A city that is not as the forecast thinks: need breaks its trend, before today or after it; it has seasons; the months' shocks
 * last and strike all districts together; stays and waits are lognormal and grow longer or shorter over the years; a place is
 * offered to a few only; some places close that nobody had planned. Nothing here is shared with the simulator.
 */
export interface TrueCity {
  /** What is known on the day of the forecast. */
  input: ForecastInput
  /** What came on a day, of some districts together; null where nobody waits whose days could be counted. */
  truth(measure: Measure, day: number, districts: readonly number[], form: number): number | null
}

export const AS_OF = '2026-09-01' as Day
const TODAY = dayNumber(AS_OF)
const HISTORY = 8 * 365
const WARM_UP = 3 * 365
const MONTH = 30.4

interface Stay {
  place: number
  home: number
  form: number
  from: number
  to: number
  due: number
  ready: number
  moved: boolean
  need: Need | null
}
interface Need {
  home: number
  first: number
  second: number
  livesIn: number
  stay: Stay | null
  from: number
  to: number
  patience: number
  given: number
  urgency: number
}
interface Place {
  area: number
  form: number
  opens: number
  closes: number
  known: number
  ready: number
  stay: Stay | null
}

const COUNTED = ['residents', 'queue', 'waited', 'occupied', 'places'] as const
type Counted = (typeof COUNTED)[number]
type DayCounts = Record<Counted, Float64Array>

/** @param days how far beyond the day of the forecast it is lived */
export function trueCity(seed: number, days: number): TrueCity {
  const random = randomFrom(seed, 'calibrate')
  const chance = random.fork('chance')
  const normal = () => normalAt((chance.below(1_000_000) + 0.5) / 1_000_000)
  const districts = random.between(3, 6)
  const begin = TODAY - HISTORY - WARM_UP
  const end = TODAY + days
  const need = dailyNeeds(
    random.fork('need'),
    districts,
    Math.ceil((end - begin) / MONTH) + 1,
    Math.floor((TODAY - begin) / MONTH),
  )
  const everyone = Array.from({ length: districts }, (_, district) => district)
  const areas = [...everyone.map((district) => ({ district, serves: [district] })), { district: 0, serves: everyone }]
  const places: Place[] = []
  for (const [form, facts] of FORMS.entries()) {
    for (const area of facts.city ? [districts] : everyone) {
      const count = facts.city ? random.between(12, 40) : random.between(4, 22)
      for (let i = 0; i < count; i += 1) {
        const late = random.chance(170)
        const closes = random.chance(90) ? TODAY - 700 + random.below(700 + days) : NEVER
        const opens = late ? begin + random.below(end - begin) : begin
        if (closes <= opens) continue
        // a third of the closings to come nobody knows of yet
        const known = closes > TODAY && random.chance(333) ? NEVER : closes
        places.push({ area, form, opens, closes, known, ready: opens, stay: null })
      }
    }
  }
  const slower = FORMS.map(() => (0.06 * (random.below(1001) - 500)) / 500 / 365)
  const accepts = FORMS.map(() => random.between(150, 600))
  const direct = FORMS.map(() => random.between(30, 500))
  const length = (mean: number, form: number, day: number, sigma: number) =>
    Math.max(1, Math.round(mean * Math.exp(sigma * normal() - sigma ** 2 / 2 + (slower[form] ?? 0) * (day - TODAY))))

  const stays: Stay[] = []
  const needs: Need[] = []
  let waiting: Need[] = []
  let living: Stay[] = []

  function leave(stay: Stay, day: number, gap: boolean): void {
    stay.to = day
    living = living.filter((other) => other !== stay)
    const place = places[stay.place]
    if (place === undefined) return
    place.stay = null
    place.ready = day + (gap ? length(18, stay.form, day, 0.9) : 0)
  }

  function moveIn(place: Place, home: number, day: number): Stay {
    const { form } = place
    const due = day + length(FORMS[form]?.stay ?? 1, form, day, 1.1)
    const stay = {
      place: places.indexOf(place),
      home,
      form,
      from: day,
      to: NEVER,
      due,
      ready: NEVER,
      moved: false,
      need: null,
    }
    stays.push(stay)
    living.push(stay)
    place.stay = stay
    return stay
  }

  function endNeed(one: Need, day: number): void {
    one.to = day
    if (one.stay !== null) one.stay.need = null
  }

  function offer(place: Place, day: number): void {
    const serves = areas[place.area]?.serves ?? []
    const asked = waiting
      .filter(({ first, second, home }) => (first === place.form || second === place.form) && serves.includes(home))
      .sort((a, b) => a.urgency - b.urgency || a.from - b.from)
      .slice(0, 6)
    const found = asked.find(() => chance.chance(accepts[place.form] ?? 0))
    if (found !== undefined) {
      waiting = waiting.filter((one) => one !== found)
      const before = found.stay
      endNeed(found, day)
      found.given = place.form
      if (before !== null) {
        before.moved = true
        leave(before, day, true)
      }
      moveIn(place, found.home, day)
    } else if (chance.chance(direct[place.form] ?? 0)) moveIn(place, chance.pick(serves), day)
    else place.ready = day + 7
  }

  for (const place of places)
    if (place.opens === begin && random.chance(900)) moveIn(place, chance.pick(areas[place.area]?.serves ?? [0]), begin)

  for (let day = begin; day < end; day += 1) {
    const month = Math.floor((day - begin) / MONTH)
    for (const [first, byDistrict] of need.entries()) {
      for (const [home, line] of byDistrict.entries()) {
        if (chance.below(1_000_000) >= 1_000_000 * (line[month] ?? 0)) continue
        const inside = chance.chance(250)
          ? living.filter((stay) => stay.home === home && stay.need === null && stay.form !== first)
          : []
        const stay = inside.length === 0 ? null : chance.pick(inside)
        const second = chance.chance(300) ? chance.below(FORMS.length) : NONE
        const one: Need = {
          home,
          first,
          second: second === first ? NONE : second,
          livesIn: stay?.form ?? NONE,
          stay,
          from: day,
          to: NEVER,
          patience: day + length(FORMS[first]?.patience ?? 1, first, day, 0.9),
          given: NONE,
          urgency: chance.between(1, 5),
        }
        if (stay !== null) {
          stay.need = one
          stay.ready = day
        }
        needs.push(one)
        waiting.push(one)
      }
    }
    for (const one of waiting.filter(({ patience }) => patience <= day)) {
      waiting = waiting.filter((other) => other !== one)
      const { stay } = one
      endNeed(one, day)
      if (stay !== null && (stay.due <= day || chance.chance(200))) leave(stay, day, true)
    }
    for (const stay of living.filter(({ due, need: waits }) => due <= day && waits === null)) leave(stay, day, true)
    for (const place of places) {
      if (place.closes === day && place.stay !== null) {
        const { stay } = place
        if (stay.need !== null) {
          stay.need.stay = null
          stay.need.livesIn = NONE
        }
        leave(stay, day, false)
      }
      if (place.opens <= day && day < place.closes && place.stay === null && place.ready <= day) offer(place, day)
    }
  }

  const from = TODAY - HISTORY
  const seen = stays.filter((stay) => stay.from <= TODAY && stay.to > from)
  const known = needs.filter((one) => one.from <= TODAY && one.to > from)
  const past = (day: number) => (day <= TODAY ? day : NEVER)
  const input: ForecastInput = {
    asOf: TODAY,
    since: from,
    districts: everyone.map((district) => `0301${String(district + 1).padStart(2, '0')}`),
    forms: FORMS.map(({ id, step }) => ({ id, step })),
    areas,
    places: {
      area: places.map(({ area }) => area),
      form: places.map(({ form }) => form),
      opens: places.map(({ opens }) => opens),
      closes: places.map(({ known: closes }) => closes),
    },
    stays: {
      place: seen.map(({ place }) => place),
      home: seen.map(({ home }) => home),
      from: seen.map((stay) => stay.from),
      to: seen.map(({ to }) => past(to)),
      readySince: seen.map(({ ready }) => past(ready)),
      movedOn: seen.map(({ moved, to }) => (moved && to <= TODAY ? 1 : 0)),
      lost: seen.map(() => 0),
    },
    needs: {
      home: known.map(({ home }) => home),
      first: known.map(({ first }) => first),
      second: known.map(({ second }) => second),
      livesIn: known.map(({ livesIn }) => livesIn),
      from: known.map((one) => one.from),
      to: known.map(({ to }) => past(to)),
      given: known.map(({ given, to }) => (to <= TODAY ? given : NONE)),
      urgency: known.map(({ urgency }) => urgency),
      afterLoss: known.map(() => 0),
    },
  }
  const counted = new Map<number, DayCounts>()
  function countsOn(day: number): DayCounts {
    const found = counted.get(day)
    if (found !== undefined) return found
    const counts = {} as DayCounts
    for (const name of COUNTED) counts[name] = new Float64Array(districts * FORMS.length)
    const add = (name: Counted, district: number, form: number, value = 1) => {
      const at = district * FORMS.length + form
      counts[name][at] = (counts[name][at] ?? 0) + value
    }
    for (const { area, form, opens, closes } of places)
      if (opens <= day && day < closes) add('places', areas[area]?.district ?? 0, form)
    for (const stay of stays) {
      if (stay.from > day || stay.to <= day) continue
      add('residents', stay.home, stay.form)
      add('occupied', areas[places[stay.place]?.area ?? 0]?.district ?? 0, stay.form)
    }
    for (const one of needs) {
      if (one.from > day || one.to <= day) continue
      add('queue', one.home, one.first)
      add('waited', one.home, one.first, day - one.from)
    }
    counted.set(day, counts)
    return counts
  }
  return {
    input,
    truth(measure, day, some, form) {
      const counts = countsOn(day)
      const sum = (name: Counted) =>
        some.reduce((total, district) => total + (counts[name][district * FORMS.length + form] ?? 0), 0)
      if (measure === 'shortfall') return Math.max(0, sum('queue') - (sum('places') - sum('occupied')))
      if (measure === 'waitedDays') return sum('queue') === 0 ? null : sum('waited') / sum('queue')
      return sum(measure)
    },
  }
}
