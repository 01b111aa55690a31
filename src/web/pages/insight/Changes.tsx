import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { needChangesQuery, RecordChange, residentChangesQuery } from '../../api/audit.ts'
import { sessionQuery } from '../../api/session.ts'
import { dayInWords, dayOf, momentInWords } from '../../ui/days.ts'
import { More } from '../../ui/More.tsx'
import { counted } from '../../ui/numbers.ts'
import { byInWords, changeInWords } from './insightWords.ts'

type Props = {
  id: string
  title: string
  asked: ReturnType<typeof needChangesQuery> | ReturnType<typeof residentChangesQuery>
}

/** Who changed what, when it happened, and when it was written down where that was another day. */
export function Changes({ id, title, asked }: Props) {
  const query = useSuspenseInfiniteQuery(asked as ReturnType<typeof residentChangesQuery>)
  const { demo } = useSuspenseQuery(sessionQuery).data
  const changes = query.data.pages.flatMap(({ items }) => items)
  return (
    <section className="stack" aria-labelledby={id}>
      <Heading id={id} level="2" size="medium">
        {title}
      </Heading>
      {changes.length === 0 ? (
        <BodyShort>
          {demo
            ? 'Ingenting er endret her. Det som ble laget sammen med prøvebyen, har ingen historie.'
            : 'Ingenting er endret siden det ble registrert.'}
        </BodyShort>
      ) : (
        <>
          <ol className="spaced-list readable">
            {changes.map((change) => (
              <li key={`${change.recordId} ${change.recordedAt} ${change.action}`}>
                <Change change={change} />
              </li>
            ))}
          </ol>
          <More
            shown={counted(changes.length, 'endring', 'endringer')}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
        </>
      )}
    </section>
  )
}

function Change({ change }: { change: RecordChange }) {
  const { occurredAt, recordedAt, action, changes } = change
  const later = dayOf(recordedAt) !== dayOf(occurredAt)
  return (
    <>
      <BodyShort>
        {changeInWords(change)} {momentInWords(occurredAt)} {byInWords(change)}
      </BodyShort>
      {later && <BodyShort size="small">Skrevet ned {dayInWords(dayOf(recordedAt))}.</BodyShort>}
      {action === 'update' &&
        changes.map(({ field, fieldName, before, after }) => (
          <BodyShort key={field} size="small">
            {fieldName}: {before ?? 'tomt'} → {after ?? 'tomt'}
          </BodyShort>
        ))}
    </>
  )
}
