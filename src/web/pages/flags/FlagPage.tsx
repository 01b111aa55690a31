import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { flagQuery } from '../../api/flags.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayInWords, dayOf } from '../../ui/days.ts'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { AnswerFlag } from './AnswerFlag.tsx'
import { FlagFigures } from './FlagFigures.tsx'
import { FlagState } from './FlagPanel.tsx'
import { FlagHistory, FlagRecords } from './FlagRecords.tsx'
import { closesInWords, flagTitle, quietInWords, sinceInWords, withUnit } from './flagWords.ts'

/** One flag, whole: what was measured and against what, where, since when, what stands behind it, and what has been done. */
export function FlagPage() {
  const { id } = useParams({ from: signedInRoute(paths.flag) })
  const { data: flag } = useSuspenseQuery(flagQuery(id))
  const { names } = useReference()
  const title = flagTitle(flag)
  return (
    <Page
      title={title}
      before={
        <RouteLink to={paths.flags} search={{ bydel: flag.district ?? 'byen' }}>
          Varsler
        </RouteLink>
      }
    >
      <div>
        <FlagState flag={flag} />
      </div>
      <BodyLong className="readable">{flag.sentence}</BodyLong>
      {flag.closesOn !== null && <BodyShort className="readable">{quietInWords(flag)}</BodyShort>}
      <dl className="facts">
        <Fact term="Gjelder">{flag.district === null ? 'Hele byen' : `Bydel ${names.district(flag.district)}`}</Fact>
        <Fact term="Målt">
          {withUnit(flag.measured, flag.unit)}, {dayInWords(dayOf(flag.measuredAt))}
        </Fact>
        <Fact term="Grense">
          Varsles fra {withUnit(flag.threshold, flag.unit)}. {closesInWords(flag)}
        </Fact>
        <Fact term="Siden">{sinceInWords(flag)}</Fact>
        {flag.assignedTo !== null && <Fact term="Følges opp av">{flag.assignedTo}</Fact>}
        <Fact term="Hva dere kan gjøre">{flag.next}</Fact>
      </dl>
      <Part title="Målt mot hva">
        <FlagFigures flag={flag} title={title} />
      </Part>
      <Part title="Det som ligger bak">
        <FlagRecords flag={flag} />
      </Part>
      <Part title="Hva som er gjort">
        <FlagHistory id={flag.id} />
        {flag.mayAnswer && <AnswerFlag flag={flag} />}
      </Part>
    </Page>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = title.replaceAll(' ', '-').toLowerCase()
  return (
    <section className="stack" aria-labelledby={id}>
      <Heading id={id} level="2" size="medium">
        {title}
      </Heading>
      {children}
    </section>
  )
}
