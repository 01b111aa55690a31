import { Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { chainsOfNeedQuery } from '../../api/chains.ts'
import { ChainInShort } from './ChainInShort.tsx'

/** The chains in life that a need is in; nothing where there is none. */
export function ChainsOfNeed({ needId }: { needId: string }) {
  const { data: chains } = useSuspenseQuery(chainsOfNeedQuery(needId))
  if (chains.length === 0) return null
  return (
    <section aria-labelledby="boligkjeder" className="stack">
      <Heading id="boligkjeder" level="2" size="medium">
        {chains.length === 1 ? 'Boligkjede' : 'Boligkjeder'}
      </Heading>
      <ul className="plain-list full">
        {chains.map((chain) => (
          <ChainInShort key={chain.id} chain={chain} level="3" />
        ))}
      </ul>
    </section>
  )
}
