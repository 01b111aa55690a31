import '@navikt/ds-css/dist/component/chips.css'
import { BodyShort, Chips, Select } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { referralCountsQuery, referralListQuery } from '../../api/referrals.ts'
import type { PlaceForm } from '../../api/types.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ReferralItem } from './ReferralItem.tsx'
import { answeredInWords, waitingInWords } from './referralWords.ts'
import type { ReferralSearch } from './search.ts'

/** The referrals that wait for Felles inntak, the nearest deadline first, each with why now; and those that have been answered. */
export function ReferralList() {
  const { vis, boligform } = useSearch({ from: signedInRoute(paths.referrals) })
  const navigate = useNavigate()
  const { names, forms } = useReference()
  const given = forms.filter(({ givenBy }) => givenBy === 'vel')
  const form = given.find(({ id }) => id === boligform)?.id as PlaceForm | undefined
  const { data: counts } = useSuspenseQuery(referralCountsQuery)
  const query = useSuspenseInfiniteQuery(referralListQuery(vis === 'besvart' ? 'answered' : 'open', form))
  const referrals = query.data.pages.flatMap(({ items }) => items)

  function show(search: ReferralSearch) {
    void navigate({ to: paths.referrals, search, replace: true, resetScroll: false })
  }

  return (
    <Page title="Henvisninger" before={<RouteLink to={paths.home}>Min arbeidsdag</RouteLink>}>
      <div>
        <BodyShort role="status">{waitingInWords(counts)}</BodyShort>
        <BodyShort>{answeredInWords(counts)}</BodyShort>
      </div>
      <Chips size="small" aria-label="Hvilke henvisninger">
        <Chips.Toggle
          selected={vis === undefined}
          checkmark={false}
          onClick={() => show(boligform === undefined ? {} : { boligform })}
        >
          Venter på svar og venteliste
        </Chips.Toggle>
        <Chips.Toggle
          selected={vis === 'besvart'}
          checkmark={false}
          onClick={() => show({ vis: 'besvart', ...(boligform === undefined ? {} : { boligform }) })}
        >
          Besvart
        </Chips.Toggle>
      </Chips>
      <Select
        label="Boligform"
        size="small"
        className="narrow"
        value={form ?? ''}
        onChange={(event) =>
          show({
            ...(vis === undefined ? {} : { vis }),
            ...(event.target.value === '' ? {} : { boligform: event.target.value }),
          })
        }
      >
        <option value="">Alle</option>
        {given.map(({ id }) => (
          <option key={id} value={id}>
            {names.form(id)}
          </option>
        ))}
      </Select>
      {referrals.length === 0 ? (
        <Empty
          what={vis === 'besvart' ? 'Ingen henvisninger er besvart' : 'Ingen henvisninger venter'}
          why={
            form === undefined
              ? 'Henvisninger kommer hit når en bydel sender dem, og svaret ditt går rett til bydelen.'
              : 'Ingen henvisninger gjelder denne boligformen nå. Velg «Alle» for å se resten.'
          }
        />
      ) : (
        <>
          <ol className="plain-list full">
            {referrals.map((referral) => (
              <ReferralItem key={referral.id} referral={referral} level="2" />
            ))}
          </ol>
          <More
            shown={`${inNumbers(referrals.length)} ${referrals.length === 1 ? 'henvisning' : 'henvisninger'}`}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
          <Downloads
            address={`/api/v1/referrals?state=${vis === 'besvart' ? 'answered' : 'open'}${form === undefined ? '' : `&form=${form}`}`}
            what="henvisningene"
            hint="Uten navn. Id-ene fører tilbake til sakene."
          />
        </>
      )}
    </Page>
  )
}
