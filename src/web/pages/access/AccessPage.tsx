import '@navikt/ds-css/dist/component/table.css'
import { BodyLong, BodyShort, Heading, Table, Tag } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { capabilitiesQuery } from '../../api/reference.ts'
import { sessionQuery } from '../../api/session.ts'
import type { Capabilities } from '../../api/types.ts'
import { Page } from '../../ui/Page.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'

type Area = Capabilities['areas'][number]
type Role = Capabilities['roles'][number]

/** Who may see and do what, as the service enforces it: the reader's own role first. */
export function AccessPage() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const { data: table } = useSuspenseQuery(capabilitiesQuery)
  const own = session.person?.role
  const roles = table.roles.toSorted((a, b) => Number(b.id === own) - Number(a.id === own))
  return (
    <Page title="Hvem kan se hva">
      <BodyLong className="readable">
        Dette er det løsningen slipper igjennom. Rollen sier hva du kan gjøre, og hvor langt det rekker. En person i en
        annen bydel svarer som en som ikke finnes. Hvilke plasser som er opptatt, kan alle se. Hvem som bor der, ser
        bare de som hjelper dem.
      </BodyLong>
      <BodyLong className="readable">
        En person med fortrolig adresse (kode 7) eller strengt fortrolig adresse (kode 6) ser du bare når du er satt opp
        i kretsen rundt henne. Plassen hun bor på, står som opptatt, og ingenting mer.
      </BodyLong>
      {table.areas.map((area) => (
        <AreaTable key={area.name} area={area} roles={roles} own={own} />
      ))}
    </Page>
  )
}

function AreaTable({ area, roles, own }: { area: Area; roles: Role[]; own: Role['id'] | undefined }) {
  return (
    <section className="stack" aria-label={area.name}>
      <Heading level="2" size="medium">
        {area.name}
      </Heading>
      <ScrollRegion label={`${area.name}, tabell`}>
        <Table size="small" className="figures">
          <caption className="aksel-sr-only">{area.name}: hva hver rolle kan gjøre</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Kan</Table.HeaderCell>
              {roles.map(({ id, name }) => (
                <Table.HeaderCell key={id} scope="col">
                  {name}
                  {id === own && <BodyShort size="small">Din rolle</BodyShort>}
                </Table.HeaderCell>
              ))}
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {area.items.map(({ id, may, people, scopes }) => (
              <Table.Row key={id} shadeOnHover={false}>
                <Table.HeaderCell scope="row">
                  {may.charAt(0).toLocaleUpperCase('nb')}
                  {may.slice(1)}
                  {people && (
                    <div>
                      <Tag size="xsmall" variant="outline" data-color="info">
                        Viser personer
                      </Tag>
                    </div>
                  )}
                </Table.HeaderCell>
                {roles.map((role) => (
                  <Table.DataCell key={role.id}>
                    {scopes.find((scope) => scope.role === role.id)?.name ?? (
                      <>
                        <span aria-hidden="true">–</span>
                        <span className="aksel-sr-only">Nei</span>
                      </>
                    )}
                  </Table.DataCell>
                ))}
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
    </section>
  )
}
