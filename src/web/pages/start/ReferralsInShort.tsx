import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { referralCountsQuery, referralListQuery } from '../../api/referrals.ts'
import { paths } from '../../paths.ts'
import { ButtonLink } from '../../ui/RouteLink.tsx'
import { ReferralItem } from '../referrals/ReferralItem.tsx'
import { answeredInWords, waitingInWords } from '../referrals/referralWords.ts'

const SHOWN = 5

/** What waits for Felles inntak: how many, which are due first, and the way to all of them. */
export function ReferralsInShort() {
  const { data: counts } = useSuspenseQuery(referralCountsQuery)
  const { data } = useSuspenseInfiniteQuery(referralListQuery('open', undefined))
  const first = data.pages[0]?.items.slice(0, SHOWN) ?? []
  return (
    <section className="stack" aria-labelledby="henvisninger">
      <Heading id="henvisninger" level="2" size="medium">
        Henvisninger som venter på deg
      </Heading>
      <div>
        <BodyShort>{waitingInWords(counts)}</BodyShort>
        <BodyShort>{answeredInWords(counts)}</BodyShort>
      </div>
      {first.length > 0 && (
        <ol className="plain-list full">
          {first.map((referral) => (
            <ReferralItem key={referral.id} referral={referral} level="3" />
          ))}
        </ol>
      )}
      <div>
        <ButtonLink to={paths.referrals}>Se alle henvisningene</ButtonLink>
      </div>
    </section>
  )
}
