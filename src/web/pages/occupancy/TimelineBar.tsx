import type { OccupancySegment, PlaceOccupancy } from '../../api/types.ts'
import { daysFrom } from '../../ui/days.ts'
import { type ReasonName, rowInWords, segmentInShort, segmentInWords } from './segmentWords.ts'

export const BAR_HEIGHT = 30
const STRIP = 8

type Props = {
  place: PlaceOccupancy
  from: string
  to: string
  reason: ReasonName
}

/**
 * One place's days as a bar. Each state has its own word, its own strip at the foot and its own colour: any one of them is
 * enough. What stands empty is dark and heavy, so that it is what the eye meets.
 */
export function TimelineBar({ place, from, to, reason }: Props) {
  const days = daysFrom(from, to)
  const percent = (day: string) => `${(100 * daysFrom(from, day)) / days}%`
  return (
    <svg className="bar" height={BAR_HEIGHT} width="100%" role="img" aria-label={rowInWords(place, reason)}>
      {place.segments.map((segment) => (
        <svg
          key={segment.from}
          x={percent(segment.from)}
          width={`${(100 * daysFrom(segment.from, segment.to)) / days}%`}
          height={BAR_HEIGHT}
        >
          <title>{segmentInWords(segment, place, reason)}</title>
          <SegmentDrawing segment={segment} />
        </svg>
      ))}
    </svg>
  )
}

/** Days in a row, as wide as what it stands in. */
export function SegmentDrawing({ segment, word = true }: { segment: OccupancySegment; word?: boolean }) {
  const { state, hold, stay } = segment
  const look = state === 'occupied' && stay?.overdue === true ? 'overdue' : state
  return (
    <>
      <rect className={`bar__state bar__state--${look}`} width="100%" height={BAR_HEIGHT} />
      {state !== 'vacant' && state !== 'not_open' && (
        <rect y={BAR_HEIGHT - STRIP} width="100%" height={STRIP} fill={`url(#strip-${look})`} />
      )}
      {state === 'occupied' && hold !== null && (
        <rect y={BAR_HEIGHT - STRIP} width="100%" height={STRIP} fill="url(#strip-held)" />
      )}
      <line className="bar__edge" x1="0" x2="0" y2={BAR_HEIGHT} />
      {word && (
        <text className={`bar__word bar__word--${look}`} x="5" y="16">
          {segmentInShort(segment)}
        </text>
      )}
    </>
  )
}

/** The patterns of the strips, drawn once a page. */
export function TimelinePatterns() {
  return (
    <svg width="0" height="0" aria-hidden="true" className="patterns">
      <defs>
        <pattern id="strip-occupied" width="4" height="4" patternUnits="userSpaceOnUse">
          <rect width="4" height="4" className="strip strip--occupied" />
        </pattern>
        <pattern id="strip-overdue" width="10" height="8" patternUnits="userSpaceOnUse">
          <path d="M0 8 L5 0 L10 8 Z" className="strip strip--overdue" />
        </pattern>
        <pattern id="strip-held" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" className="strip strip--under" />
          <path d="M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6" className="strip strip--held" />
        </pattern>
        <pattern id="strip-closed" width="8" height="8" patternUnits="userSpaceOnUse">
          <path d="M0 0 L8 8 M8 0 L0 8" className="strip strip--closed" />
        </pattern>
      </defs>
    </svg>
  )
}
