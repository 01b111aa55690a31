import { BodyShort, Button } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { cancelSchedule, type ReturnSchedule, schedulesQuery } from '../../api/schedules.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { stageInWords } from './scheduleWords.ts'

/** A schedule that is being made: how far it has come, and the way to stop it. What changes is said aloud. */
export function BeingMade({ schedule }: { schedule: ReturnSchedule }) {
  const client = useQueryClient()
  const { submit, sending, problem, attempt } = useSending(async (id: string, key) => {
    await cancelSchedule(id, key)
    await client.invalidateQueries({ queryKey: schedulesQuery.queryKey })
  })
  const percent = Math.round(schedule.progress * 100)
  return (
    <div className="stack no-print">
      <BodyShort role="status" aria-live="polite" weight="semibold">
        {stageInWords(schedule)}
      </BodyShort>
      <div className="narrow full">
        <progress className="full" value={percent} max={100} aria-label="Hvor langt tidsplanen er kommet" />
        <BodyShort size="small">{percent} prosent</BodyShort>
      </div>
      {schedule.mine && (
        <div>
          <Button
            type="button"
            size="small"
            variant="secondary"
            loading={sending}
            onClick={() => void submit(schedule.id)}
          >
            Avbryt tidsplanen
          </Button>
        </div>
      )}
      <SendErrors problem={problem} attempt={attempt} />
    </div>
  )
}
