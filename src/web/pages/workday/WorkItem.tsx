import { BodyShort, Heading, Tag } from '@navikt/ds-react'
import type { Work } from '../../api/workday.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { EndTask } from './EndTask.tsx'
import { dueInWords } from './workWords.ts'

/** Tasks that may come to that the need ends: somebody died, left the city, or a reason is still to be found. */
const ENDS_NEED: readonly string[] = ['need_after_departure', 'not_arrived', 'settle_reason']

/** One thing that needs somebody: what, whom it is about, by when, why now, and the way to where it is done. */
export function WorkItem({ work }: { work: Work }) {
  const { subject, title, residentName: who, dueOn, daysLeft, reasons, needId, facilityId, chainId, task } = work
  const late = daysLeft !== null && daysLeft <= 0
  return (
    <li className="panel" aria-label={`${title}${who === null ? '' : `, ${who}`}`}>
      <Heading level="3" size="xsmall">
        {title}
        {who !== null && `: ${who}`}{' '}
        <Tag size="small" variant="moderate" data-color={late ? 'warning' : 'neutral'}>
          {dueInWords(daysLeft)}
        </Tag>
      </Heading>
      {dueOn !== null && <BodyShort>Frist {dayInWords(dueOn)}.</BodyShort>}
      {reasons.map((reason) => (
        <BodyShort key={reason}>{reason}</BodyShort>
      ))}
      {needId !== null && subject === 'decision' && (
        <RouteLink to={paths.papers} params={{ id: needId }}>
          Skriv vedtaket<span className="aksel-sr-only">{who === null ? '' : ` til ${who}`}</span>
        </RouteLink>
      )}
      {needId !== null && subject !== 'decision' && (
        <RouteLink to={paths.need} params={{ id: needId }}>
          Åpne behovet<span className="aksel-sr-only">{who === null ? '' : ` til ${who}`}</span>
        </RouteLink>
      )}
      {needId !== null && task !== null && ENDS_NEED.includes(task.kind) && (
        <div>
          <RouteLink to={paths.endNeed} params={{ id: needId }}>
            Avslutt behovet<span className="aksel-sr-only">{who === null ? '' : ` til ${who}`}</span>
          </RouteLink>
        </div>
      )}
      {task?.kind.endsWith('_break_glass') === true && (
        <div>
          <RouteLink to={paths.breakGlass}>Åpne nødåpningene</RouteLink>
        </div>
      )}
      {chainId !== null && (
        <div>
          <RouteLink to={paths.chain} params={{ id: chainId }}>
            Åpne boligkjeden<span className="aksel-sr-only">{who === null ? '' : ` med ${who}`}</span>
          </RouteLink>
        </div>
      )}
      {facilityId !== null && (needId === null || subject === 'stay') && (
        <div>
          <RouteLink to={paths.facility} params={{ id: facilityId }}>
            Åpne botilbudet<span className="aksel-sr-only">{who === null ? '' : ` der ${who} bor`}</span>
          </RouteLink>
        </div>
      )}
      {task !== null && <EndTask task={task} />}
    </li>
  )
}
