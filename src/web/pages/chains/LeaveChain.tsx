import { BodyShort, Button, HStack } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { forgetChain, leaveChain } from '../../api/chains.ts'
import { useSending } from '../../form/useSending.ts'
import { inText } from '../../ui/inText.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { moveName } from './chainWords.ts'

/** Takes one's own person out of a chain before she is offered anything; what follows is said before it is done. */
export function LeaveChain({ chainId, position }: { chainId: string; position: number }) {
  const client = useQueryClient()
  const [asked, setAsked] = useState(false)
  const { submit, sending, problem } = useSending(async (at: number, key) => {
    try {
      await leaveChain(chainId, at, key)
    } finally {
      await forgetChain(client, chainId)
    }
  })
  const which = <span className="aksel-sr-only"> i {inText(moveName(position))}</span>
  if (!asked) {
    return (
      <Button type="button" size="small" variant="tertiary" onClick={() => setAsked(true)}>
        Ta personen ut av kjeden{which}
      </Button>
    )
  }
  return (
    <div className="stack">
      <BodyShort>
        Da brytes kjeden her, og flyttingene etter faller med. Alle beholder det de har, og resten foreslås på nytt.
      </BodyShort>
      {problem !== null && <ProblemAlert problem={problem} />}
      <HStack gap="space-12">
        <Button type="button" size="small" loading={sending} onClick={() => void submit(position)}>
          Ja, ta personen ut{which}
        </Button>
        <Button type="button" size="small" variant="tertiary" onClick={() => setAsked(false)}>
          Avbryt
        </Button>
      </HStack>
    </div>
  )
}
