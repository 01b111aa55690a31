import { BodyLong, BodyShort, Button, Heading, HStack, Textarea, VStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { forgetAnswers } from '../../../api/needs.ts'
import { addNeverTogether, neverTogetherQuery } from '../../../api/residents.ts'
import type { ResidentHit } from '../../../api/types.ts'
import { RecordsPage } from '../../../form/RecordsPage.tsx'
import { SendErrors } from '../../../form/SendErrors.tsx'
import { useSending } from '../../../form/useSending.ts'
import { WhyWeAsk } from '../../../form/WhyWeAsk.tsx'
import { FindResident } from '../../residents/FindResident.tsx'
import type { ThemeProps } from '../themeProps.ts'

/** People of the own district that this person must not share a house with. */
export function NeverTogetherTheme({ need, frame }: ThemeProps) {
  const { id: needId, resident } = need.value
  const { data: others } = useSuspenseQuery(neverTogetherQuery(resident.id))
  const [other, setOther] = useState<ResidentHit | null>(null)
  const [reason, setReason] = useState('')
  const reasonField = useRef<HTMLTextAreaElement>(null)
  const client = useQueryClient()
  const form = useSending<{ otherResidentId: string; reason: string }>(async (body, key) => {
    await addNeverTogether(resident.id, body, key)
    await client.invalidateQueries({ queryKey: neverTogetherQuery(resident.id).queryKey })
    forgetAnswers(client, needId)
    setOther(null)
    setReason('')
  })

  return (
    <RecordsPage {...frame}>
      <WhyWeAsk about="hvem som ikke skal bo sammen">
        Ingen av dem får da forslag om et hus der den andre bor. Andre ser bare at huset ikke er mulig, ikke hvem det
        gjelder. Begrunnelsen blir i bydelen din.
      </WhyWeAsk>
      {others.length === 0 ? (
        <BodyLong>Ingen er registrert. La det stå slik hvis det ikke er noen.</BodyLong>
      ) : (
        <ul className="plain-list" aria-label="Skal ikke bo sammen med">
          {others.map(({ id, otherName, reason: why }) => (
            <li key={id} className="record">
              <BodyShort weight="semibold">{otherName ?? 'En person i en annen bydel'}</BodyShort>
              <BodyShort size="small">{why}</BodyShort>
            </li>
          ))}
        </ul>
      )}
      <VStack gap="space-16">
        <Heading level="2" size="small">
          Legg til en person
        </Heading>
        {other === null && (
          <FindResident
            actionFor={(hit) =>
              hit.id === resident.id ? (
                <BodyShort size="small">Personen behovet gjelder</BodyShort>
              ) : others.some(({ otherResidentId }) => otherResidentId === hit.id) ? (
                <BodyShort size="small">Er registrert</BodyShort>
              ) : (
                <Button
                  type="button"
                  size="small"
                  variant="secondary"
                  onClick={() => {
                    setOther(hit)
                    requestAnimationFrame(() => reasonField.current?.focus())
                  }}
                >
                  Velg<span className="aksel-sr-only"> {hit.name}</span>
                </Button>
              )
            }
          />
        )}
        {other !== null && (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              void form.submit({ otherResidentId: other.id, reason })
            }}
          >
            <VStack gap="space-16">
              <SendErrors problem={form.problem} attempt={form.attempt} />
              <Textarea
                {...form.field('/reason')}
                ref={reasonField}
                label={`Hvorfor skal ${resident.name} og ${other.name} ikke bo sammen?`}
                maxLength={1000}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
              <HStack gap="space-12">
                <Button type="submit" variant="secondary" loading={form.sending}>
                  Legg til
                </Button>
                <Button type="button" variant="tertiary" onClick={() => setOther(null)}>
                  Avbryt
                </Button>
              </HStack>
            </VStack>
          </form>
        )}
      </VStack>
    </RecordsPage>
  )
}
