import { BodyLong, Box, Heading } from '@navikt/ds-react'
import type { ReactNode } from 'react'

type Props = {
  /** What is empty: «Ingen boligbehov er registrert». */
  what: string
  /** Why: «Du ser behovene i Bydel Alna, og ingen er meldt ennå.» */
  why: string
  /** What to do next: a link or a button. */
  next?: ReactNode
}

/** In place of an empty list or table: what is missing, why, and what to do next. */
export function Empty({ what, why, next }: Props) {
  return (
    <Box padding="space-24" borderRadius="8" background="neutral-soft">
      <Heading level="2" size="small" spacing>
        {what}
      </Heading>
      <BodyLong spacing={next !== undefined}>{why}</BodyLong>
      {next}
    </Box>
  )
}
