import { BodyLong, Heading } from '@navikt/ds-react'
import { useSuspenseQueries } from '@tanstack/react-query'
import type { ForecastSeries } from '../../api/forecasts.ts'
import { burnDownQuery, returnStandingQuery } from '../../api/returns.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { FigureTable } from '../../ui/FigureTable.tsx'
import { LineChart } from '../../ui/LineChart.tsx'
import { knownOrDash } from '../../ui/numbers.ts'
import { OpenOnPaper } from '../../ui/OpenOnPaper.tsx'
import { Sentences } from '../../ui/Sentences.tsx'
import {
  type BurnDownRow,
  burnDownRows,
  forecastInWords,
  onTheDay,
  plansInWords,
  shownRows,
  standingInWords,
  unknownInWords,
} from './burnDownWords.ts'

const COLUMNS: readonly { id: keyof Omit<BurnDownRow, 'day'>; name: string }[] = [
  { id: 'lived', name: 'Bor på institusjon, husstander' },
  { id: 'p10', name: 'Framskriving, lavt (P10)' },
  { id: 'p50', name: 'Framskriving, midt (P50)' },
  { id: 'p90', name: 'Framskriving, høyt (P90)' },
  { id: 'target', name: 'Mot målet i jevn takt, husstander' },
  { id: 'left', name: 'Skal flytte, har ikke flyttet' },
  { id: 'planned', name: 'Gjenstår etter planene' },
  { id: 'evenPace', name: 'Gjenstår i jevn takt' },
]

interface Props {
  /** Null: the city. */
  district: string | null
  /** «Oslo», «Bydel Alna». */
  where: string
  /** The numbers of the forecast that is shown; null while there is none. */
  series: ForecastSeries | null
}

/** Households in VEL's institutions by home bydel: the line so far, the forecast with its interval, and the target on the day. */
export function BurnDown({ district, where, series }: Props) {
  const [{ data: burnDown }, { data: standing }] = useSuspenseQueries({
    queries: [burnDownQuery(district ?? undefined), returnStandingQuery],
  })
  const { settledBy } = burnDown
  const counts = standing.items.find((row) => row.district === district) ?? standing.total
  const rows = burnDownRows(burnDown, counts, series, district)
  const days = rows.map(({ day }) => day)
  const of = (id: keyof Omit<BurnDownRow, 'day'>) => rows.map((row) => row[id])
  const today = { day: burnDown.asOf, name: `I dag, ${dayInWords(burnDown.asOf)}` }
  return (
    <section className="stack" aria-labelledby="nedtelling">
      <Heading id="nedtelling" level="2" size="medium">
        Hvem som bor på institusjon, til {dayInWords(settledBy)}
      </Heading>
      <BodyLong className="readable">{standingInWords(counts, settledBy, where)}</BodyLong>
      <BodyLong className="readable">{unknownInWords(counts)}</BodyLong>
      {series !== null && (
        <BodyLong className="readable" weight="semibold">
          {forecastInWords(onTheDay(series, district, settledBy), settledBy, counts)}
        </BodyLong>
      )}
      <LineChart
        days={days}
        lines={[
          { name: 'Bor på institusjon til nå', style: 'solid', values: of('lived') },
          ...(series === null
            ? []
            : [{ name: 'Framskriving, midt (P50)', style: 'dashed' as const, values: of('p50') }]),
          { name: 'Mot målet i jevn takt', style: 'dotted', values: of('target') },
        ]}
        bands={
          series === null ? [] : [{ name: 'I 80 prosent av kjøringene (P10–P90)', low: of('p10'), high: of('p90') }]
        }
        mark={today}
      />
      <Heading level="3" size="small">
        De som skal flytte hjem
      </Heading>
      <BodyLong className="readable">{plansInWords(rows, counts.late)}</BodyLong>
      <LineChart
        days={days}
        lines={[
          { name: 'Har ikke flyttet', style: 'solid', values: of('left') },
          { name: 'Gjenstår etter planene', style: 'dashed', values: of('planned') },
          { name: 'Gjenstår i jevn takt', style: 'dotted', values: of('evenPace') },
        ]}
        mark={today}
      />
      <OpenOnPaper header="Nedtellingen som tabell, hvert halvår">
        <FigureTable
          title={`Nedtellingen for ${where}`}
          first="Dag"
          columns={COLUMNS.map(({ id, name }) => ({ name, of: (row: BurnDownRow) => knownOrDash(row[id]) }))}
          rows={shownRows(rows, burnDown.asOf).map((row) => ({ name: dayInWords(row.day), row }))}
        />
      </OpenOnPaper>
      <Sentences
        small
        sentences={[
          ...burnDown.notes,
          'Den første figuren teller husstander, som framskrivingen gjør. De som skal flytte hjem, telles som voksne personer.',
        ]}
      />
      <Downloads
        address={`/api/v1/return-plans/burn-down${district === null ? '' : `?district=${district}`}`}
        what="nedtellingen måned for måned"
        jsonStat
      />
    </section>
  )
}
