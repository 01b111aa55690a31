import { PrinterSmallIcon } from '@navikt/aksel-icons'
import { Button } from '@navikt/ds-react'

/** Opens the browser's own print dialog; the paper on the page is all that is printed. */
export function PrintButton() {
  return (
    <Button
      type="button"
      variant="secondary"
      icon={<PrinterSmallIcon aria-hidden />}
      onClick={() => {
        window.print()
      }}
    >
      Skriv ut
    </Button>
  )
}
