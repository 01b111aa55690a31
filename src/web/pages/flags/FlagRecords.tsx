import { BodyShort } from '@navikt/ds-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type Flag, type FlagRecord, flagQuery, flagRecordsQuery } from '../../api/flags.ts'
import { paths } from '../../paths.ts'
import { Confirmed } from '../../ui/Confirmed.tsx'
import { dayInWords, dayOf } from '../../ui/days.ts'
import { Fetched } from '../../ui/Later.tsx'
import { More } from '../../ui/More.tsx'
import { inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { behindInWords, eventName, withUnit } from './flagWords.ts'

/** What stands behind a flag, as far as the reader may see it, and how many there are. */
export function FlagRecords({ flag }: { flag: Flag }) {
  const query = useInfiniteQuery(flagRecordsQuery(flag.id))
  return (
    <Fetched query={query} what="det som ligger bak">
      {({ pages }) => {
        const records = pages.flatMap(({ items }) => items)
        return (
          <>
            <BodyShort size="small" spacing>
              {behindInWords(flag, records.length, query.hasNextPage)}
            </BodyShort>
            {records.length > 0 && (
              <>
                <ul className="spaced-list">
                  {records.map((record) => (
                    <li key={record.id}>
                      <RecordLink record={record} />. {record.note}.
                      {record.vacancy !== null && (
                        <>
                          {' '}
                          Ledigheten er <Confirmed at={record.vacancy.confirmedAt} />.
                        </>
                      )}
                    </li>
                  ))}
                </ul>
                <More
                  shown={inNumbers(records.length)}
                  hasMore={query.hasNextPage}
                  loading={query.isFetchingNextPage}
                  onMore={() => void query.fetchNextPage()}
                />
              </>
            )}
          </>
        )
      }}
    </Fetched>
  )
}

function RecordLink({ record: { needId, facilityId, title } }: { record: FlagRecord }) {
  if (needId !== null)
    return (
      <RouteLink to={paths.need} params={{ id: needId }}>
        {title}
      </RouteLink>
    )
  if (facilityId !== null)
    return (
      <RouteLink to={paths.facility} params={{ id: facilityId }}>
        {title}
      </RouteLink>
    )
  return <>{title}</>
}

/** What has happened to a flag, the oldest first: each time it was raised, what was answered, and when it closed. */
export function FlagHistory({ id }: { id: string }) {
  return (
    <Fetched query={useQuery(flagQuery(id))} what="det som er gjort">
      {({ events, unit }) => (
        <ul className="spaced-list">
          {events.map(({ at, kind, measured, by, comment }) => (
            <li key={`${at} ${kind}`}>
              {dayInWords(dayOf(at))}: {eventName(kind)} ved {withUnit(measured, unit)}
              {by === null ? '' : `, av ${by}`}.{comment === null ? '' : ` «${comment}»`}
            </li>
          ))}
        </ul>
      )}
    </Fetched>
  )
}
