import { BodyLong, BodyShort, Button, Heading, HStack, Tag } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { type ReturnPlan, returnPlanQuery } from '../../api/returns.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { Loading } from '../../ui/Loading.tsx'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Commitment } from './Commitment.tsx'
import { PlanActions } from './PlanActions.tsx'
import { PlanForm } from './PlanForm.tsx'
import { PlanHistory } from './PlanHistory.tsx'
import { OWN_PART_NAMES, standingColour, withoutName } from './returnWords.ts'

/** One plan for moving home: what it says, what it misses, what the bydel has bound itself to, and what was done with it. */
export function ReturnPlanPage() {
  const { id } = useParams({ from: signedInRoute(paths.returnPlan) })
  const { data: plan } = useSuspenseQuery(returnPlanQuery(id))
  const [editing, setEditing] = useState(false)
  return (
    <Page
      title={`Plan for ${plan.residentName ?? withoutName}`}
      before={<RouteLink to={paths.returns}>Tilbakeføring</RouteLink>}
    >
      <PlanFacts plan={plan} />
      {plan.missing.length > 0 && (
        <section className="panel" aria-labelledby="mangler">
          <Heading id="mangler" level="2" size="small" spacing>
            Mangler før planen kan avtales
          </Heading>
          <ul className="spaced-list readable">
            {plan.missing.map(({ id: item, title, why }) => (
              <BodyLong key={item} as="li">
                {title}. {why}
              </BodyLong>
            ))}
          </ul>
        </section>
      )}
      {plan.mayChange &&
        (editing ? (
          <PlanForm plan={plan} onDone={() => setEditing(false)} />
        ) : (
          <HStack gap="space-16">
            <Button type="button" variant="secondary" onClick={() => setEditing(true)}>
              Endre planen
            </Button>
          </HStack>
        ))}
      {!editing && <PlanActions plan={plan} />}
      <Suspense fallback={<Loading what="boligen" />}>
        <Commitment plan={plan} />
      </Suspense>
      <Suspense fallback={<Loading what="historikken" />}>
        <PlanHistory planId={plan.id} />
      </Suspense>
    </Page>
  )
}

const day = (value: string | null, otherwise = 'Ikke satt') => (value === null ? otherwise : dayInWords(value))

function PlanFacts({ plan }: { plan: ReturnPlan }) {
  const { names } = useReference()
  const { living } = plan
  return (
    <section className="panel" aria-labelledby="planen">
      <Heading id="planen" level="2" size="medium" spacing>
        Planen
      </Heading>
      <dl className="facts">
        <div>
          <dt>Fase</dt>
          <dd>
            {plan.phaseName}.{' '}
            <Tag size="small" variant="moderate" data-color={standingColour(plan.standing)}>
              {plan.standingName ?? plan.phaseName}
            </Tag>
            {plan.late.map(({ id, sentence }) => (
              <BodyShort key={id} size="small">
                {sentence}
              </BodyShort>
            ))}
          </dd>
        </div>
        <div>
          <dt>Bor nå</dt>
          <dd>
            {living === null
              ? 'Ikke på en av VELs institusjoner'
              : `${living.facilityName}, ${living.label}, siden ${dayInWords(living.since)}`}
            {living?.closesOn != null && `. Plassen legges ned ${dayInWords(living.closesOn)}`}
          </dd>
        </div>
        <div>
          <dt>Er det riktig å flytte hjem?</dt>
          <dd>
            {plan.verdictName}
            {plan.verdictReason !== null && `. ${plan.verdictReason}`}
          </dd>
        </div>
        <div>
          <dt>Hva er viktig for deg?</dt>
          <dd>
            {plan.ownPart === null ? 'Personen er ikke spurt' : OWN_PART_NAMES[plan.ownPart]}
            {plan.ownPartOn !== null && ` ${dayInWords(plan.ownPartOn)}`}
            {plan.ownWords !== null && <BodyLong className="readable">«{plan.ownWords}»</BodyLong>}
          </dd>
        </div>
        <div>
          <dt>Flytter til</dt>
          <dd>
            {plan.targetForm === null ? 'Boligform er ikke valgt' : names.form(plan.targetForm)},{' '}
            {names.district(plan.homeDistrict)}
          </dd>
        </div>
        <div>
          <dt>Når</dt>
          <dd>
            Måldato: {inText(day(plan.targetOn))}. Tidligst: {inText(day(plan.earliestOn))}
          </dd>
        </div>
        <div>
          <dt>Oppfølging</dt>
          <dd>
            {plan.supportTeamName ?? 'Team er ikke valgt'}
            {plan.supportFrom !== null && `, fra ${dayInWords(plan.supportFrom)}`}
          </dd>
        </div>
        <div>
          <dt>Ansvarlig i bydelen</dt>
          <dd>{plan.districtOwner ?? 'Ikke satt'}</dd>
        </div>
        <div>
          <dt>Kontakt i Velferdsetaten</dt>
          <dd>{plan.velContact ?? 'Ikke satt'}</dd>
        </div>
        <div>
          <dt>Avtalt</dt>
          <dd>{day(plan.agreedOn, 'Ikke avtalt ennå')}</dd>
        </div>
        {plan.movedOn !== null && (
          <div>
            <dt>Hva det ble til</dt>
            <dd>
              {plan.movedTo === 'home' ? 'Flyttet hjem' : 'Flyttet et annet sted'} {dayInWords(plan.movedOn)}
              {plan.movedBackOn !== null && `. Flyttet tilbake ${dayInWords(plan.movedBackOn)}`}
            </dd>
          </div>
        )}
        {plan.checksDue.length > 0 && (
          <div>
            <dt>Vi spør hvordan det går</dt>
            <dd>{plan.checksDue.map((due) => dayInWords(due)).join(', ')}</dd>
          </div>
        )}
      </dl>
      {plan.needId !== null && (
        <RouteLink to={paths.need} params={{ id: plan.needId }}>
          Boligbehovet
        </RouteLink>
      )}
    </section>
  )
}
