import { BodyShort, Heading, Table } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { type ReturnSchedule, type ScheduledPerson, scheduledPeopleQuery } from '../../api/schedules.ts'
import { paths } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { withoutName } from '../returns/returnWords.ts'

/** One's own bydel's people, each linked to the plan: when, to which home; or what keeps them. */
export function ScheduledPeople({ schedule }: { schedule: ReturnSchedule }) {
  return (
    <section className="stack" aria-labelledby="personene">
      <Heading id="personene" level="2" size="medium">
        Våre egne
      </Heading>
      {schedule.peopleUntil !== null && (
        <BodyShort size="small">Hvem det er, vises til {dayInWords(schedule.peopleUntil)}.</BodyShort>
      )}
      <Could id={schedule.id} />
      <Cannot id={schedule.id} />
      <Downloads address={`/api/v1/return-schedules/${schedule.id}/people`} what="listen" hint="Filen er uten navn." />
    </section>
  )
}

function Could({ id }: { id: string }) {
  const { names } = useReference()
  const query = useSuspenseInfiniteQuery(scheduledPeopleQuery(id, 'could_move'))
  const people = query.data.pages.flatMap(({ items }) => items)
  return (
    <>
      <Heading level="3" size="small">
        Kan flytte
      </Heading>
      {people.length === 0 ? (
        <BodyShort>Ingen av våre kan flytte innenfor planen sin.</BodyShort>
      ) : (
        <ScrollRegion label="Våre egne som kan flytte, tabell">
          <Table size="small" className="wide-table">
            <caption className="aksel-sr-only">Våre egne som kan flytte, den første først</caption>
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell scope="col">Hvem</Table.HeaderCell>
                <Table.HeaderCell scope="col">Tidligst</Table.HeaderCell>
                <Table.HeaderCell scope="col">Måldato</Table.HeaderCell>
                <Table.HeaderCell scope="col">Til</Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {people.map((person) => (
                <Table.Row key={person.returnPlanId}>
                  <Who person={person} />
                  <Table.DataCell>{person.movesOn !== null && dayInWords(person.movesOn)}</Table.DataCell>
                  <Table.DataCell>{person.targetOn !== null && dayInWords(person.targetOn)}</Table.DataCell>
                  <Table.DataCell>
                    {person.form !== null && `${names.form(person.form)}, ${names.district(person.district)}`}
                    <BodyShort size="small">{homeInWords(person)}</BodyShort>
                  </Table.DataCell>
                </Table.Row>
              ))}
            </Table.Body>
          </Table>
        </ScrollRegion>
      )}
      {people.length > 0 && (
        <More
          shown={people.length === 1 ? '1 person' : `${people.length} personer`}
          hasMore={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      )}
    </>
  )
}

function homeInWords({ home }: ScheduledPerson): string {
  if (home === null) return ''
  return home.facilityName === null ? home.sourceName : `${home.sourceName}: ${home.facilityName}, ${home.label}`
}

function Cannot({ id }: { id: string }) {
  const query = useSuspenseInfiniteQuery(scheduledPeopleQuery(id, 'cannot_move'))
  const people = query.data.pages.flatMap(({ items }) => items)
  return (
    <>
      <Heading level="3" size="small">
        Kan ikke flytte
      </Heading>
      {people.length === 0 ? (
        <BodyShort>Ingenting hindrer noen av våre.</BodyShort>
      ) : (
        <ScrollRegion label="Våre egne som ikke kan flytte, tabell">
          <Table size="small" className="wide-table">
            <caption className="aksel-sr-only">Våre egne som ikke kan flytte, og hva som hindrer dem</caption>
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell scope="col">Hvem</Table.HeaderCell>
                <Table.HeaderCell scope="col">Hva hindrer</Table.HeaderCell>
                <Table.HeaderCell scope="col">Må også løses</Table.HeaderCell>
                <Table.HeaderCell scope="col">Kan da flytte</Table.HeaderCell>
                <Table.HeaderCell scope="col">Måldato</Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {people.map((person) => (
                <Table.Row key={person.returnPlanId}>
                  <Who person={person} />
                  <Table.DataCell>
                    {person.limitedByName}
                    <BodyShort size="small">{person.limitedBySentence}</BodyShort>
                  </Table.DataCell>
                  <Table.DataCell>
                    {person.alsoLimitedBy.length === 0
                      ? 'Ingenting'
                      : person.alsoLimitedBy.map(({ name }) => name).join(', ')}
                  </Table.DataCell>
                  <Table.DataCell>
                    {person.couldMoveOn === null ? 'Ikke kjent' : dayInWords(person.couldMoveOn)}
                  </Table.DataCell>
                  <Table.DataCell>
                    {person.targetOn === null ? 'Ikke satt' : dayInWords(person.targetOn)}
                  </Table.DataCell>
                </Table.Row>
              ))}
            </Table.Body>
          </Table>
        </ScrollRegion>
      )}
      {people.length > 0 && (
        <More
          shown={people.length === 1 ? '1 person' : `${people.length} personer`}
          hasMore={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      )}
    </>
  )
}

function Who({ person }: { person: ScheduledPerson }) {
  return (
    <Table.HeaderCell scope="row">
      <RouteLink to={paths.returnPlan} params={{ id: person.returnPlanId }}>
        {person.residentName ?? withoutName}
      </RouteLink>
    </Table.HeaderCell>
  )
}
