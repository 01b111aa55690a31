import { BodyLong, Button, Heading, Textarea, TextField, VStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type LegalTrack, legalTracksQuery } from '../../api/papers.ts'
import { changeLegalTrack, forgetRules, type NewTrackVersion } from '../../api/rules.ts'
import { DayField } from '../../form/DayField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { useToday } from '../../ui/useToday.ts'

type Props = { id: LegalTrack['id']; onDone(): void }

/** Writes a new version of a legal track, starting from the newest. It is not confirmed by being written. */
export function ChangeTrack({ id, onDone }: Props) {
  const { data: tracks } = useSuspenseQuery(legalTracksQuery)
  const [asked, setAsked] = useState(false)
  const newest = tracks.find((track) => track.id === id)?.versions[0]
  if (newest === undefined) return null
  if (!asked)
    return (
      <Button type="button" size="small" variant="secondary" onClick={() => setAsked(true)}>
        Skriv en ny utgave
      </Button>
    )
  return <NewVersion id={id} newest={newest} onDone={onDone} />
}

function NewVersion({ id, newest, onDone }: Props & { newest: LegalTrack['inForce'] }) {
  const client = useQueryClient()
  const today = useToday()
  const [values, setValues] = useState({
    title: newest.title,
    legalBasis: newest.legalBasis,
    content: newest.content,
    appealBody: newest.appealBody,
    deadlineWeeks: String(newest.deadlineWeeks),
    validFrom: (newest.validFrom > today ? newest.validFrom : today) as string | null,
    reason: '',
  })
  const form = useSending(async (body: NewTrackVersion, key) => {
    await changeLegalTrack(id, newest.version, body, key)
    await forgetRules(client)
    onDone()
  })
  const text = (name: 'title' | 'legalBasis' | 'content' | 'appealBody' | 'reason') => ({
    ...form.field(`/${name}`),
    className: 'full',
    autoComplete: 'off',
    value: values[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  })
  return (
    <section className="panel full" aria-labelledby="ny-utgave">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const { deadlineWeeks, validFrom, ...rest } = values
          void form.submit({ ...rest, deadlineWeeks: Number(deadlineWeeks), validFrom: validFrom ?? '' })
        }}
      >
        <VStack gap="space-16" align="start">
          <Heading id="ny-utgave" level="2" size="small">
            Ny utgave
          </Heading>
          <BodyLong>
            Rett det som er annerledes. Vedtak som er fattet, beholder den gamle utgaven. Den nye er ikke kontrollert
            før noen bekrefter den.
          </BodyLong>
          <SendErrors problem={form.problem} attempt={form.attempt} />
          <TextField {...text('title')} label="Navn" maxLength={200} />
          <Textarea {...text('legalBasis')} label="Hjemmel" maxLength={500} />
          <Textarea {...text('content')} label="Hva vedtaket går ut på" maxLength={1000} />
          <TextField {...text('appealBody')} label="Klageinstans" maxLength={200} />
          <TextField
            {...form.field('/deadlineWeeks')}
            label="Klagefrist i uker"
            inputMode="numeric"
            htmlSize={4}
            autoComplete="off"
            value={values.deadlineWeeks}
            onChange={(event) => setValues({ ...values, deadlineWeeks: event.target.value })}
          />
          <DayField
            {...form.field('/validFrom')}
            label="Gjelder fra"
            value={values.validFrom}
            onChange={(validFrom) => setValues({ ...values, validFrom })}
            latestYear={Number(today.slice(0, 4)) + 5}
          />
          <Textarea {...text('reason')} label="Hvorfor endres den?" maxLength={1000} />
          <Button type="submit" size="small" loading={form.sending}>
            Lagre den nye utgaven
          </Button>
        </VStack>
      </form>
    </section>
  )
}
