import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReturnSchedule, scheduleNumbersQuery, schedulesQuery } from '../../api/schedules.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { FigureTable } from '../../ui/FigureTable.tsx'
import { inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { type Bound, bindingInWords, boundBy, couldMoveInWords } from './scheduleInShort.ts'

interface Props {
  district: string | null
  where: string
}

/** Who could move when, and which limit binds for the others, as the newest schedule has it. */
export function ScheduleInShort(props: Props) {
  const { data: schedules } = useSuspenseQuery(schedulesQuery)
  const newest = schedules.items.find(({ status }) => status === 'completed')
  return (
    <section className="stack" aria-labelledby="tidsplan">
      <Heading id="tidsplan" level="2" size="medium">
        Hvem kan flytte når, og hva som setter grensen
      </Heading>
      {newest === undefined ? (
        <BodyShort>Ingen har laget en tidsplan ennå.</BodyShort>
      ) : (
        <Newest schedule={newest} {...props} />
      )}
      <RouteLink to={paths.schedule}>Hvem kan flytte når, måned for måned</RouteLink>
    </section>
  )
}

function Newest({ schedule, district, where }: Props & { schedule: ReturnSchedule }) {
  const { data: numbers } = useSuspenseQuery(scheduleNumbersQuery(schedule.id))
  const bound = boundBy(numbers, district)
  return (
    <>
      <BodyLong className="readable">{couldMoveInWords(bound, numbers.until, where)}</BodyLong>
      <BodyLong className="readable" weight="semibold">
        {bindingInWords(bound)}
      </BodyLong>
      <FigureTable
        title="Hva som setter grensen"
        first="Grense"
        columns={[
          { name: 'Personer', of: ({ people }: Bound['limits'][number]) => inNumbers(people) },
          { name: 'Hva det betyr', words: true, of: ({ sentence }) => sentence },
        ]}
        rows={bound.limits.map((limit) => ({ name: limit.name, row: limit }))}
      />
      <BodyShort size="small" className="readable">
        Laget av byen slik den var {dayInWords(schedule.asOf)}. Bydelen er den de skal flytte til.
        {schedule.matchingPolicy !== null && ` ${schedule.matchingPolicy.sentence}`} {schedule.notice}
      </BodyShort>
    </>
  )
}
