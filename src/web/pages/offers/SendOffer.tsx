import './offers.css'
import { BodyShort, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { explanationQuery } from '../../api/matches.ts'
import { forgetOffers, sendOffer } from '../../api/offers.ts'
import type { Referral } from '../../api/referrals.ts'
import { rightsOfReturnQuery } from '../../api/stays.ts'
import type { Explanation, Need, NewOffer, Offer } from '../../api/types.ts'
import { OneOf } from '../../form/Choices.tsx'
import { DayField } from '../../form/DayField.tsx'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { useReference } from '../../ui/names.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { useBroughtHere } from '../../ui/useBroughtHere.ts'
import { useToday } from '../../ui/useToday.ts'
import { ReferForPlace } from '../referrals/ReferForPlace.tsx'
import {
  type ChainLink,
  firstMoveIn,
  isConditional,
  moveInOf,
  type OfferDraft,
  offerBody,
  overridable,
  proposedAnswerBy,
  skipQuestion,
  stopsOffer,
} from './draft.ts'
import { Refused } from './Refused.tsx'
import { SetAside } from './SetAside.tsx'
import { SkipFields } from './SkipFields.tsx'

type Props = {
  need: Need
  placeId: string
  draft: OfferDraft
  onChange(draft: OfferDraft): void
  onSent(offer: Offer): void
  onClose(): void
  /** Another place is offered instead, with what is written; absent where it is this one or none. */
  onInstead?: ((placeId: string) => void) | undefined
  /** The step of a chain that it is for: the place is held, and is offered whoever lives there. */
  link?: ChainLink
  /** The run that proposed it. */
  runId?: string | null
  /** A referral was sent instead, since the place is VEL’s. */
  onReferred(referral: Referral): void
}

/** One place for a need: an offer, or a referral where Felles inntak gives the place. */
export function SendOffer({ onReferred, ...props }: Props) {
  const { need, placeId, link, runId = null, onClose } = props
  const { data: explanation } = useSuspenseQuery(explanationQuery(need.id, placeId))
  const { data: rights } = useSuspenseQuery(rightsOfReturnQuery(need.id))
  const { forms } = useReference()
  const { place } = explanation
  const returns = rights.some(({ facilityId, form }) => facilityId === place.facilityId && form === place.form)
  const ofVel = forms.some(({ id, givenBy }) => id === place.form && givenBy === 'vel')
  return ofVel && !returns ? (
    <ReferForPlace
      need={need}
      explanation={explanation}
      runId={runId}
      link={link}
      onSent={onReferred}
      onClose={onClose}
    />
  ) : (
    <OfferOfPlace {...props} explanation={explanation} returns={returns} />
  )
}

type OfferProps = Omit<Props, 'onReferred'> & { explanation: Explanation; returns: boolean }

/** The offer of one place to a need. What stops it is said before it is sent; what somebody else did meanwhile, after. */
function OfferOfPlace({ need, draft, onChange, onSent, onClose, onInstead, link, runId = null, ...of }: OfferProps) {
  const { placeId, explanation, returns } = of
  const { names } = useReference()
  const today = useToday()
  const client = useQueryClient()
  const heading = useBroughtHere(placeId)
  const form = useSending<NewOffer>(async (body, key) => {
    const offer = await sendOffer(body, key)
    onSent(offer)
    await forgetOffers(client, need.id)
  })

  const { place } = explanation
  const moveInOn = moveInOf(draft, explanation, today, link)
  const change = (patch: Partial<OfferDraft>) => onChange({ ...draft, ...patch })
  const stops = stopsOffer(explanation)
  const latestYear = Number(today.slice(0, 4)) + 10

  return (
    <form
      noValidate
      className="panel full"
      aria-labelledby="tilby"
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit({ ...offerBody(need, explanation, draft, today, link), runId })
      }}
    >
      <VStack gap="space-24" align="start">
        <div>
          <Heading ref={heading} id="tilby" tabIndex={-1} level="3" size="small" className="page__heading">
            Tilby {place.label}, {place.facilityName}
          </Heading>
          <BodyShort>
            {names.form(place.form)}, {names.district(place.districtCode)}
          </BodyShort>
        </div>
        <Refused problem={form.problem} attempt={form.attempt} onInstead={onInstead} />
        {stops.length > 0 && (
          <div>
            <BodyShort weight="semibold">Dette stopper tilbudet:</BodyShort>
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
        <DayField
          {...form.field('/moveInOn')}
          label="Innflytting"
          description={
            link === undefined
              ? `Tidligst ${dayInWords(firstMoveIn(explanation, today))}`
              : `Planlagt i kjeden ${dayInWords(link.plannedOn)}`
          }
          value={moveInOn}
          onChange={(day) => change({ moveInOn: day ?? '' })}
          latestYear={latestYear}
        />
        {isConditional(link) ? (
          <BodyShort className="readable">
            Tilbudet er betinget. Personen kan svare når den som bor på plassen, har svart ja til sin nye bolig, og får
            da en egen svarfrist. Plassen holdes av så lenge.
          </BodyShort>
        ) : (
          <DayField
            {...form.field('/answerBy')}
            label="Svarfrist"
            description="Siste dag personen kan svare, for eksempel 08.09.2026"
            value={draft.answerBy ?? proposedAnswerBy(moveInOn, today)}
            onChange={(day) => change({ answerBy: day ?? '' })}
            latestYear={latestYear}
          />
        )}
        {link === undefined && (
          <OneOf
            {...form.field('/reserve')}
            legend="Skal plassen holdes av mens personen svarer?"
            options={[
              {
                value: true,
                label: 'Ja, hold plassen til svarfristen',
                description: 'Ingen andre kan få den så lenge.',
              },
              {
                value: false,
                label: 'Nei, send uten reservasjon',
                description: 'Flere kan få tilbud om plassen. Den første som takker ja, får den.',
              },
            ]}
            value={draft.reserve}
            onChange={(reserve) => change({ reserve })}
          />
        )}
        <SkipFields
          question={returns ? 'none' : skipQuestion(need.forms, place.form)}
          needed={need.forms[0]}
          given={place.form}
          draft={draft}
          field={form.field}
          onChange={change}
        />
        <SetAside
          items={overridable(explanation)}
          reasons={draft.overrides}
          onChange={(overrides) => change({ overrides })}
        />
        <HStack gap="space-16">
          <Button type="submit" loading={form.sending}>
            Send tilbudet
          </Button>
          <Button type="button" variant="tertiary" onClick={onClose}>
            Avbryt
          </Button>
        </HStack>
      </VStack>
    </form>
  )
}
