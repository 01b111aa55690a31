import { BodyLong } from '@navikt/ds-react'
import { paths } from '../paths.ts'
import { Page } from '../ui/Page.tsx'
import { RouteLink } from '../ui/RouteLink.tsx'

/**
 * For an address that does not exist, a record that does not exist, and a record that belongs to others. The three are the
 * same on purpose: the page must not tell that a record is there.
 */
export function NotFound() {
  return (
    <Page title="Vi finner ikke siden" width="text">
      <BodyLong>
        Enten finnes den ikke, eller så har du ikke tilgang til den. Kontroller adressen. Hvis du mener at du skal ha
        tilgang, snakk med lederen din.
      </BodyLong>
      <RouteLink to={paths.home}>Gå til Min arbeidsdag</RouteLink>
    </Page>
  )
}
