import '@navikt/ds-css/dist/component/table.css'
import './returns.css'
import { BodyLong, BodyShort, Button, Heading, HStack, Select, Table } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { type AskedChanges, type CapacityChange, capacityChangesQuery } from '../../api/closings.ts'
import { sessionQuery, useMay } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { Loading } from '../../ui/Loading.tsx'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { counted } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { PrintButton } from '../../ui/PrintButton.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { useToday } from '../../ui/useToday.ts'
import { CertaintyForm } from './CertaintyForm.tsx'
import { Account, ByDistrict } from './ClosingFigures.tsx'
import { opensInWords, withoutName } from './returnWords.ts'
import { type ClosingSearch, readClosingSearch } from './search.ts'

type View = NonNullable<ClosingSearch['vis']>

const VIEWS: Record<View, { name: string; asked: AskedChanges }> = {
  kommer: { name: 'Skal legges ned', asked: { when: 'coming', kind: 'closing' } },
  rodt: {
    name: 'Legges ned før boligen er klar',
    asked: { when: 'coming', kind: 'closing', state: 'closes_first' },
  },
  apner: { name: 'Skal åpne', asked: { when: 'coming', kind: 'opening' } },
  'lagt-ned': { name: 'Lagt ned siden 2021', asked: { when: 'past', kind: 'closing' } },
  apnet: { name: 'Åpnet siden 2021', asked: { when: 'past', kind: 'opening' } },
}

