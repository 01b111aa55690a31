import { BodyShort, Button } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { isUnderWay } from '../../api/longJobs.ts'
import { keepAnswer } from '../../api/queryClient.ts'
import { cancelRun, type MatchingRun, runQuery, runsQuery } from '../../api/runs.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { statusInWords } from './runWords.ts'

/** How a run stands. While it is under way: how far it has come, and the way to stop it. What changes is said aloud. */
export function RunStatus({ run }: { run: MatchingRun }) {
  const client = useQueryClient()
  const { submit, sending, problem, attempt } = useSending(async (id: string, key) => {
    await keepAnswer(client, runQuery(id).queryKey, await cancelRun(id, key))
    await client.invalidateQueries({ queryKey: runsQuery.queryKey })
  })
  const percent = Math.round(run.progress * 100)
  return (
    <div className="stack">
      <BodyShort role="status" aria-live="polite" weight="semibold">
        {statusInWords(run)}
      </BodyShort>
      {run.error !== null && run.error !== '' && <BodyShort>{run.error}</BodyShort>}
      {isUnderWay(run) && (
        <>
          <div className="narrow full">
            <progress className="full" value={percent} max={100} aria-label="Hvor langt kjøringen er kommet" />
            <BodyShort size="small">{percent} prosent</BodyShort>
          </div>
          {run.mine && (
            <Button
              type="button"
              size="small"
              variant="secondary"
              loading={sending}
              onClick={() => void submit(run.id)}
            >
              Avbryt kjøringen
            </Button>
          )}
        </>
      )}
      <SendErrors problem={problem} attempt={attempt} />
    </div>
  )
}
