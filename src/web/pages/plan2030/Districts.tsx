import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { ForecastSeries } from '../../api/forecasts.ts'
import { type ReturnStandingTable, returnStandingQuery } from '../../api/returns.ts'
import { dayInWords } from '../../ui/days.ts'
import { FigureTable } from '../../ui/FigureTable.tsx'
import { inNumbers, knownOrDash } from '../../ui/numbers.ts'
import { besideTarget, householdTargetOf, type Interval, onTheDay, targetOf } from './burnDownWords.ts'

type Row = ReturnStandingTable['total'] & { end: Interval | null }

const COLUMNS: readonly { name: string; of(row: Row): string }[] = [
  { name: 'Bor på institusjon', of: ({ livingInVel }) => inNumbers(livingInVel) },
  { name: 'Skal flytte hjem', of: ({ left }) => inNumbers(left) },
  { name: 'Uten plan eller ikke avgjort', of: (row) => inNumbers(row.without_plan + row.undecided) },
  { name: 'Målet på dagen', of: (row) => inNumbers(targetOf(row)) },
  { name: 'Målet i husstander', of: (row) => inNumbers(householdTargetOf(row)) },
  { name: 'Framskriving, lavt (P10)', of: ({ end }) => knownOrDash(end?.p10 ?? null) },
  { name: 'Framskriving, midt (P50)', of: ({ end }) => knownOrDash(end?.p50 ?? null) },
  { name: 'Framskriving, høyt (P90)', of: ({ end }) => knownOrDash(end?.p90 ?? null) },
  { name: 'Midt mot målet', of: (row) => (row.end === null ? '–' : besideTarget(row.end.p50, householdTargetOf(row))) },
]

/** Every bydel beside the others: who lives in institutions, the target, and what the forecast says of the day. */
export function Districts({ series }: { series: ForecastSeries | null }) {
  const { data } = useSuspenseQuery(returnStandingQuery)
  const end = (district: string | null) => (series === null ? null : onTheDay(series, district, data.settledBy))
  return (
    <section className="stack" aria-labelledby="bydelene">
      <Heading id="bydelene" level="2" size="medium">
        Bydelene ved siden av hverandre
      </Heading>
      <FigureTable
        title={`Bydelene til ${dayInWords(data.settledBy)}`}
        first="Bydel"
        columns={COLUMNS}
        rows={[
          ...data.items.map((row) => ({ name: row.districtName, row: { ...row, end: end(row.district) } })),
          { name: 'Oslo', row: { ...data.total, end: end(null) } },
        ]}
      />
      <BodyShort size="small" className="readable">
        {data.notice} Framskrivingen teller husstander, og midten er holdt mot målet i husstander. Lavt og høyt for byen
        er ikke summen av bydelenes: det går sjelden lavt overalt på én gang.
      </BodyShort>
    </section>
  )
}
