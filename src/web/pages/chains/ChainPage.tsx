import './chains.css'
import { Alert, BodyShort, Heading, Tag } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { chainQuery, type FollowedChain } from '../../api/chains.ts'
import type { Offer } from '../../api/types.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { inARow } from '../../ui/listing.ts'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { placeOf } from '../offers/offerWords.ts'
import { againFacts, breakFacts, chainColour, chainName, remainingInWords } from './chainWords.ts'
import { Move } from './Move.tsx'

/** One chain in life: its moves in order, what each waits for, what the reader can do now, and what broke it. */
export function ChainPage() {
  const { id } = useParams({ from: signedInRoute(paths.chain) })
  const { data: chain } = useSuspenseQuery(chainQuery(id))
  const { names } = useReference()
  const [offering, setOffering] = useState<number | null>(null)
  const [said, setSaid] = useState<{ offerId: string; text: string } | null>(null)
  const { steps, state, stateName, districts } = chain
  const remaining = remainingInWords(steps)
  // what was said of an offer goes when something else has become of it
  const stillSo = steps.some(({ offerId, state: now }) => offerId === said?.offerId && now !== 'broken')

  function sent(offer: Offer) {
    setSaid({
      offerId: offer.id,
      text: offer.conditional
        ? `Det betingede tilbudet om ${placeOf(offer)} er sendt.`
        : `Tilbudet om ${placeOf(offer)} er sendt. Svarfrist ${dayInWords(offer.answerBy)}.`,
    })
    setOffering(null)
    document.getElementById('flyttingene')?.focus()
  }

  return (
    <Page title="Boligkjede" before={<RouteLink to={paths.chains}>Tilbake til kjedene</RouteLink>}>
      <div>
        <BodyShort spacing>
          {chainName(steps)}{' '}
          <Tag size="small" variant="moderate" data-color={chainColour(state)}>
            {stateName}
          </Tag>
        </BodyShort>
        <BodyShort>
          {districts.length === 1 ? 'Bydel' : 'Bydeler'} med i kjeden: {inARow(districts.map(names.district))}. Hver
          bydel sender tilbudene til sine.
        </BodyShort>
        {remaining !== undefined && <BodyShort weight="semibold">{remaining}</BodyShort>}
      </div>
      <Broken chain={chain} />
      <section aria-labelledby="flyttingene" className="stack">
        <Heading id="flyttingene" level="2" size="medium" tabIndex={-1} className="page__heading">
          Flyttingene
        </Heading>
        <BodyShort role="status">{stillSo && said?.text}</BodyShort>
        <ol className="moves full">
          {steps.map((step, at) => (
            <Move
              key={step.position}
              chainId={id}
              step={step}
              before={steps[at - 1]}
              offering={offering === step.position}
              onOffer={(open) => setOffering(open ? step.position : null)}
              onSent={sent}
            />
          ))}
        </ol>
        <Freed chain={chain} />
      </section>
      {chain.runId !== null && (
        <RouteLink to={paths.run} params={{ id: chain.runId }}>
          Kjøringen som foreslo kjeden
        </RouteLink>
      )}
    </Page>
  )
}

function Broken({ chain }: { chain: FollowedChain }) {
  const facts = [...breakFacts(chain.steps), ...againFacts(chain)]
  if (facts.length === 0) return null
  return (
    <Alert variant="warning" className="readable">
      <Heading level="2" size="xsmall" spacing>
        Dette brøt kjeden
      </Heading>
      {facts.map((sentence) => (
        <BodyShort key={sentence} spacing>
          {sentence}
        </BodyShort>
      ))}
      {chain.againRunId !== null && (
        <RouteLink to={paths.run} params={{ id: chain.againRunId }}>
          Se den nye kjøringen
        </RouteLink>
      )}
    </Alert>
  )
}

function Freed({ chain: { steps, state } }: { chain: FollowedChain }) {
  const last = steps.at(-1)
  if (last === undefined || last.from === null || state === 'broken' || last.state === 'broken') return null
  return (
    <BodyShort>
      {state === 'complete' ? 'Alle har flyttet. ' : 'Når alle har flyttet, kan '}
      {last.from.label}, {last.from.facilityName} {state === 'complete' ? 'kan gis til en ny.' : 'gis til en ny.'}
    </BodyShort>
  )
}
