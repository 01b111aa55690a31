import '@navikt/ds-css/dist/component/table.css'
import { BodyLong, BodyShort, Heading, ReadMore, Table, Tag } from '@navikt/ds-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type Flag, type FlagRecord, flagQuery, flagRecordsQuery } from '../../api/flags.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { Fetched, Later } from '../../ui/Later.tsx'
import { More } from '../../ui/More.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { AnswerFlag } from './AnswerFlag.tsx'
import { eventName, flagTitle, withUnit } from './flagWords.ts'

/** One flag: what was measured against what, what stands behind it, who answered, and for whose it is the answer. */
export function FlagPanel({ flag, level = '2' }: { flag: Flag; level?: '2' | '3' }) {
  const title = flagTitle(flag)
  return (
    <li className="panel">
      <Heading level={level} size="small" spacing>
        {title}{' '}
        <Tag size="small" variant={flag.state === 'open' ? 'warning' : 'neutral'}>
          {flag.stateName}
        </Tag>
      </Heading>
      <BodyLong className="readable">
        {flag.sentence}
        {flag.since !== null && ` Den eldste er fra ${dayInWords(flag.since)}.`}
        {flag.assignedTo !== null && ` Følges opp av ${flag.assignedTo}.`}
      </BodyLong>
      <BodyShort size="small">{flag.next}</BodyShort>
      <Measured flag={flag} title={title} />
      <Later label="Se hva som ligger bak" of={title}>
        <Records id={flag.id} />
      </Later>
      <Later label="Hva som er gjort" of={title}>
        <History id={flag.id} />
      </Later>
      {flag.mayAnswer && <AnswerFlag flag={flag} />}
    </li>
  )
}

function Measured({ flag, title }: { flag: Flag; title: string }) {
  return (
    <ReadMore
      size="small"
      header={
        <>
          Slik er det målt<span className="aksel-sr-only">: {title}</span>
        </>
      }
    >
      <BodyLong size="small" spacing>
        {flag.measure} Varsles fra {withUnit(flag.threshold, flag.unit)}
        {flag.closesBelow === flag.threshold ? '' : ` og lukkes under ${withUnit(flag.closesBelow, flag.unit)}`}. Kilde:{' '}
        {flag.source}. Regel {flag.ruleId}, versjon {flag.ruleVersion}.
      </BodyLong>
      {flag.against.length > 0 && (
        <ScrollRegion label={`Tallene bak ${title}`}>
          <Table size="small">
            <caption className="aksel-sr-only">Tallene bak {title}</caption>
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell scope="col">Hva</Table.HeaderCell>
                <Table.HeaderCell scope="col" align="right">
                  Tall
                </Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {flag.against.map(({ label, value, unit }) => (
                <Table.Row key={label}>
                  <Table.HeaderCell scope="row">{label}</Table.HeaderCell>
                  <Table.DataCell align="right">{value === null ? 'ukjent' : withUnit(value, unit)}</Table.DataCell>
                </Table.Row>
              ))}
            </Table.Body>
          </Table>
        </ScrollRegion>
      )}
    </ReadMore>
  )
}

function Records({ id }: { id: string }) {
  const query = useInfiniteQuery(flagRecordsQuery(id))
  return (
    <Fetched query={query} what="det som ligger bak">
      {({ pages }) => {
        const records = pages.flatMap(({ items }) => items)
        if (records.length === 0)
          return (
            <BodyShort>Ingenting her som du kan åpne. Personer ser bare de som arbeider for bydelen deres.</BodyShort>
          )
        return (
          <>
            <ul className="spaced-list">
              {records.map((record) => (
                <li key={record.id}>
                  <RecordLink record={record} />. {record.note}.
                </li>
              ))}
            </ul>
            <More
              shown={`Viser ${records.length}`}
              hasMore={query.hasNextPage}
              loading={query.isFetchingNextPage}
              onMore={() => void query.fetchNextPage()}
            />
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

function History({ id }: { id: string }) {
  return (
    <Fetched query={useQuery(flagQuery(id))} what="det som er gjort">
      {({ events, unit }) => (
        <ul className="spaced-list">
          {events.map(({ at, kind, measured, by, comment }) => (
            <li key={`${at} ${kind}`}>
              {dayInWords(at.slice(0, 10))}: {eventName(kind)} ved {withUnit(measured, unit)}
              {by === null ? '' : `, av ${by}`}.{comment === null ? '' : ` «${comment}»`}
            </li>
          ))}
        </ul>
      )}
    </Fetched>
  )
}
