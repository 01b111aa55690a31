import { BodyShort, Heading } from '@navikt/ds-react'
import { type UseSuspenseInfiniteQueryResult, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { chainsQuery, type RunChain } from '../../api/runs.ts'
import { paths } from '../../paths.ts'
import { Confirmed } from '../../ui/Confirmed.tsx'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { counted } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { chainAnchor, placeInWords } from './runWords.ts'
import { StartChain } from './StartChain.tsx'

/** Moves that free each other's places, in the order they happen. People of other districts are a district and a class. */
export function Chains({ runId }: { runId: string }) {
  const query = useSuspenseInfiniteQuery(chainsQuery(runId))
  const chains = query.data.pages.flatMap(({ items }) => items)
  useAskedChain(query, chains)
  return (
    <section className="stack" aria-labelledby="boligkjeder">
      <Heading id="boligkjeder" level="2" size="medium">
        Boligkjeder
      </Heading>
      {chains.length === 0 ? (
        <BodyShort>Ingen av flyttingene du kan se, frigjør en bolig for noen andre.</BodyShort>
      ) : (
        <>
          <ul className="plain-list full">
            {chains.map((chain) => (
              <ProposedChain key={chain.chain} runId={runId} chain={chain} />
            ))}
          </ul>
          <More
            shown={counted(chains.length, 'boligkjede', 'boligkjeder')}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
          <Downloads
            address={`/api/v1/matching-runs/${runId}/chains`}
            what="boligkjedene"
            hint="En rad for hver flytting, uten personer."
          />
        </>
      )}
    </section>
  )
}

type Paged = Pick<UseSuspenseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>

/** Brings the chain that the address asks for into sight; one further down the list is fetched first. */
function useAskedChain({ hasNextPage, isFetchingNextPage, fetchNextPage }: Paged, chains: readonly RunChain[]) {
  const { hash } = useLocation()
  const brought = useRef('')
  useEffect(() => {
    if (!/^kjede-\d+$/.test(hash) || brought.current === hash) return
    if (chains.some(({ chain }) => chainAnchor(chain) === hash)) {
      brought.current = hash
      const panel = document.getElementById(hash)
      panel?.scrollIntoView()
      panel?.focus({ preventScroll: true })
    } else if (hasNextPage && !isFetchingNextPage) {
      void fetchNextPage()
    }
  }, [hash, chains, hasNextPage, isFetchingNextPage, fetchNextPage])
}

/** A chain as a run proposes it, drawn as its moves, with the way to begin it. */
export function ProposedChain({ runId, chain: proposed }: { runId: string; chain: RunChain }) {
  const { chain, kind, moves, frees } = proposed
  return (
    <li id={chainAnchor(chain)} tabIndex={-1} className="panel">
      <Heading level="3" size="small" spacing>
        Boligkjede {chain + 1}
      </Heading>
      {kind === 'cycle' && (
        <BodyShort spacing>De som er med, bytter bolig med hverandre og må flytte samtidig.</BodyShort>
      )}
      <ol className="spaced-list">
        {moves.map((move) => (
          <li key={move.place.id}>
            <Mover move={move} /> kan flytte inn i {placeInWords(move.place)}, {dayInWords(move.on)}. Ledigheten er{' '}
            <Confirmed at={move.place.vacancyConfirmedAt} />
            {move.from !== null && (
              <>
                <br />
                <span aria-hidden="true">→ </span>
                Da blir {placeInWords(move.from)} ledig.
              </>
            )}
          </li>
        ))}
      </ol>
      {kind === 'chain' && frees !== null && (
        <BodyShort>Når alle har flyttet, kan {placeInWords(frees)} gis til en ny.</BodyShort>
      )}
      <StartChain runId={runId} chain={proposed} />
    </li>
  )
}

function Mover({ move }: { move: RunChain['moves'][number] }) {
  const { names } = useReference()
  if (move.needId === null) {
    const where = move.district === null ? '' : ` i Bydel ${names.district(move.district)}`
    return `En person${where}, hasteklasse ${move.urgencyClass},`
  }
  return (
    <RouteLink to={paths.need} params={{ id: move.needId }}>
      {move.residentName}
    </RouteLink>
  )
}
