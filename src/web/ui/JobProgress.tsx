import { BodyShort, Button } from '@navikt/ds-react'
import { isUnderWay, type LongJob } from '../api/longJobs.ts'
import { SendErrors } from '../form/SendErrors.tsx'
import { useSending } from '../form/useSending.ts'
import { jobInWords } from './jobWords.ts'

interface Props {
  job: LongJob
  /** What is made, in the definite form: «framskrivingen». */
  what: string
  /** How it stands in its own words, where it has some. */
  inWords?: string
  /** Asks it to stop. @throws ApiError */
  onCancel(key: string): Promise<unknown>
}

/** How a job stands; while it is under way how far it has come, and the way to stop it. What changes is said aloud. */
export function JobProgress({ job, what, inWords = jobInWords(job), onCancel }: Props) {
  const { submit, sending, problem, attempt } = useSending((_: 'cancel', key) => onCancel(key))
  const percent = Math.round(job.progress * 100)
  return (
    <div className="stack no-print">
      <BodyShort role="status" aria-live="polite" weight="semibold">
        {inWords}
      </BodyShort>
      {job.error !== null && job.error !== '' && <BodyShort>{job.error}</BodyShort>}
      {isUnderWay(job) && (
        <>
          <div className="narrow full">
            <progress className="full" value={percent} max={100} aria-label={`Hvor langt ${what} er kommet`} />
            <BodyShort size="small">{percent} prosent</BodyShort>
          </div>
          {job.mine && (
            <Button
              type="button"
              size="small"
              variant="secondary"
              loading={sending}
              onClick={() => void submit('cancel')}
            >
              Avbryt {what}
            </Button>
          )}
        </>
      )}
      <SendErrors problem={problem} attempt={attempt} />
    </div>
  )
}
