import { BodyLong, BodyShort, Heading, ReadMore, Tag } from '@navikt/ds-react'
import type { Flag } from '../../api/flags.ts'
import { paths } from '../../paths.ts'
import { Later } from '../../ui/Later.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { AnswerFlag } from './AnswerFlag.tsx'
import { FlagFigures } from './FlagFigures.tsx'
import { FlagHistory, FlagRecords } from './FlagRecords.tsx'
import { flagTitle, quietInWords, sinceInWords } from './flagWords.ts'

/** One flag of several: what was measured against what, what stands behind it, who answered, and for whose it is the answer. */
export function FlagPanel({ flag, level = '2' }: { flag: Flag; level?: '2' | '3' }) {
  const title = flagTitle(flag)
  return (
    <li className="panel">
      <Heading level={level} size="small" spacing>
        <RouteLink to={paths.flag} params={{ id: flag.id }}>
          {title}
        </RouteLink>{' '}
        <FlagState flag={flag} />
      </Heading>
      <BodyLong className="readable">
        {flag.sentence} {sinceInWords(flag)}
        {flag.assignedTo !== null && ` Følges opp av ${flag.assignedTo}.`}
      </BodyLong>
      {flag.closesOn !== null && <BodyShort size="small">{quietInWords(flag)}</BodyShort>}
      <BodyShort size="small">{flag.next}</BodyShort>
      <ReadMore
        size="small"
        header={
          <>
            Slik er det målt<span className="aksel-sr-only">: {title}</span>
          </>
        }
      >
        <FlagFigures flag={flag} title={title} />
      </ReadMore>
      <Later label="Se hva som ligger bak" of={title}>
        <FlagRecords flag={flag} />
      </Later>
      <Later label="Hva som er gjort" of={title}>
        <FlagHistory id={flag.id} />
      </Later>
      {flag.mayAnswer && <AnswerFlag flag={flag} />}
    </li>
  )
}

/** How a flag stands, as a tag. */
export function FlagState({ flag: { state, stateName } }: { flag: Flag }) {
  return (
    <Tag size="small" variant={state === 'open' ? 'warning' : 'neutral'}>
      {stateName}
    </Tag>
  )
}
