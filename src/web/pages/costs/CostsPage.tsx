import { BodyLong, BodyShort } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { costsQuery } from '../../api/costs.ts'
import { sessionQuery, useMay } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Page } from '../../ui/Page.tsx'
import { PrintButton } from '../../ui/PrintButton.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Assumptions } from './Assumptions.tsx'
import { Budget } from './Budget.tsx'
import { boughtInWords, dischargeInWords, exposureInWords, ownPlaceInWords } from './costWords.ts'
import { GapPeople } from './GapPeople.tsx'
import { Purchases } from './Purchases.tsx'
import { Suppliers } from './Suppliers.tsx'
import { UnpricedStays } from './UnpricedStays.tsx'

/** Kjøp og kostnader: what the own bydel buys and what it costs, for whom; and the suppliers that all bydeler share. */
export function CostsPage() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const may = useMay()
  const district = session.person?.districts[0]
  const { data: costs } = useSuspenseQuery(costsQuery(district?.code))
  const { total, year } = costs
  return (
    <Page title={`Kjøp og kostnader${district === undefined ? '' : ` i Bydel ${district.name}`}`}>
      <BodyLong className="readable">
        {boughtInWords(total, year)} <RouteLink to={paths.city}>Se hele byen</RouteLink>
      </BodyLong>
      <BodyLong className="readable">{exposureInWords(total, costs)}</BodyLong>
      <BodyLong className="readable">{ownPlaceInWords(total)}</BodyLong>
      <BodyLong className="readable">{dischargeInWords(total)}</BodyLong>
      {session.demo === true && <BodyShort>Prisene og budsjettene er syntetiske.</BodyShort>}
      <div>
        <PrintButton />
      </div>
      <Downloads
        address={`/api/v1/costs${district === undefined ? '' : `?district=${district.code}`}`}
        what="summene"
        hint="Kjøp, pris, budsjett og ventende i tall. Ingen personer er med."
        jsonStat
      />
      {district !== undefined && <Budget district={district.code} year={year} mayPut={may('set_budgets')} />}
      {may('read_call_offs') && (
        <Suspense fallback={<Loading what="kjøpene" />}>
          <UnpricedStays />
          <Purchases year={year} />
          <GapPeople cost={total} />
        </Suspense>
      )}
      <Suspense fallback={<Loading what="leverandørene" />}>
        <Suppliers />
      </Suspense>
      <Assumptions assumptions={costs.assumptions} notes={costs.notes} />
    </Page>
  )
}
