import { BodyShort, Heading, Select, Tag } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery, useSuspenseQueries } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { needsQuery } from '../../api/needs.ts'
import { offersQuery } from '../../api/offers.ts'
import { overdueStaysQuery } from '../../api/stays.ts'
import { tasksQuery } from '../../api/tasks.ts'
import { waitingListQuery } from '../../api/waitingList.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayAfter, dayInWords } from '../../ui/days.ts'
import { Empty } from '../../ui/Empty.tsx'
import { More } from '../../ui/More.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { useToday } from '../../ui/useToday.ts'
import { EndTask } from './EndTask.tsx'
import { isWorkKind, WORK_KINDS } from './workKinds.ts'
import { dueInWords, type WorkRow, workRows } from './workRows.ts'

/** How many days ahead a task is something for today. */
const AHEAD = 14
const STEP = 15

/** What needs the officer now, the nearest deadline first, each with why now and the way to it. */
export function Workday() {
  const { slag, ...others } = useSearch({ from: signedInRoute(paths.home) })
  const navigate = useNavigate()
  const today = useToday()
  const [shown, setShown] = useState(STEP)
  const [tasks, offers, waiting, overdue] = useSuspenseQueries({
    queries: [tasksQuery(dayAfter(today, AHEAD)), offersQuery('open'), waitingListQuery(undefined), overdueStaysQuery],
  })
  const needs = useSuspenseInfiniteQuery(needsQuery(undefined)).data.pages.flatMap(({ items }) => items)
  const all = workRows(
    { tasks: tasks.data, offers: offers.data, waiting: waiting.data.items, needs, overdue: overdue.data },
    today,
  )
  const rows = slag === undefined ? all : all.filter(({ kind }) => kind === slag)
  const late = all.filter(({ due }) => due !== null && due <= today).length

  return (
    <section aria-labelledby="na" className="stack">
      <Heading id="na" level="2" size="medium">
        Dette trenger deg nå
      </Heading>
      <BodyShort role="status">
        {all.length === 0 ? 'Ingenting venter.' : `${all.length} ting, ${late} av dem i dag eller over fristen.`}
      </BodyShort>
      <Select
        label="Slag"
        size="small"
        className="narrow"
        value={slag ?? ''}
        onChange={(event) => {
          const chosen = event.target.value
          setShown(STEP)
          void navigate({
            to: paths.home,
            search: isWorkKind(chosen) ? { ...others, slag: chosen } : others,
            replace: true,
            resetScroll: false,
          })
        }}
      >
        <option value="">Alt</option>
        {Object.entries(WORK_KINDS).map(([kind, name]) => (
          <option key={kind} value={kind}>
            {name} ({all.filter((row) => row.kind === kind).length})
          </option>
        ))}
      </Select>
      {rows.length === 0 ? (
        <Empty
          what="Her er det ingenting nå"
          why="Ingen frister løper, ingen behov mangler noe, og ingen er over tiden. Nye oppgaver kommer hit av seg selv."
        />
      ) : (
        <>
          <ol className="plain-list full">
            {rows.slice(0, shown).map((row) => (
              <Work key={row.key} row={row} today={today} />
            ))}
          </ol>
          <More
            shown={`${Math.min(shown, rows.length)} av ${rows.length}`}
            hasMore={shown < rows.length}
            loading={false}
            onMore={() => setShown(shown + STEP)}
          />
        </>
      )}
    </section>
  )
}

function Work({ row, today }: { row: WorkRow; today: string }) {
  const { what, who, due, why, needId, facilityId, chainId, task } = row
  const late = due !== null && due <= today
  return (
    <li className="panel" aria-label={`${what}${who === null ? '' : `, ${who}`}`}>
      <Heading level="3" size="xsmall">
        {what}
        {who !== null && `: ${who}`}{' '}
        <Tag size="small" variant="moderate" data-color={late ? 'warning' : 'neutral'}>
          {dueInWords(due, today)}
        </Tag>
      </Heading>
      <BodyShort>
        {due !== null && `Frist ${dayInWords(due)}. `}
        {why}
      </BodyShort>
      {needId !== null && (
        <RouteLink to={paths.need} params={{ id: needId }}>
          Åpne behovet<span className="aksel-sr-only">{who === null ? '' : ` til ${who}`}</span>
        </RouteLink>
      )}
      {chainId !== null && (
        <div>
          <RouteLink to={paths.chain} params={{ id: chainId }}>
            Åpne boligkjeden<span className="aksel-sr-only">{who === null ? '' : ` med ${who}`}</span>
          </RouteLink>
        </div>
      )}
      {needId === null && facilityId !== null && (
        <RouteLink to={paths.facility} params={{ id: facilityId }}>
          Åpne botilbudet<span className="aksel-sr-only">{who === null ? '' : ` der ${who} bor`}</span>
        </RouteLink>
      )}
      {task !== null && <EndTask task={task} />}
    </li>
  )
}
