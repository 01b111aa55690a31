import { BodyLong, Button, VStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { idempotencyKeys } from '../../api/idempotency.ts'
import { startNeed } from '../../api/needs.ts'
import { sessionQuery, useMay } from '../../api/session.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { ButtonLink, RouteLink } from '../../ui/RouteLink.tsx'
import { FindResident } from '../residents/FindResident.tsx'
import { RegisterResident } from '../residents/RegisterResident.tsx'

/** The first step of a registration: whose need it is. Nothing about the person stands in the address. */
export function NewNeed() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const may = useMay()
  const district = session.person?.districts[0]
  const [unknown, setUnknown] = useState<string | null>(null)
  const starting = useSending(start)
  const [keys] = useState(() => idempotencyKeys())
  const navigate = useNavigate()
  const client = useQueryClient()

  async function start(residentId: string, key: string) {
    const need = await startNeed(residentId, key)
    void client.invalidateQueries({ queryKey: ['needs'] })
    await navigate({ to: paths.editNeed, params: { id: need.id } })
  }

  if (!may('register_needs') || district === undefined) {
    return (
      <Page title="Registrer behov" width="text">
        <Empty
          what="Rollen din registrerer ikke behov"
          why="Behov registreres av boligkonsulenter og ledere i bydelen som har ansvar for personen."
          next={<RouteLink to={paths.home}>Gå til Min arbeidsdag</RouteLink>}
        />
      </Page>
    )
  }
  return (
    <Page title="Registrer behov" kicker="Først: hvem gjelder det?" width="text">
      <BodyLong>Søk først, så personen ikke blir registrert to ganger.</BodyLong>
      <FindResident
        actionFor={(hit) =>
          hit.openNeedId === null ? (
            <Button size="small" disabled={starting.sending} onClick={() => void starting.submit(hit.id)}>
              Registrer behov<span className="aksel-sr-only"> for {hit.name}</span>
            </Button>
          ) : (
            <ButtonLink size="small" variant="secondary" to={paths.need} params={{ id: hit.openNeedId }}>
              Åpne behovet<span className="aksel-sr-only"> til {hit.name}</span>
            </ButtonLink>
          )
        }
        after={(typed) =>
          unknown === null && (
            <VStack gap="space-8" align="start">
              <BodyLong>Er det ingen av disse? Da kan du registrere en ny person.</BodyLong>
              <Button variant="secondary" onClick={() => setUnknown(typed)}>
                Registrer ny person
              </Button>
            </VStack>
          )
        }
      />
      <SendErrors problem={starting.problem} attempt={starting.attempt} />
      {starting.problem?.blocking?.kind === 'need' && (
        <RouteLink to={paths.need} params={{ id: starting.problem.blocking.id }}>
          Åpne behovet som finnes
        </RouteLink>
      )}
      {unknown !== null && (
        <RegisterResident
          district={district.code}
          searched={unknown}
          onRegistered={({ id }) => start(id, keys.keyFor(id))}
        />
      )}
    </Page>
  )
}
