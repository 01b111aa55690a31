import { Button, HStack } from '@navikt/ds-react'
import type { ReactNode } from 'react'
import { Page } from '../ui/Page.tsx'

type Props = {
  title: string
  position: string
  back: ReactNode
  onDone(): void
  children: ReactNode
}

/** One theme of a task list whose answers are records, added one by one; nothing on it waits to be saved. */
export function RecordsPage({ title, position, back, onDone, children }: Props) {
  return (
    <Page title={title} before={back} kicker={position} width="text">
      {children}
      <HStack>
        <Button type="button" variant="primary" onClick={onDone}>
          Fortsett
        </Button>
      </HStack>
    </Page>
  )
}
