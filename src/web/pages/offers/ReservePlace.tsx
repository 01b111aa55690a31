import './offers.css'
import { BodyShort, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { reservePlace } from '../../api/holds.ts'
import { explanationQuery } from '../../api/matches.ts'
import { forgetOffers } from '../../api/offers.ts'
import type { Hold, Need, NewHold } from '../../api/types.ts'
import { DayField } from '../../form/DayField.tsx'
import { useSending } from '../../form/useSending.ts'
import { dayInWords } from '../../ui/days.ts'
import { useReference } from '../../ui/names.ts'
import { useBroughtHere } from '../../ui/useBroughtHere.ts'
import { useToday } from '../../ui/useToday.ts'
import { firstMoveIn, moveInOf, proposedKeepUntil } from './draft.ts'
import { Refused } from './Refused.tsx'

type Props = {
  need: Need
  placeId: string
  onReserved(hold: Hold): void
  onClose(): void
  /** Another place is offered instead of one that somebody else has. */
  onInstead(placeId: string): void
}

/** Keeps one place for a need while its offer is prepared. */
export function ReservePlace({ need, placeId, onReserved, onClose, onInstead }: Props) {
  const { data: explanation } = useSuspenseQuery(explanationQuery(need.id, placeId))
  const { names } = useReference()
  const today = useToday()
  const client = useQueryClient()
  const heading = useBroughtHere(placeId)
  const [moveInOn, setMoveInOn] = useState<string | null>(null)
  const [keepUntil, setKeepUntil] = useState<string | null>(proposedKeepUntil(today))
  const form = useSending<NewHold>(async (body, key) => {
    const hold = await reservePlace(body, key)
    await forgetOffers(client, need.id)
    onReserved(hold)
  })

  const { place } = explanation
  const wanted = moveInOf({ moveInOn }, explanation, today)
  const latestYear = Number(today.slice(0, 4)) + 10
  return (
    <form
      noValidate
      className="panel full"
      aria-labelledby="reserver"
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit({ needId: need.id, placeId, moveInOn: wanted, keepUntil: keepUntil ?? '' })
      }}
    >
      <VStack gap="space-24" align="start">
        <div>
          <Heading ref={heading} id="reserver" tabIndex={-1} level="3" size="small" className="page__heading">
            Reserver {place.label}, {place.facilityName}
          </Heading>
          <BodyShort>
            {names.form(place.form)}, {names.district(place.districtCode)}
          </BodyShort>
          <BodyShort className="readable">
            Ingen andre kan få plassen så lenge. Personen får ikke noe tilbud av dette: det sender du etterpå.
          </BodyShort>
        </div>
        <Refused problem={form.problem} attempt={form.attempt} onInstead={onInstead} />
        <DayField
          {...form.field('/keepUntil')}
          label="Hold av til og med"
          description="Høyst en uke"
          value={keepUntil}
          onChange={setKeepUntil}
          latestYear={latestYear}
        />
        <DayField
          {...form.field('/moveInOn')}
          label="Innflytting"
          description={`Tidligst ${dayInWords(firstMoveIn(explanation, today))}`}
          value={wanted}
          onChange={setMoveInOn}
          latestYear={latestYear}
        />
        <HStack gap="space-16">
          <Button type="submit" loading={form.sending}>
            Reserver plassen
          </Button>
          <Button type="button" variant="tertiary" onClick={onClose}>
            Avbryt
          </Button>
        </HStack>
      </VStack>
    </form>
  )
}
