import { BodyLong } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { sessionQuery } from '../api/session.ts'
import { dayInWords } from '../ui/dayInWords.ts'
import { Empty } from '../ui/Empty.tsx'
import { Page } from '../ui/Page.tsx'

/** The start page of a signed-in person. */
export function Home() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  return (
    <Page title="Oversikt">
      <BodyLong>I dag er det {dayInWords(session.today)}.</BodyLong>
      <Empty
        what="Her er det ingenting ennå"
        why="Oversikten fylles etter hvert som boligbehov og plasser blir registrert."
      />
    </Page>
  )
}
