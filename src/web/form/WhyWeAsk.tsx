import { ReadMore } from '@navikt/ds-react'
import type { ReactNode } from 'react'

/** What an answer is used for, and what it is not used for. Name the rule or the law where there is one. */
export function WhyWeAsk({ about, children }: { about: string; children: ReactNode }) {
  // The theme is part of the name, so that several on a page can be told apart in a list of buttons.
  return (
    <ReadMore header={`Hvorfor spør vi om ${about}?`} size="small">
      {children}
    </ReadMore>
  )
}
