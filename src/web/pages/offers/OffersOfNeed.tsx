import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { offersOfNeedQuery } from '../../api/offers.ts'
import { Steady } from '../../ui/Steady.tsx'
import { OfferCard } from './OfferCard.tsx'

type Props = {
  needId: string
  /** Offers another place to the same need. */
  onInstead(placeId: string): void
}

const ENDED = ['moved_in', 'not_arrived', 'withdrawn', 'declined', 'expired']

/** The offers to a need: what each waits for, and what can be done with it. Those that are over stand last, in short. */
export function OffersOfNeed({ needId, onInstead }: Props) {
  const { data: offers } = useSuspenseQuery(offersOfNeedQuery(needId))
  return (
    <section aria-labelledby="tilbud" className="stack">
      <Heading id="tilbud" level="2" size="medium" tabIndex={-1} className="page__heading">
        Tilbud
      </Heading>
      {offers.length === 0 && (
        <BodyShort>Ingen plasser er tilbudt ennå. Velg «Tilby» eller «Henvis om» over en plass under.</BodyShort>
      )}
      <Steady
        items={offers}
        idOf={({ id }) => id}
        groupOf={({ state }) => (ENDED.includes(state) ? 'over' : 'running')}
      >
        {(rows) => {
          const running = rows.filter(({ group }) => group === 'running')
          const over = rows.filter(({ group }) => group === 'over')
          return (
            <>
              {running.length > 0 && (
                <ul className="plain-list full">
                  {running.map(({ item: offer }) => (
                    <OfferCard key={offer.id} offer={offer} onInstead={onInstead} />
                  ))}
                </ul>
              )}
              {over.length > 0 && (
                <>
                  <Heading level="3" size="small">
                    Tidligere tilbud
                  </Heading>
                  <ul className="plain-list full">
                    {over.map(({ item: offer }) => (
                      <OfferCard key={offer.id} offer={offer} />
                    ))}
                  </ul>
                </>
              )}
            </>
          )
        }}
      </Steady>
    </section>
  )
}
