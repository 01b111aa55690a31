import './lineChart.css'
import { BodyShort } from '@navikt/ds-react'
import { type ChartBand, type ChartLine, placeOf, scaleOf, shareOf, stretchesOf, yearsOf } from './lineChart.ts'
import { inNumbers } from './numbers.ts'

const [TOP, HEIGHT, BOTTOM] = [20, 200, 24]
/** Drawn in this many parts each way, and stretched to the room there is. */
const PARTS = 1000

interface Props {
  days: readonly string[]
  lines: readonly ChartLine[]
  bands?: readonly ChartBand[]
  /** A day that is marked with an upright line, and what it is: «i dag». */
  mark?: { day: string; name: string }
  /** Values that other charts beside it have, so that all have one scale. */
  alsoOf?: readonly (number | null)[]
}

/**
 * Lines over days, each with a way of its own to be drawn, and intervals as areas. Only for those who see it: whoever uses it
 * says in words what it shows, and has the numbers in a table.
 */
export function LineChart({ days, lines, bands = [], mark, alsoOf = [] }: Props) {
  const scale = scaleOf([
    ...lines.flatMap(({ values }) => values),
    ...bands.flatMap(({ low, high }) => [...low, ...high]),
    ...alsoOf,
  ])
  const height = (value: number) => TOP + HEIGHT * (1 - shareOf(scale, value))
  const corners = (stretch: readonly { x: number; y: number }[]) =>
    stretch.map(({ x, y }) => `${x * PARTS},${y * PARTS}`).join(' ')
  return (
    <div className="chart full" aria-hidden="true">
      <svg width="100%" height={TOP + HEIGHT + BOTTOM} className="chart__picture" focusable="false" aria-hidden="true">
        {scale.ticks.map((tick) => (
          <g key={tick}>
            <line x1="0" x2="100%" y1={height(tick)} y2={height(tick)} className="chart__grid" />
            <text x="0" y={height(tick) - 4} className="chart__text">
              {inNumbers(tick)}
            </text>
          </g>
        ))}
        <svg
          y={TOP}
          width="100%"
          height={HEIGHT}
          viewBox={`0 0 ${PARTS} ${PARTS}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {bands.map(({ name, low, high }) => {
            const [under, over] = [stretchesOf(days, low, scale), stretchesOf(days, high, scale)]
            return over.map((stretch, at) => (
              <polygon
                key={`${name} ${stretch[0]?.x}`}
                points={corners([...stretch, ...(under[at] ?? []).toReversed()])}
                className="chart__band"
              />
            ))
          })}
          {mark !== undefined && (
            <line
              x1={placeOf(days, mark.day) * PARTS}
              x2={placeOf(days, mark.day) * PARTS}
              y1="0"
              y2={PARTS}
              className="chart__mark"
            />
          )}
          {lines.map(({ name, style, values }) =>
            stretchesOf(days, values, scale).map((stretch) => (
              <polyline
                key={`${name} ${stretch[0]?.x}`}
                points={corners(stretch)}
                className={`chart__line chart__line--${style}`}
              />
            )),
          )}
        </svg>
        {yearsOf(days).map((day) => {
          const at = placeOf(days, day)
          return (
            <text
              key={day}
              x={`${100 * at}%`}
              y={TOP + HEIGHT + BOTTOM - 6}
              textAnchor={at > 0.95 ? 'end' : at < 0.05 ? 'start' : 'middle'}
              className="chart__text"
            >
              {day.slice(0, 4)}
            </text>
          )
        })}
      </svg>
      <ul className="chart__key">
        {lines.map(({ name, style }) => (
          <li key={name} className="marked">
            <svg width="40" height="12" aria-hidden="true" focusable="false">
              <line x1="0" x2="40" y1="6" y2="6" className={`chart__line chart__line--${style}`} />
            </svg>
            <BodyShort as="span" size="small">
              {name}
            </BodyShort>
          </li>
        ))}
        {bands.slice(0, 1).map(({ name }) => (
          <li key={name} className="marked">
            <svg width="40" height="12" aria-hidden="true" focusable="false">
              <rect width="40" height="12" className="chart__band" />
            </svg>
            <BodyShort as="span" size="small">
              {name}
            </BodyShort>
          </li>
        ))}
        {mark !== undefined && (
          <li className="marked">
            <svg width="40" height="12" aria-hidden="true" focusable="false">
              <line x1="20" x2="20" y1="0" y2="12" className="chart__mark" />
            </svg>
            <BodyShort as="span" size="small">
              {mark.name}
            </BodyShort>
          </li>
        )}
      </ul>
    </div>
  )
}
