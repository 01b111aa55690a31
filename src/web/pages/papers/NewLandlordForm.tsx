import { Button, Fieldset, HStack, TextField, VStack } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addLandlord, landlordsQuery, type NewLandlord } from '../../api/rental.ts'
import { DayField } from '../../form/DayField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { useToday } from '../../ui/useToday.ts'

type Props = { district: string; onAdded(landlordId: string): void }

/** A landlord that the bydel has not rented from before, and the tilvisningsavtale with her where there is one. */
export function NewLandlordForm({ district, onAdded }: Props) {
  const client = useQueryClient()
  const year = Number(useToday().slice(0, 4)) + 20
  const [asked, setAsked] = useState(false)
  const [name, setName] = useState('')
  const [homes, setHomes] = useState('')
  const [until, setUntil] = useState<string | null>(null)
  const form = useSending(async (body: NewLandlord, key) => {
    const { id } = await addLandlord(body, key)
    await client.invalidateQueries({ queryKey: landlordsQuery.queryKey })
    setAsked(false)
    onAdded(id)
  })
  if (!asked)
    return (
      <Button type="button" size="small" variant="tertiary" onClick={() => setAsked(true)}>
        Legg til en utleier
      </Button>
    )
  const add = () =>
    void form.submit({
      district,
      name,
      referralHomes: homes.trim() === '' ? null : Number(homes),
      referralUntil: until,
      note: null,
    })
  return (
    <Fieldset legend="Ny utleier" className="panel full">
      <VStack gap="space-16" align="start">
        <SendErrors problem={form.problem} attempt={form.attempt} />
        <TextField
          {...form.field('/name')}
          label="Navnet på utleieren"
          className="full"
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          {...form.field('/referralHomes')}
          label="Boliger i tilvisningsavtalen"
          description="Står tomt når det ikke er noen avtale."
          inputMode="numeric"
          htmlSize={6}
          autoComplete="off"
          value={homes}
          onChange={(event) => setHomes(event.target.value)}
        />
        <DayField
          {...form.field('/referralUntil')}
          label="Siste dag i avtalen (kan stå tomt)"
          value={until}
          onChange={setUntil}
          latestYear={year}
        />
        <HStack gap="space-16">
          <Button type="button" size="small" loading={form.sending} onClick={add}>
            Lagre utleieren
          </Button>
          <Button type="button" size="small" variant="tertiary" onClick={() => setAsked(false)}>
            Avbryt
          </Button>
        </HStack>
      </VStack>
    </Fieldset>
  )
}
