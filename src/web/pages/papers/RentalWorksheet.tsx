import { BodyLong, HStack } from '@navikt/ds-react'
import { useSuspenseQueries } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { needQuery } from '../../api/needs.ts'
import { landlordsQuery, worksheetQuery } from '../../api/rental.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { PrintButton } from '../../ui/PrintButton.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { WorksheetForm } from './WorksheetForm.tsx'
import { WorksheetPaper } from './WorksheetPaper.tsx'
import './papers.css'

/** The private-rental worksheet: what a lease takes, whether it works, and the sheet as it is printed. */
export function RentalWorksheet() {
  const { id } = useParams({ from: signedInRoute(paths.rentalWorksheet) })
  const [{ data: loaded }, { data: landlords }, { data: need }] = useSuspenseQueries({
    queries: [worksheetQuery(id), landlordsQuery, needQuery(id)],
  })
  const { status, holdingDistrict, resident } = need.value
  const open = status === 'draft' || status === 'registered'
  return (
    <Page
      title="Regneark for privat leie"
      width="text"
      before={
        <RouteLink to={paths.papers} params={{ id }}>
          Alle papirene
        </RouteLink>
      }
    >
      {open ? (
        <WorksheetForm
          needId={id}
          loaded={loaded}
          landlords={landlords.filter(({ district }) => district === holdingDistrict)}
          district={holdingDistrict}
        />
      ) : (
        <BodyLong>Behovet er avsluttet, så regnearket kan ikke endres.</BodyLong>
      )}
      <HStack gap="space-24" align="center">
        <PrintButton />
        {status === 'registered' && (
          <RouteLink to={paths.privateHome} params={{ id }}>
            Personen har flyttet inn: registrer boligen
          </RouteLink>
        )}
      </HStack>
      <WorksheetPaper sheet={loaded.value} name={resident.name} />
    </Page>
  )
}
