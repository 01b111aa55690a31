import { ReadMore } from '@navikt/ds-react'
import { type ReactNode, useState } from 'react'
import { usePrinting } from './usePrinting.ts'

/** More to read that one opens on the screen and that stands open on paper. */
export function OpenOnPaper({ header, children }: { header: string; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  const printing = usePrinting()
  return (
    <ReadMore size="small" header={header} open={open || printing} onOpenChange={setOpen}>
      {children}
    </ReadMore>
  )
}
