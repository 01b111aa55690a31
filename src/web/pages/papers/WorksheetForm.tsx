import { Alert, BodyShort, Button, Fieldset, HStack, Select, Textarea, TextField, VStack } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Versioned } from '../../api/client.ts'
import { forgetPapers } from '../../api/papers.ts'
import { keepAnswer } from '../../api/queryClient.ts'
import { type Landlord, saveWorksheet, type Worksheet, type WorksheetFields, worksheetQuery } from '../../api/rental.ts'
import { OneOf } from '../../form/Choices.tsx'
import { DayField } from '../../form/DayField.tsx'
import { KronerField } from '../../form/KronerField.tsx'
import { Overtaken } from '../../form/Overtaken.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useBase } from '../../form/useBase.ts'
import { useSending } from '../../form/useSending.ts'
import { useToday } from '../../ui/useToday.ts'
import { NewLandlordForm } from './NewLandlordForm.tsx'
import {
  allowances,
  asksAmount,
  conclusions,
  type FilledIn,
  filledIn,
  guarantees,
  worksheetFields,
} from './rentalWords.ts'

type Props = { needId: string; loaded: Versioned<Worksheet>; landlords: Landlord[]; district: string }
/** The questions of the worksheet. What is not known is left empty, and said to be missing. */
export function WorksheetForm({ needId, loaded, landlords, district }: Props) {
  const client = useQueryClient()
  const year = Number(useToday().slice(0, 4)) + 20
  const [fields, setFields] = useState(() => filledIn(loaded.value))
  const [touched, setTouched] = useState(false)
  const [saved, setSaved] = useState(false)
  const { base, overtaken, take, takeNewest } = useBase(loaded, touched, (value) => {
    setFields(filledIn(value))
    setTouched(false)
  })
  const form = useSending(async (body: WorksheetFields, key) => {
    const answer = await saveWorksheet(needId, body, base.etag, key)
    take(answer)
    await keepAnswer(client, worksheetQuery(needId).queryKey, answer)
    await forgetPapers(client, needId)
  })
  function change(changes: Partial<FilledIn>) {
    setTouched(true)
    setSaved(false)
    setFields((before) => ({ ...before, ...changes }))
  }

  return (
    <form
      noValidate
      onSubmit={async (event) => {
        event.preventDefault()
        setSaved(await form.submit(worksheetFields(fields)))
      }}
    >
      <VStack gap="space-24" align="start">
        {overtaken && <Overtaken onTake={takeNewest} />}
        <SendErrors problem={form.problem} attempt={form.attempt} />
        {base.value.warnings.map((warning) => (
          <Alert key={warning} variant="warning">
            {warning}
          </Alert>
        ))}
        <Select
          {...form.field('/landlordId')}
          label="Utleier"
          value={fields.landlordId ?? ''}
          onChange={(event) => change({ landlordId: event.target.value === '' ? null : event.target.value })}
        >
          <option value="">Ikke valgt</option>
          {landlords.map(({ id, name, referralInWords }) => (
            <option key={id} value={id}>
              {referralInWords === null ? name : `${name}. ${referralInWords}`}
            </option>
          ))}
        </Select>
        <NewLandlordForm district={district} onAdded={(landlordId) => change({ landlordId })} />
        <TextField
          {...form.field('/address')}
          label="Adressen til boligen"
          className="full"
          autoComplete="off"
          value={fields.address ?? ''}
          onChange={(event) => change({ address: event.target.value === '' ? null : event.target.value })}
        />
        <Fieldset legend="Leietid" description="Uten siste dag er avtalen tidsubestemt.">
          <HStack gap="space-24">
            <DayField
              {...form.field('/leaseDuring/from')}
              label="Første dag"
              value={fields.firstDay}
              onChange={(firstDay) => change({ firstDay })}
              latestYear={year}
            />
            <DayField
              {...form.field('/leaseDuring/to')}
              label="Siste dag"
              value={fields.lastDay}
              onChange={(lastDay) => change({ lastDay })}
              latestYear={year}
            />
          </HStack>
        </Fieldset>
        <HStack gap="space-24">
          <KronerField
            {...form.field('/rentMonth')}
            label="Husleie i måneden"
            value={fields.rentMonth}
            onChange={(rentMonth) => change({ rentMonth })}
          />
          <KronerField
            {...form.field('/electricityMonth')}
            label="Strøm i måneden"
            value={fields.electricityMonth}
            onChange={(electricityMonth) => change({ electricityMonth })}
          />
        </HStack>
        <OneOf
          {...form.field('/guarantee')}
          legend="Garanti eller depositum"
          options={guarantees}
          value={fields.guarantee}
          onChange={(guarantee) => change({ guarantee })}
        />
        {asksAmount(fields) && (
          <KronerField
            {...form.field('/guaranteeAmount')}
            label="Beløp for garanti eller depositum"
            value={fields.guaranteeAmount}
            onChange={(guaranteeAmount) => change({ guaranteeAmount })}
          />
        )}
        <OneOf
          {...form.field('/housingAllowance')}
          legend="Bostøtte"
          options={allowances}
          value={fields.housingAllowance}
          onChange={(housingAllowance) => change({ housingAllowance })}
        />
        {fields.housingAllowance === 'granted' && (
          <KronerField
            {...form.field('/housingAllowanceMonth')}
            label="Bostøtte i måneden"
            value={fields.housingAllowanceMonth}
            onChange={(housingAllowanceMonth) => change({ housingAllowanceMonth })}
          />
        )}
        <OneOf
          {...form.field('/conclusion')}
          legend="Kan husstanden leie privat?"
          description="Svaret føres på behovet med dagens dato. Du skriver det ikke to ganger."
          options={conclusions(base.value)}
          value={fields.conclusion}
          onChange={(conclusion) => change({ conclusion })}
        />
        {fields.conclusion !== 'none' && (
          <Textarea
            {...form.field('/conclusion/reason')}
            className="full"
            label={fields.conclusion === 'not_possible' ? 'Hvorfor går det ikke?' : 'Begrunnelse (kan stå tomt)'}
            maxLength={2000}
            value={fields.reason}
            onChange={(event) => change({ reason: event.target.value })}
          />
        )}
        <HStack gap="space-16" align="center">
          <Button type="submit" loading={form.sending}>
            Lagre regnearket
          </Button>
          <BodyShort role="status">{saved ? 'Lagret' : touched ? 'Ikke lagret' : ''}</BodyShort>
        </HStack>
      </VStack>
    </form>
  )
}
