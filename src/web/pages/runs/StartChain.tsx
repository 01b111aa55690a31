import '../offers/offers.css'
import { BodyShort, Button } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { forgetChains, startChain } from '../../api/chains.ts'
import type { RunChain } from '../../api/runs.ts'
import { useMay } from '../../api/session.ts'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'

/** The way to the chain in life that was made of a run's chain, or the way to make it one. */
export function StartChain({ runId, chain }: { runId: string; chain: RunChain }) {
  const may = useMay()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { submit, sending, problem } = useSending(async (number: number, key) => {
    try {
      const { id } = await startChain(runId, number, key)
      void forgetChains(client, runId)
      await navigate({ to: paths.chain, params: { id } })
    } catch (error) {
      // somebody may have begun it meanwhile
      void forgetChains(client, runId)
      throw error
    }
  })
  const name = `boligkjede ${chain.chain + 1}`
  if (chain.movingChainId !== null)
    return (
      <RouteLink to={paths.chain} params={{ id: chain.movingChainId }}>
        Kjeden er i gang. Følg den<span className="aksel-sr-only">: {name}</span>
      </RouteLink>
    )
  if (!may('send_offers') || chain.moves.every(({ needId }) => needId === null)) return null
  if (chain.kind === 'cycle')
    return (
      <BodyShort>
        Byttet kan ikke settes i gang som kjede: ingen av plassene er ledig, så den som flyttet først, ville stå uten
        bolig. Avtal det mellom bydelene, eller vent til en plass som passer en av dem, er ledig.
      </BodyShort>
    )
  return (
    <div className="offer__actions">
      <BodyShort spacing>
        Setter du kjeden i gang, får hver bydel i den oppgaven å sende tilbudet til sin person. Ingen får tilbud før
        det.
      </BodyShort>
      <Button type="button" size="small" loading={sending} onClick={() => void submit(chain.chain)}>
        Sett kjeden i gang<span className="aksel-sr-only">: {name}</span>
      </Button>
      {problem !== null && <ProblemAlert problem={problem} />}
    </div>
  )
}
