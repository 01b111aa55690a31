import { BodyLong, BodyShort, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import {
  forgetReferrals,
  isOpen,
  type NewReferral,
  type Referral,
  referralsOfNeedQuery,
  sendReferral,
} from '../../api/referrals.ts'
import type { Explanation, Need } from '../../api/types.ts'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { useReference } from '../../ui/names.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { useBroughtHere } from '../../ui/useBroughtHere.ts'

type Props = {
  need: Need
  explanation: Explanation
  /** The run that proposed the place; null: it was found in the list. */
  runId: string | null
  /** The step of a chain that the place is for. */
  link?: { id: string; position: number } | undefined
  onSent(referral: Referral): void
  onClose(): void
}

const STOPS = ['ranking', 'preview', 'referral']

/** One of VEL’s places for a need: the referral to Felles inntak, written from what is registered, with the place as a proposal. */
export function ReferForPlace({ need, explanation, runId, link, onSent, onClose }: Props) {
  const client = useQueryClient()
  const { names } = useReference()
  const { data: referrals } = useSuspenseQuery(referralsOfNeedQuery(need.id))
  const { place, placeId, missingSteps } = explanation
  const heading = useBroughtHere(placeId)
  const form = useSending(async (body: NewReferral, key) => {
    const referral = await sendReferral(body, key)
    onSent(referral)
    await forgetReferrals(client, need.id)
  })

  const name = `${place.label}, ${place.facilityName}`
  const formName = names.form(place.form)
  const wanted = need.forms.some((id) => id === place.form)
  const stops = missingSteps.filter(({ stops: step }) => STOPS.includes(step))
  const open = referrals.find((referral) => referral.form === place.form && isOpen(referral))
  const before = referrals.find(({ wishedFacility }) => wishedFacility !== null)?.wishedFacility
  return (
    <section className="panel full" aria-labelledby="henvis">
      <VStack gap="space-16" align="start">
        <Heading ref={heading} id="henvis" tabIndex={-1} level="3" size="small" className="page__heading">
          Henvis til Felles inntak om {name}
        </Heading>
        <BodyLong className="readable">
          Felles inntak gir denne plassen ({inText(formName)}). Henvisningen skrives av det som er registrert, og
          plassen følger med som forslag.
        </BodyLong>
        {open !== undefined && (
          <BodyShort weight="semibold">
            Behovet er allerede henvist til {inText(formName)}. Felles inntak skal svare innen{' '}
            {dayInWords(open.answerDueOn)}.
          </BodyShort>
        )}
        {!wanted && (
          <BodyShort>
            Behovet sier ikke {inText(formName)}.{' '}
            <RouteLink to={paths.editNeed} params={{ id: need.id }}>
              Legg boligformen til på behovet først
            </RouteLink>
          </BodyShort>
        )}
        {stops.length > 0 && (
          <div>
            <BodyShort weight="semibold">Dette stopper henvisningen:</BodyShort>
            <ul className="spaced-list">
              {stops.map(({ id, title }) => (
                <li key={id}>{title}</li>
              ))}
            </ul>
            <RouteLink to={paths.editNeed} params={{ id: need.id }}>
              Fyll ut det som mangler
            </RouteLink>
          </div>
        )}
        {form.problem !== null && <ProblemAlert problem={form.problem} />}
        <RouteLink to={paths.referralPaper} params={{ id: need.id }} search={{ boligform: place.form }}>
          Les henvisningen før den sendes
        </RouteLink>
        <HStack gap="space-16">
          {wanted && open === undefined && (
            <Button
              type="button"
              loading={form.sending}
              onClick={() =>
                void form.submit({
                  needId: need.id,
                  form: place.form,
                  wishedFacilityId: before?.id ?? null,
                  placeId,
                  runId,
                  ...(link === undefined ? {} : { chain: { id: link.id, position: link.position } }),
                })
              }
            >
              Send henvisningen
            </Button>
          )}
          <Button type="button" variant="tertiary" onClick={onClose}>
            {open === undefined ? 'Avbryt' : 'Lukk'}
          </Button>
        </HStack>
      </VStack>
    </section>
  )
}
