import { BodyLong, BodyShort, Checkbox, HStack, Select } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense } from 'react'
import { type AskedFlags, flagsQuery } from '../../api/flags.ts'
import { sessionQuery } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { counted } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { Steady } from '../../ui/Steady.tsx'
import { FlagPanel } from './FlagPanel.tsx'
import { askedDistrict, type FlagSearch } from './search.ts'

/** What has passed a threshold, for the reader’s district, another one or the city: each with its rule, and who answered. */
export function Flags() {
  const { bydel, lukket = false } = useSearch({ from: signedInRoute(paths.flags) })
  const navigate = useNavigate()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const { districts } = useReference()
  const own = session.person?.districts[0]?.code
  const shown = bydel ?? own ?? 'byen'
  const ask = (search: FlagSearch) => void navigate({ to: paths.flags, search, replace: true })
  const asked: AskedFlags = { district: askedDistrict(bydel, own ?? 'city'), closed: lukket }
  return (
    <Page title="Varsler">
      <BodyLong className="readable">
        Hvert varsel sier hva som er målt, hvor grensen går og hvor den kommer fra. De måles hver dag, og igjen etter
        hver kjøring over byen. Et varsel lukker seg selv når det ikke lenger stemmer.
      </BodyLong>
      <search aria-label="Filtre">
        <HStack gap="space-16" align="end">
          <Select
            label="Gjelder"
            size="small"
            value={shown}
            onChange={({ target }) => ask({ bydel: target.value, ...(lukket ? { lukket } : {}) })}
          >
            <option value="byen">Hele byen samlet</option>
            <option value="alle">Alle bydeler</option>
            {districts.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
          <Checkbox
            checked={lukket}
            onChange={({ target }) =>
              ask({ ...(bydel === undefined ? {} : { bydel }), ...(target.checked ? { lukket: true } : {}) })
            }
          >
            Vis de som har lukket seg
          </Checkbox>
        </HStack>
      </search>
      <Suspense fallback={<Loading what="varslene" />}>
        <List asked={asked} />
      </Suspense>
    </Page>
  )
}

function List({ asked }: { asked: AskedFlags }) {
  const query = useSuspenseInfiniteQuery(flagsQuery(asked))
  const flags = query.data.pages.flatMap(({ items }) => items)
  if (flags.length === 0) {
    return (
      <BodyShort>
        {asked.closed
          ? 'Ingen varsler her har lukket seg.'
          : 'Ingen varsler her nå. Det betyr at ingenting av det vi måler, er over grensen.'}
      </BodyShort>
    )
  }
  return (
    <>
      <Steady items={flags} idOf={({ id }) => id}>
        {(rows) => (
          <ul className="plain-list full">
            {rows.map(({ item }) => (
              <FlagPanel key={item.id} flag={item} />
            ))}
          </ul>
        )}
      </Steady>
      <More
        shown={counted(flags.length, 'varsel', 'varsler')}
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
      />
      <Downloads
        address={`/api/v1/flags?${new URLSearchParams({
          ...(asked.district === undefined ? {} : { district: asked.district }),
          ...(asked.closed ? { closed: 'true' } : {}),
        })}`}
        what="varslene"
        hint="Alle varslene i utvalget: hva som er målt, grensen og kilden. Kommentarer er ikke med."
      />
    </>
  )
}
