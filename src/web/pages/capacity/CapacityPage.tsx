import '@navikt/ds-css/dist/component/table.css'
import './capacity.css'
import { BodyLong, BodyShort } from '@navikt/ds-react'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Suspense } from 'react'
import { facilityQuery } from '../../api/inventory.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Contents } from '../../ui/Contents.tsx'
import { dayInWords } from '../../ui/days.ts'
import { Loading } from '../../ui/Loading.tsx'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'
import { useToday } from '../../ui/useToday.ts'
import { CapacityFilters } from './CapacityFilters.tsx'
import { DayTable } from './DayTable.tsx'
import { Moves } from './Moves.tsx'
import { Series } from './Series.tsx'
import { StayLengthsTable } from './StayLengthsTable.tsx'
import { asksOf, chosenInWords } from './search.ts'
import { Waits } from './Waits.tsx'

const PARTS = [
  { id: 'plassene', title: 'Plassene' },
  { id: 'utvikling', title: 'Måned for måned' },
  { id: 'gjennomstromning', title: 'Gjennomstrømning' },
  { id: 'oppholdstid', title: 'Oppholdstid' },
  { id: 'ventetid', title: 'Ventetid' },
]

/** Kapasitet: what every place is on any day, how it has changed, and how long people wait and stay. Nobody is in it. */
export function CapacityPage() {
  const search = useSearch({ from: signedInRoute(paths.capacity) })
  const today = useToday()
  const { vocabulary, forms, names } = useReference()
  const { data: facility } = useQuery({
    ...facilityQuery(search.bosted ?? ''),
    enabled: search.bosted !== undefined,
  })
  const { on, day, series, moves, lengths } = asksOf(search, today, { forms, features: vocabulary.placeFeatures })
  const chosen = chosenInWords(search, names, facility?.name)
  const narrowed = search.bosted !== undefined || search.egenskaper !== undefined
  const ofStep = forms.filter(({ step }) => search.trinn === undefined || step === search.trinn).map(({ id }) => id)
  return (
    <Page title="Kapasitet">
      <BodyLong className="readable">
        Tallene gjelder {chosen}, {dayInWords(on)}. Bydelen er den botilbudet ligger i. Ingen personer vises her, og
        alle som er innlogget, ser de samme tallene.
      </BodyLong>
      <Contents parts={PARTS} />
      <CapacityFilters search={search} facility={facility?.name} />
      <Suspense fallback={<Loading what="plassene" />}>
        <DayTable ask={day} />
      </Suspense>
      <Suspense fallback={<Loading what="utviklingen" />}>
        <Series ask={series} search={search} />
      </Suspense>
      <Suspense fallback={<Loading what="gjennomstrømningen" />}>
        <Moves ask={moves} months={lengths.months ?? 0} />
      </Suspense>
      {narrowed && (
        <BodyShort className="readable">
          Oppholdstid og ventetid er delt på bydel og boligform, og gjelder ikke bare botilbudet eller egenskapene som
          er valgt.
        </BodyShort>
      )}
      <Suspense fallback={<Loading what="oppholdstidene" />}>
        <StayLengthsTable ask={lengths} forms={ofStep} />
      </Suspense>
      <Suspense fallback={<Loading what="ventetidene" />}>
        <Waits ask={lengths} forms={ofStep} />
      </Suspense>
    </Page>
  )
}
