import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import type { ComparedAsk, Comparison, ComparisonSeries } from '../../api/scenarios.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { FigureTable } from '../../ui/FigureTable.tsx'
import { inText } from '../../ui/inText.ts'
import { LineChart } from '../../ui/LineChart.tsx'
import { useReference } from '../../ui/names.ts'
import { OpenOnPaper } from '../../ui/OpenOnPaper.tsx'
import { differenceInWords, effectInWords, knownAt, levelInWords, numbersOf, yearPoints } from './comparisonWords.ts'
import { districtsOf } from './districts.ts'
import type { ComparisonSearch } from './search.ts'

interface Props {
  comparison: Comparison
  series: ComparisonSeries
  ask: ComparedAsk
  search: ComparisonSearch
}

/** Each scenario's line with its interval beside the base's, all on one scale; what it changes in words; and the numbers. */
export function Compared({ comparison, series, ask, search }: Props) {
  const { names, districts } = useReference()
  const { members, until, id } = comparison
  const district = search.bydel ?? null
  const of = (position: number, kind: 'level' | 'difference') =>
    numbersOf(series, { measure: ask.measure, position, kind, district })
  const base = of(0, 'level')
  const others = members.filter(({ position }) => position > 0)
  const where =
    district === null
      ? 'hele byen'
      : `Bydel ${districtsOf(comparison, districts).find(({ code }) => code === district)?.name ?? district}`
  const form = inText(names.seriesForm(ask.form))
  const measure = names.measure(ask.measure)
  const everything = members.flatMap(({ position }) => Object.values(of(position, 'level')).flat()).filter(isNumber)
  const filtered = new URLSearchParams({ ...ask, district: district ?? 'city' })
  return (
    <section className="stack" aria-labelledby="side-om-side">
      <Heading id="side-om-side" level="2" size="medium">
        {measure.name}, {form}, {where}
      </Heading>
      <BodyShort size="small" className="readable">
        {measure.sentence}
      </BodyShort>
      {others.map((member) => (
        <BodyLong key={member.position} className="readable" weight="semibold">
          {effectInWords(member, ask.measure, knownAt(of(member.position, 'difference'), -1), until)}
        </BodyLong>
      ))}
      <ul className="compared full">
        {others.map(({ position, name }) => {
          const own = of(position, 'level')
          return (
            <li key={position} className="panel stack">
              <Heading level="3" size="small">
                {name}
              </Heading>
              <LineChart
                days={series.points}
                lines={[
                  { name: `${name}, midt (P50)`, style: 'solid', values: own.p50 },
                  { name: `${members[0]?.name ?? ''}, midt (P50)`, style: 'dashed', values: base.p50 },
                ]}
                bands={[{ name: 'I 80 prosent av kjøringene (P10–P90)', low: own.p10, high: own.p90 }]}
                alsoOf={everything}
              />
            </li>
          )
        })}
      </ul>
      <Heading level="3" size="small">
        {dayInWords(until)}
      </Heading>
      <FigureTable
        title={`Scenarioene ${dayInWords(until)}`}
        first="Scenario"
        columns={[
          {
            name: 'Tallet, midt (P10 til P90)',
            of: (position: number) => levelInWords(knownAt(of(position, 'level'), -1)),
          },
          {
            name: 'Forskjell, midt (P10 til P90)',
            of: (position: number) =>
              position === 0 ? 'grunnlaget' : differenceInWords(knownAt(of(position, 'difference'), -1)),
          },
        ]}
        rows={members.map(({ position, name }) => ({ name, row: position }))}
      />
      <OpenOnPaper header="År for år som tabell">
        <FigureTable
          title="Scenarioene år for år"
          first="Dag"
          columns={members.flatMap(({ position, name }) => [
            { name, of: (at: number) => levelInWords(knownAt(of(position, 'level'), at)) },
            ...(position === 0
              ? []
              : [
                  {
                    name: `${name}, forskjell`,
                    of: (at: number) => differenceInWords(knownAt(of(position, 'difference'), at)),
                  },
                ]),
          ])}
          rows={yearPoints(series.points).map((at) => ({ name: dayInWords(series.points[at] ?? ''), row: at }))}
        />
      </OpenOnPaper>
      <Downloads
        address={`/api/v1/scenario-comparisons/${id}/series?${filtered}`}
        what="tallene som vises"
        hint="Måned for måned. Forutsetningene står på et eget ark i Excel-filen."
      />
      <Downloads address={`/api/v1/scenario-comparisons/${id}/series`} what="alle tallene i sammenligningen" />
      <BodyShort size="small" className="no-print">
        Sammenligningen er lagret. Del adressen til denne siden: den som får den, ser det samme utvalget.
      </BodyShort>
    </section>
  )
}

const isNumber = (value: number | null): value is number => value !== null
