import { BodyLong, Heading } from '@navikt/ds-react'
import type { ComparedAsk, Comparison, ComparisonSeries } from '../../api/scenarios.ts'
import { dayInWords } from '../../ui/days.ts'
import { FigureTable } from '../../ui/FigureTable.tsx'
import { inText } from '../../ui/inText.ts'
import { useReference } from '../../ui/names.ts'
import { differenceInWords, knownAt, levelInWords, numbersOf } from './comparisonWords.ts'
import { districtsOf } from './districts.ts'

/** Where each scenario works: its difference in every district on the last day. */
export function ComparedDistricts({
  comparison,
  series,
  ask,
}: {
  comparison: Comparison
  series: ComparisonSeries
  ask: ComparedAsk
}) {
  const { districts, names } = useReference()
  const { members, until } = comparison
  const at = (position: number, kind: 'level' | 'difference', district: string | null) =>
    knownAt(numbersOf(series, { measure: ask.measure, position, kind, district }), -1)
  return (
    <section className="stack" aria-labelledby="hvor">
      <Heading id="hvor" level="2" size="medium">
        Hvor det virker
      </Heading>
      <BodyLong className="readable">
        Forskjellen i {inText(names.measure(ask.measure).name)} {dayInWords(until)}, bydel for bydel: midt, og P10 til
        P90 i parentes.
      </BodyLong>
      <FigureTable
        title="Forskjellen i hver bydel"
        first="Bydel"
        columns={[
          {
            name: members[0]?.name ?? '',
            of: (code: string | null) => levelInWords(at(0, 'level', code)),
          },
          ...members.slice(1).map(({ position, name }) => ({
            name: `${name}, forskjell`,
            of: (code: string | null) => differenceInWords(at(position, 'difference', code)),
          })),
        ]}
        rows={[
          ...districtsOf(comparison, districts).map(({ code, name }) => ({ name, row: code })),
          { name: 'Hele byen', row: null },
        ]}
      />
    </section>
  )
}
