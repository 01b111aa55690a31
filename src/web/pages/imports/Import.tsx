import { BodyLong, Button, Select, TextField } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type ImportKind, type ImportMode, type ImportReport, isSheet, sendImport } from '../../api/imports.ts'
import { useMay } from '../../api/session.ts'
import { OneOf } from '../../form/Choices.tsx'
import { useSending } from '../../form/useSending.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { Columns } from './Columns.tsx'
import { kindCapabilities, kindNames } from './importWords.ts'
import { Report } from './Report.tsx'

type Sent = {
  file: File
  name: string
  size: number
  lastModified: number
  mode: ImportMode
  kind: ImportKind | undefined
}

/** Takes in a file: tried first, then all of it or the good rows. */
export function Import() {
  const may = useMay()
  const kinds = (Object.keys(kindNames) as ImportKind[]).filter((kind) => may(kindCapabilities[kind]))
  return (
    <Page title="Import" width="text">
      {kinds.length === 0 ? (
        <Empty what="Du kan ikke importere" why="Rollen din har ikke tilgang til å ta inn filer." />
      ) : (
        <ImportForm kinds={kinds} />
      )}
    </Page>
  )
}

function ImportForm({ kinds }: { kinds: ImportKind[] }) {
  const client = useQueryClient()
  const [kind, setKind] = useState<ImportKind | undefined>(kinds.length === 1 ? kinds[0] : undefined)
  const [file, setFile] = useState<File | null>(null)
  const [refused, setRefused] = useState<string>()
  const [report, setReport] = useState<ImportReport | null>(null)
  const { submit, sending, problem } = useSending(async (sent: Sent, key) => {
    const answered = await sendImport(sent.file, sent.mode, sent.kind, key)
    setReport(answered)
    if (answered.written) await client.invalidateQueries()
  })

  function send(mode: ImportMode) {
    if (file === null || !isSheet(file.name)) {
      setRefused('Velg en fil som slutter på .csv, .xlsx eller .json.')
      return
    }
    const { name, size, lastModified } = file
    void submit({ file, name, size, lastModified, mode, kind })
  }

  function forget() {
    setReport(null)
    setRefused(undefined)
  }

  return (
    <>
      <BodyLong>
        Filen prøves først. Da ser du hva som vil skje, og hvilke rader som har feil, før noe lagres. Den samme filen en
        gang til endrer ingenting.
      </BodyLong>
      <Columns kinds={kinds} />
      <form
        noValidate
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          send('dry_run')
        }}
      >
        <Select
          label="Hva er i filen?"
          value={kind ?? ''}
          onChange={(event) => {
            setKind(kinds.find((one) => one === event.target.value))
            forget()
          }}
        >
          <option value="">Finn det ut av kolonnene</option>
          {kinds.map((one) => (
            <option key={one} value={one}>
              {kindNames[one]}
            </option>
          ))}
        </Select>
        <TextField
          type={'file' as 'text'}
          accept=".csv,.xlsx,.json"
          label="Fil"
          description="CSV eller XLSX, statistikk også som JSON-stat. Høyst 50 MB og 200 000 rader."
          error={refused}
          onChange={(event) => {
            setFile(event.target.files?.[0] ?? null)
            forget()
          }}
        />
        <Button type="submit" variant={report === null ? 'primary' : 'secondary'} loading={sending}>
          Prøv filen
        </Button>
      </form>
      {problem !== null && <ProblemAlert problem={problem} />}
      {report !== null && <Report report={report} />}
      {report?.mode === 'dry_run' && report.counts.new + report.counts.changed > 0 && (
        <Take key={report.id} bad={report.counts.bad} sending={sending} onTake={send} />
      )}
    </>
  )
}

type TakeProps = { bad: number; sending: boolean; onTake(mode: ImportMode): void }

function Take({ bad, sending, onTake }: TakeProps) {
  const [mode, setMode] = useState<ImportMode>(bad === 0 ? 'all_or_nothing' : 'accept_good')
  return (
    <div className="stack">
      <OneOf<ImportMode>
        id="felt-mode"
        error={undefined}
        legend="Hva skal lagres?"
        value={mode}
        onChange={setMode}
        options={[
          {
            value: 'all_or_nothing',
            label: 'Alt eller ingenting',
            description: 'Har en rad feil, lagres ingen.',
          },
          {
            value: 'accept_good',
            label: 'De gode radene',
            description: 'Rader med feil lagres ikke. Du får dem tilbake i en fil.',
          },
        ]}
      />
      <Button type="button" loading={sending} onClick={() => onTake(mode)}>
        Importer
      </Button>
    </div>
  )
}
