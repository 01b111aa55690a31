import { BodyShort, Button, HStack, Select, Textarea } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { addCallOff, agreementsQuery, type NewCallOff, suppliersQuery, type UnpricedStay } from '../../api/costs.ts'
import { DayField } from '../../form/DayField.tsx'
import { KronerField } from '../../form/KronerField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { kroner } from '../../ui/kroner.ts'
import { useReference } from '../../ui/names.ts'
import { useToday } from '../../ui/useToday.ts'

type Reason = NewCallOff['reason']

/** What a stay in a bought place costs, from whom, and why it was bought. */
export function RegisterPrice({ stay, onDone }: { stay: UnpricedStay; onDone(): void }) {
  const client = useQueryClient()
  const latestYear = Number(useToday().slice(0, 4)) + 5
  const reasons = useReference().vocabulary.purchaseReasons
  const { data: suppliers } = useSuspenseQuery(suppliersQuery)
  const { data: agreements } = useSuspenseQuery(agreementsQuery)
  const [supplierId, setSupplierId] = useState(suppliers.find(({ name }) => name === stay.operator)?.id ?? '')
  const [agreementId, setAgreementId] = useState('')
  const [price, setPrice] = useState<number | null>(null)
  const [from, setFrom] = useState<string | null>(stay.firstUnpriced)
  const [to, setTo] = useState<string | null>(null)
  const [reason, setReason] = useState<Reason>('no_own_place')
  const [decline, setDecline] = useState(stay.declines[0]?.id ?? '')
  const [note, setNote] = useState('')
  const form = useSending(async (body: NewCallOff, key) => {
    await addCallOff(body, key)
    await client.invalidateQueries({ queryKey: ['costs'] })
  })
  const offered = agreements.filter((agreement) => agreement.supplierId === supplierId && agreement.inForce)
  const cause = reason === 'staffing_hse' ? stay.declines.find(({ id }) => id === decline) : undefined

  async function send(event: FormEvent) {
    event.preventDefault()
    const sent = await form.submit({
      stayId: stay.stayId,
      supplierId,
      agreementId: agreementId === '' ? null : agreementId,
      // nothing typed is refused by the service, which says so at the field
      pricePerDay: price ?? 0,
      from: from ?? '',
      to,
      reason,
      declinedOfferId: cause?.kind === 'offer' ? cause.id : null,
      declinedReferralId: cause?.kind === 'referral' ? cause.id : null,
      note: note.trim() === '' ? null : note,
    })
    if (sent) onDone()
  }

  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <Select
        {...form.field('/supplierId')}
        size="small"
        label="Leverandør"
        value={supplierId}
        onChange={({ target }) => {
          setSupplierId(target.value)
          setAgreementId('')
        }}
      >
        <option value="">Velg leverandør</option>
        {suppliers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        {...form.field('/agreementId')}
        size="small"
        label="Rammeavtale"
        value={agreementId}
        onChange={({ target }) => {
          setAgreementId(target.value)
          const chosen = offered.find(({ id }) => id === target.value)
          if (chosen !== undefined) setPrice(chosen.pricePerDay)
        }}
      >
        <option value="">Kjøpt utenom rammeavtale</option>
        {offered.map(({ id, title, pricePerDay }) => (
          <option key={id} value={id}>
            {title}, {kroner(pricePerDay)} i døgnet
          </option>
        ))}
      </Select>
      <KronerField {...form.field('/pricePerDay')} label="Pris for et døgn" value={price} onChange={setPrice} />
      <DayField
        {...form.field('/from')}
        size="small"
        label="Fra og med"
        value={from}
        onChange={setFrom}
        latestYear={latestYear}
      />
      <DayField
        {...form.field('/to')}
        size="small"
        label="Til, første dag som ikke er bestilt (kan stå tomt)"
        value={to}
        onChange={setTo}
        latestYear={latestYear}
      />
      <Select
        {...form.field('/reason')}
        size="small"
        label="Hvorfor ble plassen kjøpt?"
        value={reason}
        onChange={({ target }) => setReason(reasons.find(({ id }) => id === target.value)?.id ?? 'unknown')}
      >
        {reasons.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      {reason === 'staffing_hse' &&
        (stay.declines.length === 0 ? (
          <BodyShort size="small">Vi finner ikke at noen av kommunens plasser har sagt nei til husstanden.</BodyShort>
        ) : (
          <Select
            {...form.field('/declinedOfferId')}
            size="small"
            label="Hvilket svar førte til kjøpet?"
            value={decline}
            onChange={({ target }) => setDecline(target.value)}
          >
            {stay.declines.map(({ id, sentence }) => (
              <option key={id} value={id}>
                {sentence}
              </option>
            ))}
          </Select>
        ))}
      <Textarea
        {...form.field('/note')}
        size="small"
        label="Merknad (kan stå tomt)"
        maxLength={1000}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-16">
        <Button type="submit" size="small" loading={form.sending}>
          Lagre prisen
        </Button>
        <Button type="button" size="small" variant="tertiary" onClick={onDone}>
          Avbryt
        </Button>
      </HStack>
    </form>
  )
}
