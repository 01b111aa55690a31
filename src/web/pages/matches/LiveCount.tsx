import { BodyShort, Heading } from '@navikt/ds-react'
import { useQuery } from '@tanstack/react-query'
import { previewQuery } from '../../api/matches.ts'
import { problemOf } from '../../api/problem.ts'
import type { MatchSummary, Need } from '../../api/types.ts'
import { useSettled } from '../../form/useSettled.ts'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { placesFit } from './counts.ts'
import { Relaxations } from './Relaxations.tsx'
import { requirementsOf } from './requirements.ts'

type Props = {
  need: Need
  /** What stands in the form now. */
  typed?: Parameters<typeof requirementsOf>[1]
  /** Something that changes when what is stored about the household has changed. */
  household?: string
}

/** How many places fit what is asked for, while it is being filled in. Nothing is stored by asking. */
export function LiveCount({ need, typed = {}, household = '' }: Props) {
  const requirements = useSettled(requirementsOf(need, typed))
  const asked = (requirements.forms ?? []).length > 0
  const { data, error, isFetching } = useQuery({ ...previewQuery(requirements, household), enabled: asked })
  const count = asked ? data : undefined

  return (
    <aside className="live-count" aria-label="Plasser som passer">
      <div aria-live="polite" aria-atomic="true" aria-busy={isFetching}>
        <Heading level="2" size="small">
          {!asked ? 'Velg en boligform' : error !== null ? 'Vi kan ikke telle nå' : placesFit(count?.total)}
        </Heading>
        {!asked && <BodyShort>Når minst én boligform er valgt, ser du her hvor mange plasser som passer.</BodyShort>}
        {asked && error !== null && <BodyShort>{whyNotCounted(error)}</BodyShort>}
      </div>
      {count !== undefined && error === null && <Counted summary={count} />}
    </aside>
  )
}

function Counted({ summary }: { summary: MatchSummary }) {
  const { names } = useReference()
  return (
    <>
      <ul className="counts">
        {summary.byForm.map(({ form, places }) => (
          <li key={form}>
            <span>{names.form(form)}</span> <strong>{inNumbers(places)}</strong>
          </li>
        ))}
      </ul>
      {summary.total === 0 && (
        <div>
          <Heading level="3" size="xsmall" spacing>
            Hva må endres for treff?
          </Heading>
          <Relaxations relaxations={summary.relaxations} />
        </div>
      )}
      <BodyShort size="small" textColor="subtle">
        Vi har sett på alle {inNumbers(summary.considered)} plassene i byen. Tallet er ikke en reservasjon.
      </BodyShort>
    </>
  )
}

function whyNotCounted(error: Error): string {
  const problem = problemOf(error)
  return problem.errors.length > 0 ? 'Rett feltene som er merket, så teller vi igjen.' : problem.title
}
