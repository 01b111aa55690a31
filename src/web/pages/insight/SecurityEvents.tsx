import '@navikt/ds-css/dist/component/table.css'
import { BodyLong, BodyShort, Heading, Select, Table } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { securityEventsQuery } from '../../api/audit.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { momentInWords } from '../../ui/days.ts'
import { Loading } from '../../ui/Loading.tsx'
import { More } from '../../ui/More.tsx'
import { counted } from '../../ui/numbers.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { GlassLink } from './GlassLink.tsx'
import { aboutInWords, EVENT_GROUPS, type EventGroup } from './insightWords.ts'
import { Written } from './Written.tsx'

type Props = { shown: EventGroup | undefined; onShow(group: string): void }

/** What was refused, who signed in, what was opened in an emergency and what was taken out: the auditor's own log. */
export function SecurityEvents({ shown, onShow }: Props) {
  return (
    <section className="stack" aria-labelledby="hendelser">
      <Heading id="hendelser" level="2" size="medium">
        Sikkerhetshendelser
      </Heading>
      <BodyLong className="readable">
        Avslag, forsøk på å åpne andre bydelers saker, innlogginger som ikke lyktes, nødåpninger og filer som er hentet
        ut. Den som prøver, får samme svar som om saken ikke finnes. Poster står med de siste tegnene i id-en, aldri med
        navn.
      </BodyLong>
      <search aria-label="Filtre">
        <Select
          label="Vis"
          size="small"
          className="narrow"
          value={shown ?? ''}
          onChange={({ target }) => onShow(target.value)}
        >
          <option value="">Alle hendelser</option>
          {Object.entries(EVENT_GROUPS).map(([id, { name }]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </search>
      <Suspense fallback={<Loading what="hendelsene" />}>
        <Events shown={shown} />
      </Suspense>
    </section>
  )
}

function Events({ shown }: { shown: EventGroup | undefined }) {
  const kinds = shown === undefined ? undefined : [...EVENT_GROUPS[shown].kinds]
  const query = useSuspenseInfiniteQuery(securityEventsQuery(kinds))
  const events = query.data.pages.flatMap(({ items }) => items)
  if (events.length === 0) return <BodyShort>Ingen slike hendelser er registrert.</BodyShort>
  return (
    <>
      <ScrollRegion label="Sikkerhetshendelser, tabell">
        <Table size="small" className="wide-table">
          <caption className="aksel-sr-only">Sikkerhetshendelser, den nyeste først</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Når</Table.HeaderCell>
              <Table.HeaderCell scope="col">Hendelse</Table.HeaderCell>
              <Table.HeaderCell scope="col">Hvem</Table.HeaderCell>
              <Table.HeaderCell scope="col">Gjaldt</Table.HeaderCell>
              <Table.HeaderCell scope="col">Sporing</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {events.map((event) => (
              <Table.Row key={event.id} shadeOnHover={false}>
                <Table.DataCell>
                  {momentInWords(event.at)}
                  <Written at={event.at} recordedAt={event.recordedAt} />
                </Table.DataCell>
                <Table.HeaderCell scope="row">{event.kindName}</Table.HeaderCell>
                <Table.DataCell>
                  {event.actor?.name ?? (event.route === null ? 'Systemet' : 'Ingen var logget inn')}
                  {event.actor !== null && <BodyShort size="small">{event.actor.roleName}</BodyShort>}
                </Table.DataCell>
                <Table.DataCell>
                  {aboutInWords(event)}
                  {event.kind.startsWith('break_glass') && event.recordId !== null && <GlassLink id={event.recordId} />}
                </Table.DataCell>
                <Table.DataCell>
                  {event.traceId === null ? '–' : <code title={event.traceId}>{event.traceId.slice(0, 8)}</code>}
                </Table.DataCell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
      <More
        shown={counted(events.length, 'hendelse', 'hendelser')}
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
      />
      <Downloads
        address={`/api/v1/audit/security-events?${new URLSearchParams((kinds ?? []).map((kind) => ['kind', kind]))}`}
        what="hendelsene"
        hint="For et annet system: /api/v1/audit/cef gir loggene linje for linje i Common Event Format."
      />
    </>
  )
}
