import { Alert, BodyShort, Button, HStack, VStack } from '@navikt/ds-react'
import { ProblemAlert } from '../ui/ProblemAlert.tsx'
import type { SaveStatus } from './autosave.ts'
import type { AutosavedForm } from './useAutosave.ts'

const sentences: Record<SaveStatus, string> = {
  saved: 'Alt er lagret.',
  unsaved: 'Lagres om et øyeblikk …',
  saving: 'Lagrer …',
  rejected: 'Ikke lagret ennå. Rett feltene som er merket, så lagres alt.',
  failed: 'Ikke lagret ennå. Det du har skrevet, står her fortsatt.',
  conflict: 'Ikke lagret ennå. Velg hva som skal gjelde.',
}

type Props = { form: Pick<AutosavedForm<object>, 'status' | 'problem' | 'flush' | 'keepMine' | 'takeTheirs'> }

/** Says whether what is typed is saved, why not, and, when someone else saved first, lets the person choose what holds. */
export function SaveNotice({ form }: Props) {
  const { status, problem } = form
  // A stale version has a text of its own below; what stands in the fields is said there.
  const shown = problem !== null && problem.status !== 412 && problem.errors.length === 0 ? problem : null
  return (
    <VStack gap="space-12">
      {shown !== null && (
        <ProblemAlert problem={shown} onRetry={status === 'failed' ? () => void form.flush() : undefined} />
      )}
      {status === 'conflict' && <Conflict form={form} />}
      <BodyShort size="small" role="status">
        {sentences[status]}
      </BodyShort>
    </VStack>
  )
}

function Conflict({ form }: Props) {
  return (
    <Alert variant="warning" role="alert">
      <VStack gap="space-12">
        <BodyShort>
          Noen andre har lagret endringer her mens du skrev. Det du har skrevet, er ikke borte. Vil du legge dine
          endringer oppå deres, eller bruke deres?
        </BodyShort>
        <HStack gap="space-12">
          <Button type="button" size="small" onClick={() => void form.keepMine()}>
            Legg mine endringer oppå
          </Button>
          <Button type="button" size="small" variant="secondary" onClick={() => void form.takeTheirs()}>
            Bruk deres versjon
          </Button>
        </HStack>
      </VStack>
    </Alert>
  )
}
