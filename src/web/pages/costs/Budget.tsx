import { BodyShort, Button, Heading, HStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { budgetQuery, setBudget } from '../../api/costs.ts'
import { KronerField } from '../../form/KronerField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { kroner } from '../../ui/kroner.ts'

type Props = { district: string; year: number; mayPut: boolean }

/** What the bydel has set aside for bought places this year; its manager sets it. */
export function Budget({ district, year, mayPut }: Props) {
  const { data } = useSuspenseQuery(budgetQuery(district, year))
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [amount, setAmount] = useState<number | null>(data.value.amount)
  const { submit, sending, problem, attempt, field } = useSending(async (given: number, key) => {
    await setBudget({ district, year }, given, data.etag, key)
    await client.invalidateQueries({ queryKey: ['costs'] })
  })
  async function send(event: FormEvent) {
    event.preventDefault()
    if (amount !== null && (await submit(amount))) setOpen(false)
    // somebody else may have set it: what is typed stays, and the next try is against hers
    else await client.invalidateQueries({ queryKey: budgetQuery(district, year).queryKey })
  }
  const name = `Budsjettet for kjøpte plasser i ${year}`
  return (
    <section className="stack" aria-labelledby="budsjett">
      <Heading id="budsjett" level="2" size="medium">
        {name}
      </Heading>
      <BodyShort>
        {data.value.amount === null ? 'Ikke satt.' : `${kroner(data.value.amount)}.`}
        {data.value.synthetic && ' Syntetisk.'}
      </BodyShort>
      {mayPut && !open && (
        <Button type="button" size="small" variant="secondary" onClick={() => setOpen(true)}>
          {data.value.amount === null ? 'Sett budsjettet' : 'Endre budsjettet'}
        </Button>
      )}
      {mayPut && open && (
        <form className="stack" onSubmit={(event) => void send(event)}>
          <KronerField {...field('/amount')} label={name} value={amount} onChange={setAmount} />
          <SendErrors problem={problem} attempt={attempt} />
          <HStack gap="space-16">
            <Button type="submit" size="small" loading={sending}>
              Lagre budsjettet
            </Button>
            <Button type="button" size="small" variant="tertiary" onClick={() => setOpen(false)}>
              Avbryt
            </Button>
          </HStack>
        </form>
      )}
    </section>
  )
}
