import { BodyLong, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { plansOfResidentQuery } from '../../api/returns.ts'
import type { Need } from '../../api/types.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { withoutName } from './returnWords.ts'
import { BeginPlan } from './WithoutPlan.tsx'

/** The plan for moving home of whoever has a need, or the way to begin one for somebody who comes from VEL. */
export function ReturnPlanOfNeed({ need }: { need: Need }) {
  const { data } = useSuspenseQuery(plansOfResidentQuery(need.resident.id))
  const plan = data.items.find(({ mayChange }) => mayChange) ?? data.items[0]
  if (plan === undefined && need.origin !== 'vel') return null
  return (
    <section className="stack" aria-labelledby="tilbakeforing">
      <Heading id="tilbakeforing" level="2" size="medium">
        Plan for å flytte hjem
      </Heading>
      {plan === undefined ? (
        <>
          <BodyLong className="readable">
            Personen kommer fra en av VELs institusjoner og har ingen plan for å flytte hjem.
          </BodyLong>
          <div>
            <BeginPlan residentId={need.resident.id} name={need.resident.name ?? withoutName} />
          </div>
        </>
      ) : (
        <BodyLong className="readable">
          {plan.phaseName}: {inText(plan.standingName ?? plan.phaseName)}.{' '}
          {plan.targetOn === null ? 'Måldato er ikke satt.' : `Måldato ${dayInWords(plan.targetOn)}.`}{' '}
          <RouteLink to={paths.returnPlan} params={{ id: plan.id }}>
            Åpne planen
          </RouteLink>
        </BodyLong>
      )}
    </section>
  )
}
