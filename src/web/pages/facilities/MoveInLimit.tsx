import { BodyLong, Button, Heading, HStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { changeMoveInLimit, facilityQuery } from '../../api/inventory.ts'
import { keepAnswer } from '../../api/queryClient.ts'
import { sessionQuery } from '../../api/session.ts'
import type { Facility } from '../../api/types.ts'
import { NumberField } from '../../form/NumberField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { moveInsInWords } from './criteria.ts'
import { maintainsIn } from './keeps.ts'

/** How many new households a house takes in a month, and for those who maintain it the way to change or remove the limit. */
export function MoveInLimit({ facility }: { facility: Facility }) {
  const client = useQueryClient()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const limit = facility.maxMoveInsPerMonth
  const [typing, setTyping] = useState(false)
  const [typed, setTyped] = useState<number | null>(limit)
  const [unsaid, setUnsaid] = useState(false)
  const { queryKey } = facilityQuery(facility.id)
  const form = useSending(async (most: number | null, key) => {
    try {
      await keepAnswer(client, queryKey, await changeMoveInLimit(facility, most, key))
    } catch (error) {
      // somebody else may have been first: the next try is on what stands now
      await client.invalidateQueries({ queryKey })
      throw error
    }
    await client.invalidateQueries({ queryKey: ['facilities'] })
  })
  const field = form.field('/maxMoveInsPerMonth')

  async function save(most: number | null) {
    if (await form.submit(most)) setTyping(false)
  }

  return (
    <section aria-labelledby="innflyttinger" className="stack">
      <Heading id="innflyttinger" level="2" size="medium">
        Innflyttinger i måneden
      </Heading>
      <BodyLong className="readable" role="status">
        {moveInsInWords(limit)}
      </BodyLong>
      {maintainsIn(session.person, facility.districtCode) && !typing && (
        <HStack gap="space-12">
          <Button
            type="button"
            size="small"
            variant="secondary"
            onClick={() => {
              setTyped(limit)
              setUnsaid(false)
              setTyping(true)
            }}
          >
            {limit === null ? 'Sett en grense' : 'Endre grensen'}
          </Button>
          {limit !== null && (
            <Button
              type="button"
              size="small"
              variant="tertiary"
              loading={form.sending}
              onClick={() => void save(null)}
            >
              Fjern grensen
            </Button>
          )}
        </HStack>
      )}
      {typing && (
        <form
          noValidate
          aria-label="Innflyttinger i måneden"
          className="stack readable"
          onSubmit={(event) => {
            event.preventDefault()
            setUnsaid(typed === null)
            if (typed !== null) void save(typed)
          }}
        >
          <NumberField
            id={field.id}
            error={unsaid ? 'Skriv hvor mange.' : field.error}
            label="Hvor mange nye husstander tar huset imot i måneden?"
            description="En kjøring foreslår ikke flere innflyttinger i samme kalendermåned. De andre får forslag om en senere måned."
            value={typed}
            onChange={setTyped}
          />
          <SendErrors problem={form.problem} attempt={form.attempt} />
          <HStack gap="space-12">
            <Button type="submit" size="small" loading={form.sending}>
              Lagre grensen
            </Button>
            <Button type="button" size="small" variant="tertiary" onClick={() => setTyping(false)}>
              Avbryt
            </Button>
          </HStack>
        </form>
      )}
      {!typing && <SendErrors problem={form.problem} attempt={form.attempt} />}
    </section>
  )
}
