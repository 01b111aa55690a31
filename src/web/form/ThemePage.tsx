import { Button, HStack, VStack } from '@navikt/ds-react'
import { type ReactNode, useState } from 'react'
import { Page } from '../ui/Page.tsx'
import { FormErrors } from './FormErrors.tsx'
import { SaveNotice } from './SaveNotice.tsx'
import type { AutosavedForm } from './useAutosave.ts'

type Props = {
  title: string
  /** Where this is in the whole, such as «Tema 3 av 8». */
  position: string
  form: Pick<AutosavedForm<object>, 'status' | 'problem' | 'flush' | 'keepMine' | 'takeTheirs'>
  /** A link back to the task list. */
  back: ReactNode
  /** Beside the questions where there is room, below them where there is not. */
  aside?: ReactNode
  /** Called when everything is saved and the person wants to go on. */
  onDone(): void
  children: ReactNode
}

/** One theme of a task list: its questions, what is wrong with the answers, whether they are saved, and the way on. */
export function ThemePage({ title, position, form, back, aside, onDone, children }: Props) {
  const [attempt, setAttempt] = useState(0)
  // Not while it merely saves by itself: a click in that moment must count.
  const [goingOn, setGoingOn] = useState(false)

  async function goOn() {
    setGoingOn(true)
    const saved = await form.flush()
    setGoingOn(false)
    if (saved) onDone()
    else setAttempt(attempt + 1)
  }

  return (
    <Page title={title} before={back} kicker={position} width={aside === undefined ? 'text' : 'wide'}>
      <FormErrors problem={form.problem} attempt={attempt} />
      <div className={aside === undefined ? undefined : 'beside'}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void goOn()
          }}
        >
          <VStack gap="space-32">
            {children}
            <SaveNotice form={form} />
            <HStack gap="space-16">
              <Button type="submit" loading={goingOn}>
                Lagre og fortsett
              </Button>
            </HStack>
          </VStack>
        </form>
        {aside}
      </div>
    </Page>
  )
}
