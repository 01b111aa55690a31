import type { OccupancySegment } from '../../api/types.ts'
import { BAR_HEIGHT, SegmentDrawing } from './TimelineBar.tsx'

const range = { from: '2026-01-01', to: '2026-01-08' }
const nothing: OccupancySegment = { ...range, state: 'vacant', occupied: null, hold: null, closure: null, stay: null }
const hold = { from: range.from, to: null, expiresAt: null, reserved: false }

const SAMPLES: { says: string; segment: OccupancySegment }[] = [
  { says: 'Ledig: ingen bor der, og plassen er ikke holdt av eller sperret', segment: nothing },
  { says: 'Opptatt', segment: { ...nothing, state: 'occupied' } },
  {
    says: 'Opptatt lenger enn planlagt (vises bare for egne beboere)',
    segment: { ...nothing, state: 'occupied', stay: { id: '', expectedUntil: range.from, overdue: true } },
  },
  {
    says: 'Holdt av: et tilbud forberedes, eller venter på svar eller innflytting',
    segment: { ...nothing, state: 'held', hold },
  },
  { says: 'Sperret', segment: { ...nothing, state: 'closed' } },
  { says: 'Ikke åpnet ennå, eller lagt ned', segment: { ...nothing, state: 'not_open' } },
]

/** What each kind of bar means. */
export function Legend() {
  return (
    <ul className="legend" aria-label="Tegnforklaring">
      {SAMPLES.map(({ says, segment }) => (
        <li key={says}>
          <svg width="48" height={BAR_HEIGHT} aria-hidden="true">
            <SegmentDrawing segment={segment} word={false} />
          </svg>
          {says}
        </li>
      ))}
    </ul>
  )
}
