import { BodyLong, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type LengthAsk, type WaitingRow, waitingTimesQuery } from '../../api/capacity.ts'
import { Definitions } from '../../ui/Definitions.tsx'
import { Downloads } from '../../ui/Downloads.tsx'
import { FigureTable } from '../../ui/FigureTable.tsx'
import { measureNames } from '../../ui/measureNames.ts'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { estimatedDays, rowName } from './capacityWords.ts'
import { addressOf } from './search.ts'

/** Ventetid: how long it takes to get a place, with those who still wait counted in. */
export function Waits({ ask, forms }: { ask: LengthAsk; forms: readonly string[] }) {
  const { data } = useSuspenseQuery(waitingTimesQuery(ask))
  const { names } = useReference()
  const rows = data.items.filter(({ form }) => form === undefined || forms.includes(form))
  return (
    <section className="stack" aria-labelledby="ventetid">
      <Heading id="ventetid" level="2" size="medium">
        {measureNames.waiting}
      </Heading>
      <BodyLong className="readable">
        De som fortsatt venter, er regnet med: vi vet at ventetiden deres er minst så lang som den er til nå, og uten
        dem ville ventetidene sett kortere ut enn de er. Der så få har fått plass at anslaget ikke kommer så langt, står
        det «nås ikke». Bydelen er den som har ansvaret, og boligformen er den de helst vil ha.
      </BodyLong>
      <FigureTable
        title={measureNames.waiting}
        columns={[
          { name: measureNames.stillWaiting, of: ({ stillWaiting }: WaitingRow) => inNumbers(stillWaiting) },
          { name: measureNames.housed, of: ({ housed }) => inNumbers(housed) },
          { name: 'Dager til en fjerdedel har fått plass', of: ({ p25 }) => estimatedDays(p25) },
          { name: 'Dager til halvparten har fått plass', of: ({ p50 }) => estimatedDays(p50) },
          { name: 'Dager til tre fjerdedeler har fått plass', of: ({ p75 }) => estimatedDays(p75) },
          { name: 'Dager til ni av ti har fått plass', of: ({ p90 }) => estimatedDays(p90) },
        ]}
        rows={rows.map((row) => ({ name: rowName(row, names.feature), row }))}
      />
      <Definitions of="ventetidene" ids={['waiting', 'queue', 'stillWaiting', 'housed']} />
      <Downloads address={addressOf('capacity/waiting', ask)} what="ventetidene" jsonStat />
    </section>
  )
}
