import { Button, Checkbox, HStack, TextField } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { addAgreement, type NewAgreement, type Supplier } from '../../api/costs.ts'
import { DayField } from '../../form/DayField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { AgreementTerms, type Terms, termsOf, useLatestAgreementYear } from './AgreementTerms.tsx'

/** A new framework agreement with a supplier. */
export function NewAgreementForm({ supplier }: { supplier: Supplier }) {
  const client = useQueryClient()
  const latestYear = useLatestAgreementYear()
  const [open, setOpen] = useState(false)
  const [title, setTitle] = useState('')
  const [from, setFrom] = useState<string | null>(null)
  const [terms, setTerms] = useState<Terms>({ price: null, to: null, places: '' })
  const [dualDiagnosis, setDualDiagnosis] = useState(false)
  const form = useSending(async (body: NewAgreement, key) => {
    await addAgreement(body, key)
    await client.invalidateQueries({ queryKey: ['costs'] })
  })
  async function send(event: FormEvent) {
    event.preventDefault()
    const sent = await form.submit({
      supplierId: supplier.id,
      title,
      ...termsOf(terms),
      valid: { from: from ?? '', to: terms.to },
      dualDiagnosis,
      note: null,
    })
    if (sent) setOpen(false)
  }
  if (!open) {
    return (
      <Button type="button" size="small" variant="tertiary" onClick={() => setOpen(true)}>
        Legg til en rammeavtale<span className="aksel-sr-only"> med {supplier.name}</span>
      </Button>
    )
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <TextField
        {...form.field('/title')}
        size="small"
        label="Hva avtalen heter"
        autoComplete="off"
        value={title}
        onChange={({ target }) => setTitle(target.value)}
      />
      <AgreementTerms
        terms={terms}
        field={form.field}
        onChange={(changes) => setTerms({ ...terms, ...changes })}
        beforeEnd={
          <DayField
            {...form.field('/valid/from')}
            size="small"
            label="Gjelder fra"
            value={from}
            onChange={setFrom}
            latestYear={latestYear}
          />
        }
      />
      <Checkbox size="small" checked={dualDiagnosis} onChange={({ target }) => setDualDiagnosis(target.checked)}>
        Gjelder også personer med samtidig ruslidelse
      </Checkbox>
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-16">
        <Button type="submit" size="small" loading={form.sending}>
          Lagre rammeavtalen
        </Button>
        <Button type="button" size="small" variant="tertiary" onClick={() => setOpen(false)}>
          Avbryt
        </Button>
      </HStack>
    </form>
  )
}
