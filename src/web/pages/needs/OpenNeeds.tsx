import { Select } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type NeedStatus, needsQuery } from '../../api/needs.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { More } from '../../ui/More.tsx'
import { NeedsTable } from './NeedsTable.tsx'

/** Which needs the list can be narrowed to. Absent from the address: all that are open. */
const choices: { value: NeedStatus; label: string }[] = [
  { value: 'draft', label: 'Kladder' },
  { value: 'registered', label: 'Registrerte' },
  { value: 'withdrawn', label: 'Trukkede' },
]

/** The needs of the reader's district, a page at a time. */
export function OpenNeeds({ district }: { district: string }) {
  const { status, ...others } = useSearch({ from: signedInRoute(paths.home) })
  const navigate = useNavigate()
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery(needsQuery(status))
  const needs = data.pages.flatMap(({ items }) => items)

  function choose(wanted: string) {
    const chosen = choices.find(({ value }) => value === wanted)
    void navigate({
      to: paths.home,
      search: chosen === undefined ? others : { ...others, status: chosen.value },
      replace: true,
      resetScroll: false,
    })
  }

  return (
    <>
      <Select
        label="Vis"
        size="small"
        className="narrow"
        value={status ?? ''}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">Alle åpne</option>
        {choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
      {needs.length === 0 ? (
        <Empty
          what="Her er det ingen behov"
          why={
            status === undefined
              ? `Ingen i Bydel ${district} har et åpent boligbehov i systemet. Trykk på «Registrer behov» for å legge inn det første.`
              : 'Ingen behov har denne statusen nå. Velg «Alle åpne» for å se resten.'
          }
        />
      ) : (
        <>
          <NeedsTable needs={needs} />
          <More
            shown={needs.length === 1 ? '1 behov' : `${needs.length} behov, de nyeste først`}
            hasMore={hasNextPage}
            loading={isFetchingNextPage}
            onMore={() => void fetchNextPage()}
          />
          <Downloads
            address={`/api/v1/needs${status === undefined ? '' : `?status=${status}`}`}
            what="behovene"
            hint="Uten navn. Behovets id fører tilbake til behovet."
          />
        </>
      )}
    </>
  )
}
