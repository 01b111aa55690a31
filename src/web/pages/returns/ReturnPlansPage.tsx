import '@navikt/ds-css/dist/component/table.css'
import { BodyLong, BodyShort, Heading, Select, Table, Tag } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense } from 'react'
import { type ReturnPlan, returnPlansQuery } from '../../api/returns.ts'
import { sessionQuery } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { Loading } from '../../ui/Loading.tsx'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { counted } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { STANDING_NAMES, standingColour, withoutName } from './returnWords.ts'
import { StandingByDistrict } from './StandingByDistrict.tsx'
import { readReturnSearch } from './search.ts'
import { WithoutPlan } from './WithoutPlan.tsx'

/** Tilbakeføring: who is to move home from VEL's institutions, how each plan stands, and who has none. */
export function ReturnPlansPage() {
  const { vis } = useSearch({ from: signedInRoute(paths.returns) })
  const navigate = useNavigate()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const district = session.person?.districts[0]
  return (
    <Page title={`Tilbakeføring${district === undefined ? '' : ` til Bydel ${district.name}`}`}>
      <Suspense fallback={<Loading what="tallene" />}>
        <StandingByDistrict own={district?.code} />
      </Suspense>
      <RouteLink to={paths.closings}>Avvikling mot åpning: plassene som legges ned, én for én</RouteLink>
      <section className="stack" aria-labelledby="planene">
        <Heading id="planene" level="2" size="medium">
          Planene
        </Heading>
        <search aria-label="Filtre">
          <Select
            label="Vis"
            size="small"
            className="narrow"
            value={vis ?? ''}
            onChange={({ target }) =>
              void navigate({ to: paths.returns, search: readReturnSearch({ vis: target.value }), replace: true })
            }
          >
            <option value="">Alle som gjenstår eller skal bli</option>
            {Object.entries(STANDING_NAMES)
              .filter(([id]) => id !== 'without_plan')
              .map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </Select>
        </search>
        <Suspense fallback={<Loading what="planene" />}>
          <Plans standing={vis ?? null} />
        </Suspense>
      </section>
      <Suspense fallback={<Loading what="dem uten plan" />}>
        <WithoutPlan />
      </Suspense>
      <section className="stack" aria-labelledby="filer">
        <Heading id="filer" level="2" size="medium">
          Forpliktelsene som fil
        </Heading>
        <Downloads
          address="/api/v1/home-commitments"
          what="forpliktelsene"
          hint="Boliger bydelene har sagt skal være klare, uten navn og merknader."
        />
      </section>
    </Page>
  )
}

function Plans({ standing }: { standing: ReturnPlan['standing'] }) {
  const { names } = useReference()
  const query = useSuspenseInfiniteQuery(returnPlansQuery(standing))
  const plans = query.data.pages.flatMap(({ items }) => items)
  if (plans.length === 0) return <BodyShort>Ingen planer her. Begynn på en under «Uten plan».</BodyShort>
  return (
    <>
      <ScrollRegion label="Planene, tabell">
        <Table size="small" className="wide-table">
          <caption className="aksel-sr-only">Planer for å flytte hjem, den første måldatoen først</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Hvem</Table.HeaderCell>
              <Table.HeaderCell scope="col">Hvordan det står</Table.HeaderCell>
              <Table.HeaderCell scope="col">Måldato</Table.HeaderCell>
              <Table.HeaderCell scope="col">Til</Table.HeaderCell>
              <Table.HeaderCell scope="col">Bor nå</Table.HeaderCell>
              <Table.HeaderCell scope="col">Mangler</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {plans.map((plan) => (
              <Table.Row key={plan.id}>
                <Table.HeaderCell scope="row">
                  <RouteLink to={paths.returnPlan} params={{ id: plan.id }}>
                    {plan.residentName ?? withoutName}
                  </RouteLink>
                </Table.HeaderCell>
                <Table.DataCell>
                  <Tag size="small" variant="moderate" data-color={standingColour(plan.standing)}>
                    {plan.standingName ?? plan.phaseName}
                  </Tag>
                  {plan.late.map(({ id, sentence }) => (
                    <BodyShort key={id} size="small">
                      {sentence}
                    </BodyShort>
                  ))}
                </Table.DataCell>
                <Table.DataCell>{plan.targetOn === null ? 'Ikke satt' : dayInWords(plan.targetOn)}</Table.DataCell>
                <Table.DataCell>
                  {plan.targetForm === null ? 'Boligform er ikke valgt' : names.form(plan.targetForm)},{' '}
                  {names.district(plan.homeDistrict)}
                </Table.DataCell>
                <Table.DataCell>
                  {plan.living === null ? 'Har flyttet' : `${plan.living.facilityName}, ${plan.living.label}`}
                  {plan.living?.closesOn != null && (
                    <BodyShort size="small">Plassen legges ned {dayInWords(plan.living.closesOn)}</BodyShort>
                  )}
                </Table.DataCell>
                <Table.DataCell>
                  {plan.missing.length === 0 ? 'Ingenting' : `${plan.missing.length} av 7`}
                </Table.DataCell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
      <More
        shown={counted(plans.length, 'plan', 'planer')}
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
      />
      <BodyLong size="small" className="readable">
        «Mangler» teller det planen trenger før den kan avtales.
      </BodyLong>
    </>
  )
}
