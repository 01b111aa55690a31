import type { DayNumber } from './calendar.ts'

type Happening = () => void

/** The four parts of a day, in their order: a home may be left and taken on the same day. */
const PARTS = ['closings', 'departures', 'needs', 'arrivals'] as const
type Part = (typeof PARTS)[number]

/** What is going to happen, day by day. What happens may put more into the same part of the day, or into later ones. */
export interface Agenda {
  put(day: DayNumber, part: Part, happening: Happening): void
  /** Lets a day happen; `before` runs between the departures and the needs. */
  live(day: DayNumber, before: Happening): void
}

/** An empty agenda. */
export function emptyAgenda(): Agenda {
  const days = new Map<DayNumber, Record<Part, Happening[]>>()
  const on = (day: DayNumber) => {
    const found = days.get(day) ?? { closings: [], departures: [], needs: [], arrivals: [] }
    days.set(day, found)
    return found
  }
  return {
    put(day, part, happening) {
      on(day)[part].push(happening)
    },
    live(day, before) {
      for (const part of PARTS) {
        if (part === 'needs') before()
        const happenings = on(day)[part]
        for (let i = 0; i < happenings.length; i += 1) happenings[i]?.()
      }
      days.delete(day)
    },
  }
}
