import { BodyShort, Heading, Tag } from '@navikt/ds-react'
import { isOpen, type Referral } from '../../api/referrals.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { useReference } from '../../ui/names.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { referralColour, referralFacts } from './referralWords.ts'

/** One referral in a list: whom it is about, what is asked for, by when it is answered, and why now. */
export function ReferralItem({ referral, level }: { referral: Referral; level: '2' | '3' }) {
  const { names } = useReference()
  const { id, residentName, formName, holdingDistrict, state, stateName, answerDueOn, whyNow } = referral
  const who = residentName ?? 'Personen er ikke lenger synlig for Felles inntak'
  return (
    <li className="panel" aria-label={`${who}: ${formName}`}>
      <Heading level={level} size="xsmall">
        <RouteLink to={paths.referral} params={{ id }}>
          {who}
        </RouteLink>
        : {formName}{' '}
        <Tag size="small" variant="moderate" data-color={referralColour(state)}>
          {stateName}
        </Tag>
      </Heading>
      {isOpen(referral) ? (
        <>
          <BodyShort>
            Fra Bydel {names.district(holdingDistrict)}.{' '}
            {state !== 'waiting' && `Svarfrist ${dayInWords(answerDueOn)}.`}
          </BodyShort>
          {whyNow.map((sentence) => (
            <BodyShort key={sentence}>{sentence}</BodyShort>
          ))}
        </>
      ) : (
        <>
          <BodyShort>Fra Bydel {names.district(holdingDistrict)}.</BodyShort>
          {referralFacts(referral).map((sentence) => (
            <BodyShort key={sentence}>{sentence}</BodyShort>
          ))}
        </>
      )}
    </li>
  )
}
