import { BodyShort, Button } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { confirmVacancy, facilityQuery } from '../../api/inventory.ts'
import { keepAnswer } from '../../api/queryClient.ts'
import { sessionQuery } from '../../api/session.ts'
import type { Facility } from '../../api/types.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { Confirmed } from '../../ui/Confirmed.tsx'
import { keeps } from './keeps.ts'

/** How old the word about a house's free places is, and for those who keep it the way to renew it. */
export function ConfirmVacancy({ facility }: { facility: Facility }) {
  const client = useQueryClient()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const { submit, sending, problem, attempt } = useSending(async (id: string, key) => {
    await keepAnswer(client, facilityQuery(id).queryKey, await confirmVacancy(id, key))
    await client.invalidateQueries({ queryKey: ['facilities'] })
  })
  return (
    <>
      <BodyShort role="status">
        Ledigheten er <Confirmed at={facility.vacancyConfirmedAt} />
      </BodyShort>
      {keeps(session, facility) && (
        <div>
          <Button
            type="button"
            size="small"
            variant="secondary"
            loading={sending}
            onClick={() => void submit(facility.id)}
          >
            Bekreft at {facility.freePlaces === 0 ? 'ingen plasser er ledige' : `${facility.freePlaces} er ledige`}
          </Button>
        </div>
      )}
      <SendErrors problem={problem} attempt={attempt} />
    </>
  )
}
