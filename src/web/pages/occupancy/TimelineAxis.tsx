import { dayAfter, dayInShort, daysFrom, monthInShort } from '../../ui/days.ts'

const HEIGHT = 22
/** Beyond these many days weeks stand too close, and months are written instead. */
const DAYS_IN_WEEKS = 100

/** The share of the width within which a mark has room for its day beside it. */
const LABELLED = 0.95

type Tick = { day: string; label: string }

/** The days above the bars: each Monday, or the first of each month when there are many. Said in words in the column's header. */
export function TimelineAxis({ from, to }: { from: string; to: string }) {
  const days = daysFrom(from, to)
  const percent = (day: string) => `${(100 * daysFrom(from, day)) / days}%`
  return (
    <svg className="axis" height={HEIGHT} width="100%" aria-hidden="true">
      {ticks(from, to).map(({ day, label }) => (
        <g key={day} className="axis__tick">
          <line className="axis__line" x1={percent(day)} x2={percent(day)} y2={HEIGHT} />
          {daysFrom(from, day) < LABELLED * days && (
            <text className="axis__label" x={percent(day)} dx="4" y="14">
              {label}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}

function ticks(from: string, to: string): Tick[] {
  const found: Tick[] = []
  const inWeeks = daysFrom(from, to) <= DAYS_IN_WEEKS
  for (let day = from; day < to; day = dayAfter(day, 1)) {
    if (inWeeks && new Date(`${day}T00:00:00Z`).getUTCDay() === 1) found.push({ day, label: dayInShort(day) })
    if (!inWeeks && day.endsWith('-01')) found.push({ day, label: monthInShort(day) })
  }
  return found
}