/** Avvikling mot åpning: VEL's places one by one, beside the people in them, their homes, teams and the bydel's word. */
export function ClosingsPage() {
  const { vis = 'kommer' } = useSearch({ from: signedInRoute(paths.closings) })
  const navigate = useNavigate()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const may = useMay()
  return (
    <Page title="Avvikling mot åpning">
      <Suspense fallback={<Loading what="regnskapet" />}>
        <Account />
      </Suspense>
      <HStack gap="space-16" align="center">
        <PrintButton />
        <RouteLink to={paths.supportTeams}>Team som følger opp</RouteLink>
      </HStack>
      <Suspense fallback={<Loading what="bydelene" />}>
        <ByDistrict own={session.person?.districts[0]?.code} />
      </Suspense>
      <section className="stack" aria-labelledby="plassene">
        <Heading id="plassene" level="2" size="medium">
          Plassene, én for én
        </Heading>
        <BodyLong className="readable">
          {may('read_return_plans') && session.person?.districts.length === 0
            ? 'Du ser hvem som bor der i dag.'
            : 'Du ser hvem som bor der i dag når bydelen din har ansvaret. For andre ser du bare at noen bor der.'}
        </BodyLong>
        <search aria-label="Filtre">
          <Select
            label="Vis"
            size="small"
            className="narrow"
            value={vis}
            onChange={({ target }) =>
              void navigate({ to: paths.closings, search: readClosingSearch({ vis: target.value }), replace: true })
            }
          >
            {Object.entries(VIEWS).map(([id, { name }]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </search>
        <Suspense fallback={<Loading what="plassene" />}>
          <Places view={VIEWS[vis]} />
        </Suspense>
      </section>
    </Page>
  )
}

function Places({ view }: { view: (typeof VIEWS)[View] }) {
  const { names } = useReference()
  const query = useSuspenseInfiniteQuery(capacityChangesQuery(view.asked))
  const may = useMay()
  const maySay = may('plan_closings')
  const changes = query.data.pages.flatMap(({ items }) => items)
  const { when, kind, state } = view.asked
  if (changes.length === 0) return <BodyShort>Ingen plasser her.</BodyShort>
  const closing = view.asked.when === 'coming' && view.asked.kind === 'closing'
  return (
    <>
      <ScrollRegion label={`${view.name}, tabell`}>
        <Table size="small" className="wide-table">
          <caption className="aksel-sr-only">{view.name}: VELs plasser, den første først</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Plass</Table.HeaderCell>
              <Table.HeaderCell scope="col">{view.asked.kind === 'closing' ? 'Legges ned' : 'Åpner'}</Table.HeaderCell>
              {closing && (
                <>
                  <Table.HeaderCell scope="col">Hvem bor der</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Bolig og team</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Bydelens forpliktelse</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Hvordan det står</Table.HeaderCell>
                </>
              )}
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {changes.map((change) => (
              <Table.Row key={`${change.placeId} ${change.kind}`} className={change.red ? 'closes-first' : ''}>
                <Table.HeaderCell scope="row">
                  <RouteLink to={paths.facility} params={{ id: change.facilityId }}>
                    {change.facilityName}
                  </RouteLink>
                  , {change.label}
                  <BodyShort size="small">{names.form(change.form)}</BodyShort>
                </Table.HeaderCell>
                <Table.DataCell>
                  {dayInWords(change.day)}
                  {view.asked.when === 'coming' && <Certainty change={change} maySay={maySay} />}
                </Table.DataCell>
                {closing && <Occupant change={change} />}
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
      <More
        shown={counted(changes.length, 'plass', 'plasser')}
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
      />
      <Downloads
        address={`/api/v1/capacity-changes?when=${when}&kind=${kind}${state === undefined ? '' : `&state=${state}`}`}
        what="plassene"
        hint="Uten navn og merknader."
      />
    </>
  )
}

/** How certain the change is and what is said of it; whoever plans VEL's places says it here. */
function Certainty({ change, maySay }: { change: CapacityChange; maySay: boolean }) {
  const [open, setOpen] = useState(false)
  const { certainty, certaintyName, note, facilityName, label } = change
  if (open) return <CertaintyForm change={change} onDone={() => setOpen(false)} />
  return (
    <>
      <BodyShort size="small">
        {certainty === null ? 'Hvor sikkert det er, er ikke oppgitt' : certaintyName}
        {note !== null && `. ${note}`}
      </BodyShort>
      {maySay && (
        <Button
          type="button"
          size="xsmall"
          variant="tertiary"
          aria-label={`Si hvor sikkert det er: ${facilityName}, ${label}`}
          onClick={() => setOpen(true)}
        >
          {certainty === null ? 'Si hvor sikkert' : 'Endre'}
        </Button>
      )}
    </>
  )
}

function Occupant({ change }: { change: CapacityChange }) {
  const { names } = useReference()
  const today = useToday()
  const { occupant, occupied, stateName, why, red } = change
  if (occupant === null) {
    return (
      <>
        <Table.DataCell>{occupied ? 'Noen som en annen bydel har ansvaret for' : 'Ingen'}</Table.DataCell>
        <Table.DataCell>–</Table.DataCell>
        <Table.DataCell>–</Table.DataCell>
        <Table.DataCell>{stateName ?? 'Vises for bydelen som har ansvaret'}</Table.DataCell>
      </>
    )
  }
  const { planId, residentName, district, targetForm, supportTeamName, supportFrom, commitment } = occupant
  const name = residentName ?? withoutName
  return (
    <>
      <Table.DataCell>
        {planId === null ? (
          name
        ) : (
          <RouteLink to={paths.returnPlan} params={{ id: planId }}>
            {name}
          </RouteLink>
        )}
        <BodyShort size="small">{names.district(district)}</BodyShort>
      </Table.DataCell>
      <Table.DataCell>
        {commitment?.home != null
          ? `${commitment.home.facilityName}, ${commitment.home.label}, ${opensInWords(commitment.home.opensOn, today)}`
          : targetForm === null
            ? 'Ikke bestemt'
            : `${names.form(targetForm)}, ikke funnet`}
        <BodyShort size="small">
          {supportTeamName ?? 'Uten team'}
          {supportFrom !== null && `, fra ${dayInWords(supportFrom)}`}
        </BodyShort>
      </Table.DataCell>
      <Table.DataCell>
        {commitment === null ? 'Ingen' : `Klar ${dayInWords(commitment.readyOn)}`}
        {commitment !== null && <BodyShort size="small">Sagt {dayInWords(commitment.committedOn)}</BodyShort>}
      </Table.DataCell>
      <Table.DataCell>
        <BodyShort weight={red ? 'semibold' : 'regular'}>
          {red && <span aria-hidden="true">▲ </span>}
          {stateName}
        </BodyShort>
        {why.map((sentence) => (
          <BodyShort key={sentence} size="small">
            {sentence}
          </BodyShort>
        ))}
      </Table.DataCell>
    </>
  )
}
