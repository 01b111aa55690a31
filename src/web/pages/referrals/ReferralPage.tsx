import { BodyShort, Heading, Tag } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { offerQuery } from '../../api/offers.ts'
import { isOpen, type ReferralDetail, referralQuery } from '../../api/referrals.ts'
import { useMay } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayInWords, dayOf } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { Loading } from '../../ui/Loading.tsx'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { offerFacts } from '../offers/offerWords.ts'
import { ReferralText } from '../papers/ReferralText.tsx'
import { AnswerReferral } from './AnswerReferral.tsx'
import { referralColour, referralFacts } from './referralWords.ts'

/** One referral: why now, what the bydel wrote, and the answer, which Felles inntak gives here. */
export function ReferralPage() {
  const { id } = useParams({ from: signedInRoute(paths.referral) })
  const { data: referral } = useSuspenseQuery(referralQuery(id))
  const may = useMay()
  const [said, setSaid] = useState('')
  const answers = isOpen(referral) && may('answer_referrals')
  return (
    <Page
      title={`Henvisning: ${referral.formName}`}
      before={<RouteLink to={paths.referrals}>Alle henvisningene</RouteLink>}
    >
      <Standing referral={referral} />
      <BodyShort role="status">{said}</BodyShort>
      {answers && (
        <Suspense fallback={<Loading what="plassene" />}>
          <AnswerReferral referral={referral} onAnswered={setSaid} />
        </Suspense>
      )}
      <ReferralText content={referral.content} name={referral.residentName} />
    </Page>
  )
}

/** Whom it is about, from whom it comes, and how it stands. */
function Standing({ referral }: { referral: ReferralDetail }) {
  const { names } = useReference()
  const { residentName, holdingDistrict, sentAt, sentBy, state, stateName, answerDueOn, wishedFacility, whyNow } =
    referral
  return (
    <section className="panel" aria-labelledby="hvem">
      <Heading id="hvem" level="2" size="small" spacing>
        {residentName ?? 'Personen er ikke lenger synlig for Felles inntak'}{' '}
        <Tag size="small" variant="moderate" data-color={referralColour(state)}>
          {stateName}
        </Tag>
      </Heading>
      <BodyShort>
        Fra Bydel {names.district(holdingDistrict)}, sendt {dayInWords(dayOf(sentAt))} av {sentBy}.
      </BodyShort>
      {isOpen(referral) ? (
        <>
          <BodyShort>Svarfrist {dayInWords(answerDueOn)}.</BodyShort>
          {whyNow.map((sentence) => (
            <BodyShort key={sentence} weight="semibold">
              {sentence}
            </BodyShort>
          ))}
          {wishedFacility !== null && <BodyShort>Personen ønsker seg til {wishedFacility.name}.</BodyShort>}
        </>
      ) : (
        referralFacts(referral).map((sentence) => <BodyShort key={sentence}>{sentence}</BodyShort>)
      )}
      {referral.offerId !== null && state === 'place_given' && (
        <Suspense fallback={<Loading what="tilbudet" />}>
          <OfferInShort offerId={referral.offerId} />
        </Suspense>
      )}
    </section>
  )
}

/** What became of the place that was given. */
function OfferInShort({ offerId }: { offerId: string }) {
  const { data: offer } = useSuspenseQuery(offerQuery(offerId))
  return (
    <BodyShort>
      Tilbudet: {inText(offer.stateName)}. {offerFacts(offer).join(' ')}
    </BodyShort>
  )
}
