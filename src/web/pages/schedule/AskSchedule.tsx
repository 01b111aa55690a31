import { Button, Select, TextField } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { type AskedSchedule, askSchedule, schedulesQuery } from '../../api/schedules.ts'
import { DayField } from '../../form/DayField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { useToday } from '../../ui/useToday.ts'

const SHARES = [0, 0.1, 0.25, 0.5, 0.75, 1]
const CERTAINTIES = [
  { value: 0.5, name: '50 prosent: like gjerne flere som færre' },
  { value: 0.8, name: '80 prosent: forsiktig' },
  { value: 0.9, name: '90 prosent: svært forsiktig' },
]

/** Asks for a new schedule: as things are, or with other assumptions. */
export function AskSchedule() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const latestYear = Number(useToday().slice(0, 4)) + 10
  const [until, setUntil] = useState<string | null>(null)
  const [share, setShare] = useState('')
  const [certainty, setCertainty] = useState('')
  const [kept, setKept] = useState('')
  const form = useSending(async (body: AskedSchedule, key) => {
    await askSchedule(body, key)
    await client.invalidateQueries({ queryKey: schedulesQuery.queryKey })
    // when it is done it is the newest
    await navigate({ to: paths.schedule, search: {} })
  })
  async function send(event: FormEvent) {
    event.preventDefault()
    await form.submit({
      ...(until === null ? {} : { until }),
      ...(share === '' ? {} : { shareOfVacancies: Number(share) }),
      ...(certainty === '' ? {} : { certainty: Number(certainty) }),
      ...(kept === '' ? {} : { keptMonths: Number(kept) }),
    })
  }
  return (
    <form className="stack readable no-print" aria-label="Ny tidsplan" onSubmit={(event) => void send(event)}>
      <details>
        <summary>Endre forutsetninger</summary>
        <div className="stack schedule-asked">
          <DayField
            {...form.field('/until')}
            label="Flyttinger før"
            value={until}
            onChange={setUntil}
            latestYear={latestYear}
          />
          <Select
            {...form.field('/shareOfVacancies')}
            label="Hvor mye av boligene som blir ledige, går til dem som skal flytte hjem?"
            value={share}
            onChange={({ target }) => setShare(target.value)}
          >
            <option value="">Som vanlig: 25 prosent</option>
            {SHARES.map((value) => (
              <option key={value} value={value}>
                {value * 100} prosent
              </option>
            ))}
          </Select>
          <Select
            {...form.field('/certainty')}
            label="Hvor sikkert skal det være at boligene blir ledige?"
            value={certainty}
            onChange={({ target }) => setCertainty(target.value)}
          >
            <option value="">Som vanlig: 50 prosent</option>
            {CERTAINTIES.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
          <TextField
            {...form.field('/keptMonths')}
            label="Hvor mange måneder kan en ledig bolig holdes?"
            description="3 når feltet er tomt"
            inputMode="numeric"
            htmlSize={4}
            value={kept}
            onChange={({ target }) => setKept(target.value)}
          />
        </div>
      </details>
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <div>
        <Button type="submit" loading={form.sending}>
          Lag ny tidsplan
        </Button>
      </div>
    </form>
  )
}
