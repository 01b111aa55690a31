import { BodyLong, BodyShort, Heading, HStack, ReadMore, Select } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { capacitySeriesQuery, type SeriesAsk } from '../../api/capacity.ts'
import { paths } from '../../paths.ts'
import { Definitions } from '../../ui/Definitions.tsx'
import { Downloads } from '../../ui/Downloads.tsx'
import { monthInShort } from '../../ui/days.ts'
import { FigureTable } from '../../ui/FigureTable.tsx'
import { inText } from '../../ui/inText.ts'
import { measureNames } from '../../ui/measureNames.ts'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { knownNumber, largestOf, outlineOf, type Panel, panelInWords, panelsOf, rowName } from './capacityWords.ts'
import { addressOf, type CapacitySearch, drawn, USUAL_YEARS, years } from './search.ts'

const WIDTH = 240
const HEIGHT = 80
const FLOWS: readonly string[] = ['movedIn', 'departed']

/** One measure month by month, a small picture for each step, form or bydel, all on one scale; and the same as a table. */
export function Series({ ask, search }: { ask: SeriesAsk; search: CapacitySearch }) {
  const { data } = useSuspenseQuery(capacitySeriesQuery(ask))
  const { names } = useReference()
  const navigate = useNavigate()
  const measure = drawn.find((id) => id === search.vis) ?? 'occupied'
  const name = measureNames[measure]
  const panels = panelsOf(data.items, measure, (row) => rowName(row, names.feature))
  const largest = largestOf(panels)
  const when = FLOWS.includes(measure) ? 'i hver måned' : 'den første dagen i hver måned'
  const show = (change: Pick<CapacitySearch, 'vis' | 'aar'>) =>
    void navigate({ to: paths.capacity, search: { ...search, ...change }, replace: true, resetScroll: false })
  return (
    <section className="stack" aria-labelledby="utvikling">
      <Heading id="utvikling" level="2" size="medium">
        Måned for måned: {inText(name)}
      </Heading>
      <HStack gap="space-16" align="end" className="no-print">
        <Select
          label="Vis"
          size="small"
          value={measure}
          onChange={({ target }) => {
            const vis = drawn.find((id) => id === target.value)
            if (vis !== undefined) show({ vis })
          }}
        >
          {drawn.map((id) => (
            <option key={id} value={id}>
              {measureNames[id]}
            </option>
          ))}
        </Select>
        <Select
          label="Hvor lenge"
          size="small"
          value={search.aar ?? USUAL_YEARS}
          onChange={({ target }) => show({ aar: Number(target.value) })}
        >
          {years.map((count) => (
            <option key={count} value={count}>
              {count} år
            </option>
          ))}
        </Select>
      </HStack>
      <BodyLong className="readable">
        Bildene viser {inText(name)} {when}, alle på samme skala: fra 0 til {inNumbers(largest)}.
      </BodyLong>
      <ul className="panels full">
        {panels.map((panel) => (
          <li key={panel.name} className="panel">
            <Heading level="3" size="xsmall" spacing>
              {panel.name}
            </Heading>
            <Picture panel={panel} largest={largest} />
            <BodyShort size="small">{panelInWords(panel)}</BodyShort>
          </li>
        ))}
      </ul>
      <ReadMore size="small" header="Måned for måned som tabell">
        <FigureTable
          title={`${name} ${when}`}
          columns={panels.map(({ name, points }) => ({
            name,
            of: (at: number) => knownNumber(points[at]?.value ?? null),
          }))}
          rows={(panels[0]?.points ?? []).map(({ from }, at) => ({ name: monthInShort(from), row: at }))}
        />
      </ReadMore>
      {[...data.notes, ...(measure === 'queue' && data.queueNote !== null ? [data.queueNote] : [])].map((note) => (
        <BodyShort key={note} size="small" className="readable">
          {note}
        </BodyShort>
      ))}
      <Definitions of="utviklingen" ids={[measure]} />
      <Downloads
        address={addressOf('capacity/series', ask)}
        what="utviklingen"
        hint="Filene har alle tilstandene for hver måned, også plassdøgn, flyttinger og gjennomstrømning."
        jsonStat
      />
    </section>
  )
}

function Picture({ panel, largest }: { panel: Panel; largest: number }) {
  const [first, last] = [panel.points[0], panel.points.at(-1)]
  return (
    <div aria-hidden="true">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="panels__picture"
        aria-hidden="true"
        focusable="false"
      >
        {outlineOf(panel, largest).map((corners) => {
          const [from, to] = [corners[0]?.x ?? 0, corners.at(-1)?.x ?? 0]
          const line = corners.map(({ x, y }) => `${x * WIDTH},${1 + y * (HEIGHT - 2)}`).join(' ')
          return (
            <g key={from}>
              <polygon points={`${from * WIDTH},${HEIGHT} ${line} ${to * WIDTH},${HEIGHT}`} className="panels__area" />
              <polyline points={line} className="panels__line" />
            </g>
          )
        })}
        <line x1="0" y1={HEIGHT} x2={WIDTH} y2={HEIGHT} className="panels__ground" />
      </svg>
      <div className="panels__ends">
        <BodyShort as="span" size="small" textColor="subtle">
          {first === undefined ? '' : monthInShort(first.from)}
        </BodyShort>
        <BodyShort as="span" size="small" textColor="subtle">
          {last === undefined ? '' : monthInShort(last.from)}
        </BodyShort>
      </div>
    </div>
  )
}
