import '@navikt/ds-css/dist/component/togglegroup.css'
import { BodyLong, ToggleGroup } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { chainsInLifeQuery } from '../../api/chains.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { More } from '../../ui/More.tsx'
import { counted } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Steady } from '../../ui/Steady.tsx'
import { ChainInShort } from './ChainInShort.tsx'

/** The chains in life of the reader's people, those with a break first. */
export function ChainList() {
  const { vis } = useSearch({ from: signedInRoute(paths.chains) })
  const navigate = useNavigate()
  const state = vis === 'ferdige' ? 'ended' : 'open'
  const query = useSuspenseInfiniteQuery(chainsInLifeQuery(state))
  const chains = query.data.pages.flatMap(({ items }) => items)
  return (
    <Page title="Kjeder">
      <BodyLong className="readable">
        En boligkjede er flyttinger som gjør hverandres plasser ledige. Hvert tilbud er betinget til flyttingen før er
        svart ja til. Ingen flytter ut før neste bolig er klar.
      </BodyLong>
      <ToggleGroup
        size="small"
        label="Hvilke kjeder"
        value={state}
        onChange={(chosen) =>
          void navigate({
            to: paths.chains,
            search: chosen === 'ended' ? { vis: 'ferdige' } : {},
            replace: true,
            resetScroll: false,
          })
        }
      >
        <ToggleGroup.Item value="open" label="I gang" />
        <ToggleGroup.Item value="ended" label="Avsluttet" />
      </ToggleGroup>
      {chains.length === 0 ? (
        <NoChains state={state} />
      ) : (
        <>
          <Steady items={chains} idOf={({ id }) => id}>
            {(rows) => (
              <ul className="plain-list full">
                {rows.map(({ item }) => (
                  <ChainInShort key={item.id} chain={item} />
                ))}
              </ul>
            )}
          </Steady>
          <More
            shown={`${counted(chains.length, 'kjede', 'kjeder')}, de brutte først`}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
          <Downloads
            address={`/api/v1/chains?state=${state}`}
            what="kjedene"
            hint="En rad for hver flytting, uten personer."
          />
        </>
      )}
    </Page>
  )
}

function NoChains({ state }: { state: 'open' | 'ended' }) {
  if (state === 'ended')
    return (
      <Empty
        what="Ingen kjeder er avsluttet"
        why="Her står kjeder der alle har flyttet, og brutte kjeder som dere er ferdige med."
      />
    )
  return (
    <Empty
      what="Ingen kjeder er i gang"
      why="En kjede begynner når en av bydelene i den setter den i gang fra en kjøring. Du ser de kjedene som noen av dine er med i, og som planlegger alle."
      next={<RouteLink to={paths.runs}>Se hva kjøringene foreslår</RouteLink>}
    />
  )
}
