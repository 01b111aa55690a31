import { BodyLong, BodyShort, Heading, Tag } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { type DecisionAlarm, decisionAlarmsQuery } from '../../api/papers.ts'
import { sessionQuery, useMay } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { daysFrom } from '../../ui/days.ts'
import { Empty } from '../../ui/Empty.tsx'
import { More } from '../../ui/More.tsx'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { useToday } from '../../ui/useToday.ts'
import { dueInWords } from '../workday/workWords.ts'
import { alarmsInWords } from './alarmWords.ts'

/** Decisions of the reader's district that should have been made, the oldest deadline first, each with the way to its draft. */
export function UrgentDecisions() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const may = useMay()
  const districts = session.person?.districts.map(({ name }) => name).join(', ') ?? ''
  return (
    <Page title="Vedtak som haster" before={<RouteLink to={paths.home}>Min arbeidsdag</RouteLink>}>
      {may('read_papers') ? (
        <Alarms districts={districts} />
      ) : (
        <BodyLong className="readable">
          Bare de som arbeider med personene i en bydel, ser vedtakene deres. Du har ikke den rollen.
        </BodyLong>
      )}
    </Page>
  )
}

function Alarms({ districts }: { districts: string }) {
  const query = useSuspenseInfiniteQuery(decisionAlarmsQuery)
  const rows = query.data.pages.flatMap(({ items }) => items)
  const counts = query.data.pages.at(-1)?.counts ?? { decisions: 0, people: 0, drafts: 0 }
  if (rows.length === 0)
    return (
      <Empty
        what="Ingen vedtak er over fristen"
        why={`Alle vedtak i Bydel ${districts} er fattet, eller fristen er ikke ute ennå. Et vedtak kommer hit av seg selv når fristen går ut.`}
        next={<RouteLink to={paths.waitingList}>Se ventelisten</RouteLink>}
      />
    )
  return (
    <>
      <BodyShort role="status">{alarmsInWords(counts)}</BodyShort>
      <BodyLong className="readable">
        Her står behovene i Bydel {districts} som mangler et vedtak. Hvert spor krever sitt eget vedtak. Ett vedtak
        erstatter aldri et annet.
      </BodyLong>
      <ol className="plain-list full">
        {rows.map((row) => (
          <Alarm key={`${row.needId} ${row.standing.track}`} row={row} />
        ))}
      </ol>
      <More
        shown={`${rows.length} av ${counts.decisions}`}
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
      />
    </>
  )
}

function Alarm({ row: { needId, residentName, standing } }: { row: DecisionAlarm }) {
  const today = useToday()
  const about = (
    <span className="aksel-sr-only">
      {' '}
      om {standing.title} for {residentName}
    </span>
  )
  return (
    <li className="panel" aria-label={`${standing.title}, ${residentName}`}>
      <Heading level="2" size="xsmall">
        {standing.title}: {residentName}{' '}
        <Tag size="small" variant="moderate" data-color="warning">
          {dueInWords(standing.dueOn === null ? null : daysFrom(today, standing.dueOn))}
        </Tag>
      </Heading>
      <BodyShort>{standing.sentence}</BodyShort>
      {standing.draftId === null ? (
        <RouteLink to={paths.papers} params={{ id: needId }}>
          Skriv utkastet{about}
        </RouteLink>
      ) : (
        <RouteLink to={paths.decision} params={{ id: needId, decisionId: standing.draftId }}>
          Fortsett på utkastet{about}
        </RouteLink>
      )}
    </li>
  )
}
