import { BodyShort, Heading } from '@navikt/ds-react'
import type { Forecast } from '../../api/forecasts.ts'
import { dayInWords } from '../../ui/days.ts'
import { FigureTable } from '../../ui/FigureTable.tsx'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { OpenOnPaper } from '../../ui/OpenOnPaper.tsx'
import { Sentences } from '../../ui/Sentences.tsx'

type Form = NonNullable<Forecast['assumptions']>['forms'][number]

const perCent = (share: number) => `${inNumbers(Math.round(1000 * share) / 10)} %`
const rounded = (value: number) => inNumbers(Math.round(10 * value) / 10)
const between = ([low = 0, middle = 0, high = 0]: readonly number[], say: (value: number) => string) =>
  `${say(middle)} (${say(low)} til ${say(high)})`

const COLUMNS: readonly { name: string; of(row: Form): string }[] = [
  { name: 'Nye behov i måneden (80 %)', of: ({ arrivalsPerMonth }) => between(arrivalsPerMonth, rounded) },
  { name: 'Vekst i året (80 %)', of: ({ growthPerYear }) => between(growthPerYear, perCent) },
  { name: 'Halvparten har flyttet etter, dager', of: ({ medianStayDays }) => inNumbers(Math.round(medianStayDays)) },
  { name: 'Står tom, dager', of: ({ medianVacancyDays }) => inNumbers(Math.round(medianVacancyDays)) },
  { name: 'Innflyttinger fra køen', of: ({ registeredShare }) => perCent(registeredShare) },
  { name: 'Mister boligen ved utflytting', of: ({ lossShare }) => perCent(lossShare) },
]

/** What the shown forecast is made from and takes for granted; all of it stands on paper too. */
export function ForecastAssumptions({ forecast }: { forecast: Forecast }) {
  const { assumptions, asOf, until, runs, seed, cityVersion, policies, matchingPolicy, notice } = forecast
  return (
    <section className="stack" aria-labelledby="forutsetninger">
      <Heading id="forutsetninger" level="2" size="medium">
        Hva framskrivingen forutsetter
      </Heading>
      <BodyShort className="readable">{notice}</BodyShort>
      <Sentences
        sentences={[...(matchingPolicy === null ? [] : [matchingPolicy.sentence]), ...(assumptions?.notes ?? [])]}
      />
      {assumptions !== null && <AssumptionsOfForms forms={assumptions.forms} />}
      <BodyShort size="small" className="readable">
        Laget av byen slik den var {dayInWords(asOf)}
        {cityVersion !== null && `, versjon ${inNumbers(cityVersion)}`}, til {dayInWords(until)}. {inNumbers(runs)}{' '}
        kjøringer med startverdi {seed}: samme startverdi gir de samme tallene.
        {policies !== null &&
          ` Framskrivingens egne regler er utgave ${policies.forecast}, hasteklassene utgave ${policies.urgency}.`}
      </BodyShort>
    </section>
  )
}

/** What is measured on the history for each form. */
export function AssumptionsOfForms({ forms }: { forms: readonly Form[] }) {
  const { names } = useReference()
  return (
    <OpenOnPaper header="Det som er målt på historien, for hver boligform">
      <FigureTable
        title="Forutsetninger for hver boligform"
        first="Boligform"
        columns={COLUMNS}
        rows={forms.map((row) => ({ name: names.form(row.form), row }))}
      />
    </OpenOnPaper>
  )
}
