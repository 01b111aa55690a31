import { BodyShort, Heading, Table } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type ReturnSchedule, type ScheduledPerson, scheduledPeopleQuery } from '../../api/schedules.ts'
import { paths } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { counted } from '../../ui/numbers.ts'
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
  return (
    <People
      id={id}
      outcome="could_move"
      title="Kan flytte"
      none="Ingen av våre kan flytte innenfor planen sin."
      label="Våre egne som kan flytte, tabell"
      caption="Våre egne som kan flytte, den første først"
      heads={['Tidligst', 'Måldato', 'Til']}
      cells={(person) => (
        <>
          <Table.DataCell>{person.movesOn !== null && dayInWords(person.movesOn)}</Table.DataCell>
          <Table.DataCell>{person.targetOn !== null && dayInWords(person.targetOn)}</Table.DataCell>
          <Table.DataCell>
            {person.form !== null && `${names.form(person.form)}, ${names.district(person.district)}`}
            <BodyShort size="small">{homeInWords(person)}</BodyShort>
          </Table.DataCell>
        </>
      )}
    />
  )
}

function homeInWords({ home }: ScheduledPerson): string {
  if (home === null) return ''
  return home.facilityName === null ? home.sourceName : `${home.sourceName}: ${home.facilityName}, ${home.label}`
}

function Cannot({ id }: { id: string }) {
  return (
    <People
      id={id}
      outcome="cannot_move"
      title="Kan ikke flytte"
      none="Ingenting hindrer noen av våre."
      label="Våre egne som ikke kan flytte, tabell"
      caption="Våre egne som ikke kan flytte, og hva som hindrer dem"
      heads={['Hva hindrer', 'Må også løses', 'Kan da flytte', 'Måldato']}
      cells={(person) => (
        <>
          <Table.DataCell>
            {person.limitedByName}
            <BodyShort size="small">{person.limitedBySentence}</BodyShort>
          </Table.DataCell>
          <Table.DataCell>
            {person.alsoLimitedBy.length === 0 ? 'Ingenting' : person.alsoLimitedBy.map(({ name }) => name).join(', ')}
          </Table.DataCell>
          <Table.DataCell>{person.couldMoveOn === null ? 'Ikke kjent' : dayInWords(person.couldMoveOn)}</Table.DataCell>
          <Table.DataCell>{person.targetOn === null ? 'Ikke satt' : dayInWords(person.targetOn)}</Table.DataCell>
        </>
      )}
    />
  )
}

interface PeopleProps {
  id: string
  outcome: 'could_move' | 'cannot_move'
  title: string
  /** What is said where there is nobody. */
  none: string
  label: string
  caption: string
  /** Of the columns after the person's. */
  heads: readonly string[]
  cells(person: ScheduledPerson): ReactNode
}

/** Those of one outcome, a page at a time. */
function People({ id, outcome, title, none, label, caption, heads, cells }: PeopleProps) {
  const query = useSuspenseInfiniteQuery(scheduledPeopleQuery(id, outcome))
  const people = query.data.pages.flatMap(({ items }) => items)
  return (
    <>
      <Heading level="3" size="small">
        {title}
      </Heading>
      {people.length === 0 ? (
        <BodyShort>{none}</BodyShort>
      ) : (
        <>
          <ScrollRegion label={label}>
            <Table size="small" className="wide-table">
              <caption className="aksel-sr-only">{caption}</caption>
              <Table.Header>
                <Table.Row>
                  {['Hvem', ...heads].map((head) => (
                    <Table.HeaderCell key={head} scope="col">
                      {head}
                    </Table.HeaderCell>
                  ))}
                </Table.Row>
              </Table.Header>
              <Table.Body>
                {people.map((person) => (
                  <Table.Row key={person.returnPlanId}>
                    <Who person={person} />
                    {cells(person)}
                  </Table.Row>
                ))}
              </Table.Body>
            </Table>
          </ScrollRegion>
          <More
            shown={counted(people.length, 'person', 'personer')}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
        </>
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
