import { BodyShort, Button } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { cancelExpansion, type ExpansionPlan, expansionPlansQuery } from '../../api/expansion.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { askInWords, stageInWords } from './expansionWords.ts'

/** A plan that is being made: how far it has come, and the way to stop it. What changes is said aloud. */
export function BeingMade({ plan }: { plan: ExpansionPlan }) {
  const client = useQueryClient()
  const { submit, sending, problem, attempt } = useSending(async (id: string, key) => {
    await cancelExpansion(id, key)
    await client.invalidateQueries({ queryKey: expansionPlansQuery.queryKey })
  })
  const percent = Math.round(plan.progress * 100)
  return (
    <div className="stack no-print">
      <BodyShort role="status" aria-live="polite" weight="semibold">
        {askInWords(plan)}: {stageInWords(plan)}
      </BodyShort>
      <div className="narrow full">
        <progress className="full" value={percent} max={100} aria-label="Hvor langt utregningen er kommet" />
        <BodyShort size="small">{percent} prosent</BodyShort>
      </div>
      {plan.mine && (
        <div>
          <Button type="button" size="small" variant="secondary" loading={sending} onClick={() => void submit(plan.id)}>
            Avbryt utregningen
          </Button>
        </div>
      )}
      <SendErrors problem={problem} attempt={attempt} />
    </div>
  )
}
