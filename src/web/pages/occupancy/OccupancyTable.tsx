import '@navikt/ds-css/dist/component/table.css'
import { Fragment, useCallback, useEffect } from 'react'
import type { PlaceOccupancy } from '../../api/types.ts'
import { paths } from '../../paths.ts'
import { Confirmed } from '../../ui/Confirmed.tsx'
import { dayInWords } from '../../ui/days.ts'
import { useReference } from '../../ui/names.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { useWindowRows } from '../../ui/useWindowRows.ts'
import { daysInWords, type ReasonName, segmentInWords } from './segmentWords.ts'
import { TimelineAxis } from './TimelineAxis.tsx'
import { BAR_HEIGHT, TimelineBar } from './TimelineBar.tsx'

type Props = {
  places: PlaceOccupancy[]
  from: string
  to: string
  /** Days as a bar, or as words. */
  as: 'timeline' | 'table'
  reason: ReasonName
  /** How many there are in all; undefined while that is being counted. */
  total: number | undefined
  /** Leaves out what is the same for all of one facility. */
  oneFacility?: boolean
  /** Called when the last rows come into sight. */
  onEnd(): void
}

/** How near the end of what has been fetched more is fetched, in rows. */
const NEAR_END = 30

/** Places × days, drawn as far as they are in sight: one row a place, its days as a bar or in words. */
export function OccupancyTable({ places, from, to, as, reason, total, oneFacility = false, onEnd }: Props) {
  const { names } = useReference()
  const keyOf = useCallback((index: number) => places[index]?.placeId ?? String(index), [places])
  const height = (as === 'timeline' ? BAR_HEIGHT : 60) + 24
  const { rows, below, container, measure, onFocus } = useWindowRows<HTMLTableSectionElement>(
    places.length,
    height,
    keyOf,
  )
  const last = rows.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= places.length - NEAR_END) onEnd()
  }, [last, places.length, onEnd])

  const columns = as === 'timeline' ? 2 : 3
  return (
    <table className={`aksel-table aksel-table--small occupancy occupancy--${as}`} aria-rowcount={(total ?? -2) + 1}>
      <caption className="aksel-sr-only">
        Plasser fra {dayInWords(from)} til {dayInWords(to)}, {as === 'timeline' ? 'som tidslinje' : 'i ord'}
      </caption>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col" className="aksel-table__header-cell occupancy__place">
            Plass
          </th>
          <th scope="col" className="aksel-table__header-cell">
            {as === 'timeline' ? (
              <>
                <span className="aksel-sr-only">Dagene</span>
                <TimelineAxis from={from} to={to} />
              </>
            ) : (
              'Dagene'
            )}
          </th>
          {as === 'table' && (
            <th scope="col" className="aksel-table__header-cell occupancy__days">
              Ledige dager
            </th>
          )}
        </tr>
      </thead>
      <tbody ref={container} onFocus={onFocus}>
        {rows.map(({ index, above }) => {
          const place = places[index]
          if (place === undefined) return null
          return (
            <Fragment key={place.placeId}>
              <Left height={above} columns={columns} />
              <tr ref={measure} data-index={index} aria-rowindex={index + 2} className="occupancy__row">
                <th scope="row" className="aksel-table__header-cell">
                  {!oneFacility && (
                    <RouteLink to={paths.facility} params={{ id: place.facilityId }}>
                      {place.facilityName}
                    </RouteLink>
                  )}{' '}
                  {place.label}
                  <span className="occupancy__form">{names.form(place.form)}</span>
                  {!oneFacility && (
                    <span className="occupancy__form">
                      <Confirmed at={place.vacancyConfirmedAt} />
                    </span>
                  )}
                </th>
                <td className="aksel-table__data-cell">
                  {as === 'timeline' ? (
                    <TimelineBar place={place} from={from} to={to} reason={reason} />
                  ) : (
                    <ul className="plain-list occupancy__segments">
                      {place.segments.map((segment) => (
                        <li key={segment.from} className={segment.state === 'vacant' ? 'occupancy__gap' : undefined}>
                          {daysInWords(segment.from, segment.to)}: {segmentInWords(segment, place, reason)}
                        </li>
                      ))}
                    </ul>
                  )}
                </td>
                {as === 'table' && <td className="aksel-table__data-cell">{place.vacantDays}</td>}
              </tr>
            </Fragment>
          )
        })}
        <Left height={below} columns={columns} />
      </tbody>
    </table>
  )
}

/** Rows that are out of sight, as the height they take. */
function Left({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr className="occupancy__left">
      <td height={height} colSpan={columns} />
    </tr>
  )
}
