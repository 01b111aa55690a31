import './offers.css'
import { BodyShort, Button, Heading, HStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { holdsOfNeedQuery, releaseHold } from '../../api/holds.ts'
import { forgetOffers } from '../../api/offers.ts'
import type { Hold } from '../../api/types.ts'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { useReference } from '../../ui/names.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { placeOf } from './offerWords.ts'
import { Refused } from './Refused.tsx'

type Props = {
  needId: string
  onOffer?: ((placeId: string) => void) | undefined
  onReleased(hold: Hold): void
}

/** What is reserved for a need and not offered yet; nothing where nothing is. */
export function HoldsOfNeed({ needId, onOffer, onReleased }: Props) {
  const { data: holds } = useSuspenseQuery(holdsOfNeedQuery(needId))
  if (holds.length === 0) return null
  return (
    <section aria-labelledby="reservert" className="stack">
      <Heading id="reservert" level="2" size="medium" tabIndex={-1} className="page__heading">
        Reservert plass
      </Heading>
      <ul className="plain-list full">
        {holds.map((hold) => (
          <HoldCard key={hold.id} hold={hold} onOffer={onOffer} onReleased={onReleased} />
        ))}
      </ul>
    </section>
  )
}

function HoldCard({ hold, onOffer, onReleased }: Omit<Props, 'needId'> & { hold: Hold }) {
  const { names } = useReference()
  const client = useQueryClient()
  const releasing = useSending<Pick<Hold, 'id' | 'version'>>(async (seen, key) => {
    try {
      await releaseHold(seen, key)
      onReleased(hold)
    } finally {
      // also when somebody else was first: it is then something else than what stands here
      await forgetOffers(client, hold.needId)
    }
  })
  return (
    <li className="panel" aria-label={`Reservert: ${placeOf(hold)}`}>
      <Heading level="3" size="xsmall">
        <RouteLink to={paths.facility} params={{ id: hold.place.facilityId }}>
          {placeOf(hold)}
        </RouteLink>
      </Heading>
      <BodyShort size="small">
        {names.form(hold.place.form)}, {names.district(hold.place.districtCode)}
      </BodyShort>
      <BodyShort>
        Holdes av til og med {dayInWords(hold.keepUntil ?? hold.moveInOn)}, for innflytting {dayInWords(hold.moveInOn)}.
        Reservert av {hold.reservedBy}. Ingenting er tilbudt ennå.
      </BodyShort>
      <Refused problem={releasing.problem} attempt={releasing.attempt} />
      <HStack gap="space-12" className="offer__actions">
        {onOffer !== undefined && (
          <Button type="button" size="small" onClick={() => onOffer(hold.place.id)}>
            Tilby plassen<span className="aksel-sr-only"> {placeOf(hold)}</span>
          </Button>
        )}
        <Button
          type="button"
          size="small"
          variant="secondary"
          loading={releasing.sending}
          onClick={() => void releasing.submit({ id: hold.id, version: hold.version })}
        >
          Frigi plassen<span className="aksel-sr-only"> {placeOf(hold)}</span>
        </Button>
      </HStack>
    </li>
  )
}
