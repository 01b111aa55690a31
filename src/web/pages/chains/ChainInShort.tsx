import { BodyShort, Heading, Tag } from '@navikt/ds-react'
import type { MovingChain } from '../../api/chains.ts'
import { paths } from '../../paths.ts'
import { inARow } from '../../ui/listing.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { breakFacts, chainColour, chainName, nextInWords } from './chainWords.ts'

type Props = { chain: MovingChain; level?: '2' | '3' }

/** A chain in a list: how it stands, whose of the reader's people are in it, and what it waits for. */
export function ChainInShort({ chain, level = '2' }: Props) {
  const { id, state, stateName, steps } = chain
  const own = steps.flatMap(({ residentName }) => (residentName === null ? [] : [residentName]))
  const next = nextInWords(steps)
  return (
    <li className="panel">
      <Heading level={level} size="xsmall" spacing>
        <RouteLink to={paths.chain} params={{ id }}>
          {chainName(steps)}
        </RouteLink>{' '}
        <Tag size="small" variant="moderate" data-color={chainColour(state)}>
          {stateName}
        </Tag>
      </Heading>
      {own.length > 0 && <BodyShort>Dine: {inARow(own)}.</BodyShort>}
      {breakFacts(steps).map((sentence) => (
        <BodyShort key={sentence}>{sentence}</BodyShort>
      ))}
      {next !== undefined && <BodyShort>{next}</BodyShort>}
    </li>
  )
}
