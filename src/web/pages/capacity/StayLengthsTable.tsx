import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type LengthAsk, type StayLengthRow, stayLengthsQuery } from '../../api/capacity.ts'
import { Definitions } from '../../ui/Definitions.tsx'
import { Downloads } from '../../ui/Downloads.tsx'
import { FigureTable } from '../../ui/FigureTable.tsx'
import { measureNames } from '../../ui/measureNames.ts'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { beyondNormInWords, estimatedDays, normsInWords, percent, rowName } from './capacityWords.ts'
import { addressOf } from './search.ts'

/** Oppholdstid: how long places are lived in, beside the norm of the form. */
export function StayLengthsTable({ ask, forms }: { ask: LengthAsk; forms: readonly string[] }) {
  const { data } = useSuspenseQuery(stayLengthsQuery(ask))
  const { names } = useReference()
  const rows = data.items.filter(({ form }) => form === undefined || forms.includes(form))
  return (
    <section className="stack" aria-labelledby="oppholdstid">
      <Heading id="oppholdstid" level="2" size="medium">
        Oppholdstid ved siden av normen
      </Heading>
      <BodyLong className="readable">{normsInWords(rows)}</BodyLong>
      <FigureTable
        title={`${measureNames.stay} og norm`}
        columns={[
          { name: measureNames.lasting, of: ({ lasting }: StayLengthRow) => inNumbers(lasting) },
          { name: 'Dager til halvparten har flyttet ut', of: ({ p50 }) => estimatedDays(p50) },
          { name: 'Dager til ni av ti har flyttet ut', of: ({ p90 }) => estimatedDays(p90) },
          { name: measureNames.norm, of: ({ normText }) => normText ?? 'ingen norm' },
          { name: measureNames.beyondNorm, of: (row) => beyondNormInWords(row) },
          {
            name: measureNames.lastingAtNorm,
            of: ({ lastingAtNorm, normDays }) =>
              normDays === null ? 'ingen norm' : lastingAtNorm === null ? 'nås ikke' : percent(lastingAtNorm),
          },
        ]}
        rows={rows.map((row) => ({ name: rowName(row, names.feature), row }))}
      />
      {data.notes.map((note) => (
        <BodyShort key={note} size="small" className="readable">
          {note}
        </BodyShort>
      ))}
      <Definitions
        of="oppholdstidene"
        ids={['stay', 'lasting', 'norm', 'beyondNorm', 'shareBeyondNorm', 'lastingAtNorm']}
      />
      <Downloads address={addressOf('capacity/stays', ask)} what="oppholdstidene" jsonStat />
    </section>
  )
}
