import { BodyLong, BodyShort, Button, Heading, Select, Tag, Textarea, VStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  forgetLocks,
  type LockReason,
  liftRecordLock,
  lockRecord,
  recordLocksQuery,
  saveCasePackage,
} from '../../api/locks.ts'
import { type Problem, problemOf } from '../../api/problem.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { momentInWords } from '../../ui/days.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'

const REASONS: Record<LockReason, string> = {
  case_closed: 'Saken er avsluttet',
  deceased: 'Personen er død',
  moved_away: 'Personen har flyttet fra Oslo',
  wrongly_registered: 'Saken er registrert ved en feil',
}

/** A record is handed over to the case system and locked, never erased: where a manager does both. */
export function RecordLock({
  residentId,
  mayLock,
  mayExport,
}: {
  residentId: string
  mayLock: boolean
  mayExport: boolean
}) {
  const { data } = useSuspenseQuery(recordLocksQuery(residentId))
  return (
    <section className="stack" aria-labelledby="las">
      <Heading id="las" level="2" size="medium">
        Arkiv
      </Heading>
      <BodyLong className="readable">
        En sak slettes ikke. Den overføres til sakssystemet og låses. Da kan alle som har tilgang fortsatt lese den, og
        ingen kan endre den.
      </BodyLong>
      <Tag size="small" variant="moderate" data-color={data.locked ? 'warning' : 'neutral'}>
        {data.locked ? 'Låst' : 'Ikke låst'}
      </Tag>
      {data.locks.length > 0 && (
        <ul className="spaced-list readable">
          {data.locks.map(({ id, reasonName, note, lockedAt, lockedBy, liftedAt, liftedBy, liftedNote }) => (
            <li key={id}>
              {reasonName}. Låst {momentInWords(lockedAt)} av {lockedBy}.{note !== null && ` «${note}»`}
              {liftedAt !== null && ` Låst opp ${momentInWords(liftedAt)} av ${liftedBy}. «${liftedNote}»`}
            </li>
          ))}
        </ul>
      )}
      {mayExport && <Package residentId={residentId} />}
      {mayLock && !data.locked && data.why.map((sentence) => <BodyShort key={sentence}>{sentence}</BodyShort>)}
      {mayLock && (data.locked || data.why.length === 0) && (
        <LockForm key={String(data.locked)} residentId={residentId} locked={data.locked} />
      )}
    </section>
  )
}

function Package({ residentId }: { residentId: string }) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [making, setMaking] = useState(false)

  async function save() {
    setProblem(null)
    setMaking(true)
    try {
      await saveCasePackage(residentId)
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setMaking(false)
    }
  }

  return (
    <>
      <Button type="button" size="small" variant="secondary" loading={making} onClick={() => void save()}>
        Last ned saken til sakssystemet (JSON)
      </Button>
      <BodyShort size="small" textColor="subtle" className="readable">
        Filen har alt som er registrert, også navn og fødselsnummer. Det blir ført opp at du hentet den.
      </BodyShort>
      {problem !== null && <ProblemAlert problem={problem} />}
    </>
  )
}

function LockForm({ residentId, locked }: { residentId: string; locked: boolean }) {
  const client = useQueryClient()
  const [reason, setReason] = useState<LockReason>('case_closed')
  const [note, setNote] = useState('')
  const form = useSending<{ reason: LockReason; note: string }>(async (body, key) => {
    const said = body.note.trim()
    if (locked) await liftRecordLock(residentId, said, key)
    else await lockRecord({ residentId, reason: body.reason, note: said === '' ? null : said }, key)
    await forgetLocks(client, residentId)
  })
  return (
    <form
      noValidate
      className="full"
      aria-label={locked ? 'Lås opp saken' : 'Lås saken'}
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit({ reason, note })
      }}
    >
      <VStack gap="space-16" align="start">
        <SendErrors problem={form.problem} attempt={form.attempt} />
        {!locked && (
          <Select
            {...form.field('/reason')}
            label="Hvorfor låses den?"
            size="small"
            value={reason}
            onChange={({ target }) => setReason(target.value as LockReason)}
          >
            {Object.entries(REASONS).map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
        <Textarea
          {...form.field('/note')}
          className="full readable"
          size="small"
          label={locked ? 'Hvorfor låses den opp?' : 'Merknad (valgfritt)'}
          maxLength={2000}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        <Button type="submit" size="small" variant="secondary" loading={form.sending}>
          {locked ? 'Lås opp saken' : 'Lås saken'}
        </Button>
      </VStack>
    </form>
  )
}
