import { Button, Checkbox, CheckboxGroup, HStack, Select, Textarea } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { addQuota, type ChangedQuota, changeQuota, type Quota } from '../../api/quotas.ts'
import { DayField } from '../../form/DayField.tsx'
import { NumberField } from '../../form/NumberField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { endFrom, lastFrom } from '../../ui/days.ts'
import { useReference } from '../../ui/names.ts'
import { useToday } from '../../ui/useToday.ts'
import { FacilitiesField } from '../facilities/FacilitiesField.tsx'

const YEARS_AHEAD = 15
/** Who runs the houses whose homes a bydel gives. */
const GIVEN_BY_THE_BYDEL: readonly string[] = ['district', 'boligbygg']

interface Props {
  /** Those that the reader sets quotas for; at least one. */
  own: readonly { code: string; name: string }[]
  /** Null: a new one. */
  quota: Quota | null
  onDone(): void
}

/** How many households of other bydeler may move in, on which days, and what does not count. */
export function QuotaForm({ own, quota, onDone }: Props) {
  const client = useQueryClient()
  // as it was when the form was opened: what somebody else has changed since is refused, and not written over
  const [seen] = useState(quota)
  const { districts } = useReference()
  const today = useToday()
  const latestYear = Number(today.slice(0, 4)) + YEARS_AHEAD
  const [district, setDistrict] = useState(quota?.district ?? own[0]?.code ?? '')
  const [typed, setTyped] = useState({
    from: quota?.during.from ?? today,
    last: lastFrom(quota?.during.to ?? null),
    households: quota?.households ?? null,
    exemptDistricts: quota?.exemptDistricts ?? [],
    exemptFacilities: quota?.exemptFacilities ?? [],
    note: quota?.note ?? '',
  })
  const put = (more: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...more }))
  const form = useSending(async (body: { district: string; facts: Required<ChangedQuota> }, key) => {
    if (seen === null) await addQuota(body.district, body.facts, key)
    else await changeQuota(seen, body.facts, key)
    await client.invalidateQueries({ queryKey: ['quotas'] })
  })

  async function send(event: FormEvent) {
    event.preventDefault()
    const { from, last, households, note, ...exempt } = typed
    const facts = {
      ...exempt,
      during: { from, to: endFrom(last) },
      // what is missing is said by the service, beside what else is wrong
      households: households as number,
      note: note.trim() === '' ? null : note.trim(),
    }
    if (await form.submit({ district, facts })) onDone()
  }

  return (
    <form
      noValidate
      className="stack readable"
      aria-label={quota === null ? 'Ny kvote' : `Endre kvoten for ${quota.districtName}`}
      onSubmit={(event) => void send(event)}
    >
      {quota === null && own.length > 1 && (
        <Select
          {...form.field('/district')}
          label="Bydelen som tar imot"
          value={district}
          onChange={({ target }) => {
            setDistrict(target.value)
            put({
              exemptDistricts: typed.exemptDistricts.filter((code) => code !== target.value),
              exemptFacilities: [],
            })
          }}
        >
          {own.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <NumberField
        {...form.field('/households')}
        label="Hvor mange husstander kan flytte inn?"
        description="I alt i perioden, fra alle de andre bydelene til sammen."
        value={typed.households}
        onChange={(households) => put({ households })}
      />
      <DayField
        {...form.field('/during/from')}
        label="Gjelder fra"
        value={typed.from}
        onChange={(from) => put({ from: from ?? '' })}
        latestYear={latestYear}
      />
      <DayField
        {...form.field('/during/to')}
        label="Til og med (kan stå tomt)"
        description="Den siste dagen kvoten gjelder. Tomt: til noen avslutter den."
        value={typed.last}
        onChange={(last) => put({ last })}
        latestYear={latestYear}
      />
      <CheckboxGroup
        {...form.field('/exemptDistricts')}
        legend="Bydeler som ikke teller med (kan stå tomt)"
        description="Husstander derfra kan flytte inn uten at kvoten blir brukt."
        size="small"
        value={typed.exemptDistricts}
        onChange={(exemptDistricts: string[]) => put({ exemptDistricts: exemptDistricts.toSorted() })}
      >
        <div className="strengths">
          {districts
            .filter(({ code }) => code !== district)
            .map(({ code, name }) => (
              <Checkbox key={code} value={code}>
                {name}
              </Checkbox>
            ))}
        </div>
      </CheckboxGroup>
      <FacilitiesField
        {...form.field('/exemptFacilities')}
        legend="Botilbud som ikke teller med (kan stå tomt)"
        description="Innflytting der bruker ikke av kvoten. Du finner bare dem kvoten gjelder."
        action="Ta ut"
        among={({ districtCode, operatorKind }) =>
          districtCode === district && GIVEN_BY_THE_BYDEL.includes(operatorKind)
        }
        chosen={typed.exemptFacilities}
        onChange={(exemptFacilities) => put({ exemptFacilities })}
      />
      <Textarea
        {...form.field('/note')}
        label="Merknad (kan stå tomt)"
        description="For eksempel hvilken avtale kvoten bygger på. Skriv ikke noe om enkeltpersoner."
        value={typed.note}
        onChange={({ target }) => put({ note: target.value })}
      />
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-16">
        <Button type="submit" loading={form.sending}>
          {quota === null ? 'Lagre kvoten' : 'Lagre endringen'}
        </Button>
        <Button type="button" variant="tertiary" onClick={onDone}>
          Avbryt
        </Button>
      </HStack>
    </form>
  )
}
