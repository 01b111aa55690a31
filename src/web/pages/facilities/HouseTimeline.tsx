import '../occupancy/occupancy.css'
import { Button, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ComponentProps, useState } from 'react'
import { reasonCodesQuery } from '../../api/reference.ts'
import type { PlaceOccupancy } from '../../api/types.ts'
import { Legend } from '../occupancy/Legend.tsx'
import { OccupancyTable } from '../occupancy/OccupancyTable.tsx'
import { PartOnPaper, PrintAll } from '../occupancy/PrintAll.tsx'
import { reasonNames } from '../occupancy/reasonNames.ts'
import { TimelinePatterns } from '../occupancy/TimelineBar.tsx'

type Props = {
  places: PlaceOccupancy[]
  from: string
  to: string
  query: ComponentProps<typeof PrintAll>['query']
  onEnd(): void
}

/** One house's places over the coming weeks, as bars or in words. */
export function HouseTimeline({ places, from, to, query, onEnd }: Props) {
  const { data: reasons } = useSuspenseQuery(reasonCodesQuery)
  const [inWords, setInWords] = useState(false)
  return (
    <section aria-labelledby="belegg" className="stack">
      <Heading id="belegg" level="2" size="medium">
        Belegg
      </Heading>
      <Button type="button" size="small" variant="tertiary" aria-pressed={inWords} onClick={() => setInWords(!inWords)}>
        Vis i ord
      </Button>
      <PrintAll
        query={query}
        fetched={places.length}
        total={undefined}
        narrower="Gå til Belegg, og velg boligform og bydel."
      />
      <PartOnPaper fetched={places.length} total={undefined} hasMore={query.hasNextPage} />
      {!inWords && (
        <>
          <TimelinePatterns />
          <Legend />
        </>
      )}
      <OccupancyTable
        places={places}
        from={from}
        to={to}
        as={inWords ? 'table' : 'timeline'}
        reason={reasonNames(reasons)}
        total={undefined}
        oneFacility
        onEnd={onEnd}
      />
    </section>
  )
}
