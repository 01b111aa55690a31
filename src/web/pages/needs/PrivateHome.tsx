import { Alert, BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQueries } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { needQuery } from '../../api/needs.ts'
import { worksheetQuery } from '../../api/rental.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { kroner } from '../../ui/kroner.ts'
import { Page } from '../../ui/Page.tsx'
import { ButtonLink, RouteLink } from '../../ui/RouteLink.tsx'
import { guarantees, leaseInWords } from '../papers/rentalWords.ts'
import { PrivateHomeForm } from './PrivateHomeForm.tsx'

/** Somebody has moved into a home that she rents outside our places. What the worksheet says is shown, and not typed again. */
export function PrivateHome() {
  const { id } = useParams({ from: signedInRoute(paths.privateHome) })
  const [{ data: loaded }, { data: worksheet }] = useSuspenseQueries({ queries: [needQuery(id), worksheetQuery(id)] })
  const need = loaded.value
  const sheet = worksheet.value
  const agreed = sheet.landlord !== null && sheet.leaseDuring !== null && sheet.version > 0
  return (
    <Page
      title="Registrer privat bolig"
      width="text"
      before={
        <RouteLink to={paths.need} params={{ id }}>
          Tilbake til behovet
        </RouteLink>
      }
    >
      <BodyLong>
        Behovet gjelder {need.resident.name}. Her registrerer du at personen har flyttet inn i en privat leid bolig
        utenom plassene våre. Boligen teller ikke som kapasitet.
      </BodyLong>
      <section className="panel" aria-labelledby="avtalt">
        <Heading id="avtalt" level="2" size="small" spacing>
          Avtalt i regnearket
        </Heading>
        <dl className="facts">
          {facts(sheet).map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {agreed && (
          <RouteLink to={paths.rentalWorksheet} params={{ id }}>
            Rett det i regnearket
          </RouteLink>
        )}
      </section>
      {need.status !== 'registered' ? (
        <BodyShort>
          {need.status === 'draft'
            ? 'Behovet er en kladd. Registrer det først.'
            : 'Behovet er avsluttet, så det kan ikke registreres en bolig på det.'}
        </BodyShort>
      ) : agreed ? (
        <PrivateHomeForm loaded={loaded} sheet={sheet} />
      ) : (
        <>
          <Alert variant="warning">
            Utleier og leietid må stå i regnearket for privat leie først. Da skriver du dem bare én gang.
          </Alert>
          <div>
            <ButtonLink to={paths.rentalWorksheet} params={{ id }}>
              Fyll ut regnearket
            </ButtonLink>
          </div>
        </>
      )}
    </Page>
  )
}

type Sheet = Parameters<typeof PrivateHomeForm>[0]['sheet']

function facts(sheet: Sheet): [string, string][] {
  const { landlord, leaseDuring, guarantee, guaranteeAmount } = sheet
  const promise = guarantees.find(({ value }) => value === guarantee)?.label ?? guarantee
  return [
    ['Utleier', landlord?.name ?? 'Ikke valgt'],
    ['Adresse', sheet.address ?? 'Ikke kjent'],
    ['Leietid', leaseDuring === null ? 'Ikke avtalt' : leaseInWords(leaseDuring)],
    ['Husleie i måneden', kroner(sheet.rentMonth)],
    ['Garanti eller depositum', guaranteeAmount === null ? promise : `${promise}, ${kroner(guaranteeAmount)}`],
  ]
}
