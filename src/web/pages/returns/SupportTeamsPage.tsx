import '@navikt/ds-css/dist/component/table.css'
import { BodyLong, BodyShort, Button, Heading, Table } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { sessionQuery, useMay } from '../../api/session.ts'
import { type SupportTeam, supportTeamsQuery } from '../../api/supportTeams.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { Loading } from '../../ui/Loading.tsx'
import { More } from '../../ui/More.tsx'
import { counted, inNumbers } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { DistrictSelect } from '../../ui/ReferenceSelects.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { SupportTeamForm } from './SupportTeamForm.tsx'
import { readTeamSearch } from './search.ts'

const known = (count: number | null) => (count === null ? 'Ingen har sagt' : inNumbers(count))

/** Team som følger opp: how many people each bydel's teams can follow up, kept by the bydel's manager. Nobody is in it. */
export function SupportTeamsPage() {
  const { bydel } = useSearch({ from: signedInRoute(paths.supportTeams) })
  const navigate = useNavigate()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const may = useMay()
  const own = may('maintain_support_teams') ? (session.person?.districts[0]?.code ?? null) : null
  const [adding, setAdding] = useState(false)
  return (
    <Page title="Team som følger opp" before={<RouteLink to={paths.closings}>Avvikling mot åpning</RouteLink>}>
      <BodyLong className="readable">
        Den som flytter hjem, skal ha oppfølging fra før hun flytter. Hvor mange et team kan følge opp, setter en grense
        for hvem som kan flytte når. Det avdelingslederen i bydelen ikke har sagt, regnes som ukjent, ikke som 0.
      </BodyLong>
      <search aria-label="Filtre">
        <DistrictSelect
          className="narrow"
          value={bydel ?? ''}
          onChange={(code) =>
            void navigate({ to: paths.supportTeams, search: readTeamSearch({ bydel: code }), replace: true })
          }
        />
      </search>
      <Suspense fallback={<Loading what="teamene" />}>
        <Teams district={bydel} own={own} />
      </Suspense>
      {own !== null && !adding && (
        <div>
          <Button type="button" variant="secondary" onClick={() => setAdding(true)}>
            Legg til et team
          </Button>
        </div>
      )}
      {own !== null && adding && <SupportTeamForm district={own} team={null} onDone={() => setAdding(false)} />}
    </Page>
  )
}

function Teams({ district, own }: { district: string | undefined; own: string | null }) {
  const query = useSuspenseInfiniteQuery(supportTeamsQuery(district))
  const teams = query.data.pages.flatMap(({ items }) => items)
  const [changing, setChanging] = useState<string | null>(null)
  const changed = teams.find(({ id }) => id === changing)
  if (teams.length === 0) return <BodyShort>Ingen team er registrert her.</BodyShort>
  return (
    <>
      <BodyLong className="readable">{teamsInWords(teams, query.hasNextPage)}</BodyLong>
      <ScrollRegion label="Teamene, tabell">
        <Table size="small" className="wide-table">
          <caption className="aksel-sr-only">Team som følger opp, etter bydel</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Team</Table.HeaderCell>
              <Table.HeaderCell scope="col">Bydel</Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Følger opp samtidig
              </Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Nye i måneden
              </Table.HeaderCell>
              <Table.HeaderCell scope="col">Kveld og helg</Table.HeaderCell>
              <Table.HeaderCell scope="col">Finnes</Table.HeaderCell>
              {own !== null && <Table.HeaderCell scope="col">Endre</Table.HeaderCell>}
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {teams.map((team) => (
              <Table.Row key={team.id}>
                <Table.HeaderCell scope="row">{team.name}</Table.HeaderCell>
                <Table.DataCell>{team.districtName}</Table.DataCell>
                <Table.DataCell align="right">{known(team.capacity)}</Table.DataCell>
                <Table.DataCell align="right">{known(team.newPerMonth)}</Table.DataCell>
                <Table.DataCell>{team.outsideOfficeHours ? 'Ja' : 'Nei'}</Table.DataCell>
                <Table.DataCell>{duringInWords(team.during)}</Table.DataCell>
                {own !== null && (
                  <Table.DataCell>
                    {team.district === own && (
                      <Button
                        type="button"
                        size="xsmall"
                        variant="tertiary"
                        aria-label={`Endre ${team.name}`}
                        onClick={() => setChanging(team.id)}
                      >
                        Endre
                      </Button>
                    )}
                  </Table.DataCell>
                )}
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
      <More
        shown={counted(teams.length, 'team', 'team')}
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
      />
      <Downloads
        address={`/api/v1/support-teams${district === undefined ? '' : `?district=${district}`}`}
        what="teamene"
      />
      {changed !== undefined && (
        <section className="stack" aria-labelledby="endre-team">
          <Heading id="endre-team" level="2" size="small">
            Endre {changed.name}
          </Heading>
          <SupportTeamForm
            key={changed.id}
            district={changed.district}
            team={changed}
            onDone={() => setChanging(null)}
          />
        </section>
      )}
    </>
  )
}

/** What the teams that are shown can follow up together, and for how many of them nobody has said. */
function teamsInWords(teams: readonly SupportTeam[], more: boolean): string {
  const said = teams.flatMap(({ capacity }) => (capacity === null ? [] : [capacity]))
  const sum = said.reduce((total, capacity) => total + capacity, 0)
  const unsaid = teams.length - said.length
  return `${more ? 'Teamene som vises' : 'Teamene'} kan følge opp ${inNumbers(sum)} personer samtidig.${unsaid === 0 ? '' : ` For ${inNumbers(unsaid)} team er det ikke sagt.`}`
}

function duringInWords({ from, to }: SupportTeam['during']): string {
  return to === null ? `Fra ${dayInWords(from)}` : `Fra ${dayInWords(from)} til ${dayInWords(to)}`
}
