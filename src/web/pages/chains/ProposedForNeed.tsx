import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { proposedChainQuery } from '../../api/runs.ts'
import { paths } from '../../paths.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ProposedChain } from '../runs/Chains.tsx'

/** The chain that the last run over the city puts a need in, until it is begun; nothing where there is none. */
export function ProposedForNeed({ needId }: { needId: string }) {
  const { data: proposed } = useSuspenseQuery(proposedChainQuery(needId))
  if (proposed === null || proposed.chain.movingChainId !== null) return null
  return (
    <section aria-labelledby="foreslatt-kjede" className="stack">
      <Heading id="foreslatt-kjede" level="2" size="medium">
        Foreslått i en boligkjede
      </Heading>
      <BodyShort>
        Den siste kjøringen for hele byen foreslår disse flyttingene sammen.{' '}
        <RouteLink to={paths.run} params={{ id: proposed.runId }}>
          Se kjøringen
        </RouteLink>
      </BodyShort>
      <ul className="plain-list full">
        <ProposedChain runId={proposed.runId} chain={proposed.chain} />
      </ul>
    </section>
  )
}
