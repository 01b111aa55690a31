import { DownloadIcon } from '@navikt/aksel-icons'
import { BodyShort, Button, HStack } from '@navikt/ds-react'
import { useId, useState } from 'react'
import { type FileForm, saveTable } from '../api/download.ts'
import { type Problem, problemOf } from '../api/problem.ts'
import { ProblemAlert } from './ProblemAlert.tsx'

const FORM_NAMES: Record<FileForm, string> = { xlsx: 'Excel', csv: 'CSV', jsonStat: 'JSON-stat' }

interface Props {
  /** The address that the page itself reads, with its filters. */
  address: string
  /** What is downloaded, as it follows «Last ned»: «ventelisten». */
  what: string
  /** What the file holds where that is not just what the page shows, in a sentence. */
  hint?: string | undefined
  /** Aggregates come as JSON-stat 2 as well. */
  jsonStat?: boolean
}

/** The table of an address as files: the same numbers as on the page, to go on working with. Lists come without names. */
export function Downloads({ address, what, hint, jsonStat = false }: Props) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [making, setMaking] = useState<FileForm | null>(null)
  const hintId = useId()
  const forms: FileForm[] = jsonStat ? ['xlsx', 'csv', 'jsonStat'] : ['xlsx', 'csv']

  async function save(form: FileForm) {
    setProblem(null)
    setMaking(form)
    try {
      await saveTable(address, form)
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setMaking(null)
    }
  }

  return (
    <div className="downloads">
      <HStack gap="space-8" align="center">
        <BodyShort size="small" as="span" className="marked" aria-hidden>
          <DownloadIcon /> Last ned {what}:
        </BodyShort>
        {forms.map((form) => (
          <Button
            key={form}
            type="button"
            size="xsmall"
            variant="secondary"
            aria-label={`Last ned ${what} (${FORM_NAMES[form]})`}
            aria-describedby={hint === undefined ? undefined : hintId}
            loading={making === form}
            onClick={() => void save(form)}
          >
            {FORM_NAMES[form]}
          </Button>
        ))}
      </HStack>
      {hint !== undefined && (
        <BodyShort id={hintId} size="small" textColor="subtle" className="readable">
          {hint}
        </BodyShort>
      )}
      {problem !== null && <ProblemAlert problem={problem} />}
    </div>
  )
}
