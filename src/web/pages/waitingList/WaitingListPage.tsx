import { Alert, BodyShort } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../../api/session.ts'
import { waitingListQuery } from '../../api/waitingList.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'
import { FormSelect } from '../../ui/ReferenceSelects.tsx'
import { Steady } from '../../ui/Steady.tsx'
import { placeFilter } from '../places/filter.ts'
import { WaitingTable } from './WaitingTable.tsx'

/** How many are shown at a time. */
const STEP = 50

/** Who stands where in the queue of the reader's district, and why. */
export function WaitingListPage() {
  const { boligform } = useSearch({ from: signedInRoute(paths.waitingList) })
  const { forms } = useReference()
  const { form } = placeFilter(boligform === undefined ? {} : { boligform }, forms)
  const may = useMay()
  const { data: list } = useSuspenseQuery(waitingListQuery(form))
  const [shown, setShown] = useState(STEP)
  const navigate = useNavigate()

  function choose(wanted: string) {
    const search = wanted === '' ? {} : { boligform: wanted }
    void navigate({ to: paths.waitingList, search, replace: true, resetScroll: false })
  }

  return (
    <Page title="Venteliste">
      <Alert variant="info">
        <BodyShort spacing>{list.notice}</BodyShort>
        <BodyShort>{list.targetNotice}</BodyShort>
      </Alert>
      <search aria-label="Filtre">
        <FormSelect className="narrow" value={form ?? ''} onChange={choose} />
      </search>
      {list.items.length === 0 ? (
        <Empty
          what="Ingen står i køen"
          why={
            form === undefined
              ? 'Ingen i bydelen din har et registrert behov som venter på plass. Et behov kommer hit når det er registrert.'
              : 'Ingen som venter, kan bruke denne boligformen. Velg «Alle» for å se hele køen.'
          }
        />
      ) : (
        <>
          <Steady items={list.items.slice(0, shown)} idOf={({ needId }) => needId}>
            {(rows) => (
              <WaitingTable
                entries={rows.map(({ item }) => item)}
                daysCap={list.daysCap}
                mayReadRuns={may('read_matching_runs')}
              />
            )}
          </Steady>
          <More
            shown={`${Math.min(shown, list.items.length)} av ${list.items.length} som venter`}
            hasMore={shown < list.items.length}
            loading={false}
            onMore={() => setShown(shown + STEP)}
          />
          <Downloads
            address={`/api/v1/waiting-lists${form === undefined ? '' : `?form=${form}`}`}
            what="ventelisten"
            hint="Hele køen, uten navn. Behovets id fører tilbake til behovet for den som kan åpne det."
          />
        </>
      )}
    </Page>
  )
}
