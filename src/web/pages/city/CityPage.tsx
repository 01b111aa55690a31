import './city.css'
import { BodyLong, BodyShort, HStack, Select } from '@navikt/ds-react'
import { useSuspenseQueries } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense } from 'react'
import { cityCapacityQuery, cityWaitingQuery, shortfallQuery } from '../../api/city.ts'
import { costsQuery } from '../../api/costs.ts'
import { useMay } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayAfter, dayInWords } from '../../ui/days.ts'
import { Freshness } from '../../ui/Freshness.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Page } from '../../ui/Page.tsx'
import { PrintButton } from '../../ui/PrintButton.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { useToday } from '../../ui/useToday.ts'
import { Assumptions } from '../costs/Assumptions.tsx'
import { cityRows, lackingInWords, MEASURES } from './cityWords.ts'
import { DistributionInShort } from './DistributionInShort.tsx'
import { GapCost } from './GapCost.tsx'
import { MostReleasing } from './MostReleasing.tsx'
import { Multiples } from './Multiples.tsx'
import { ShortageGroups } from './ShortageGroups.tsx'
import { type CitySearch, SHOWN } from './search.ts'
import { TileMap } from './TileMap.tsx'

const DAYS_BACK = -14

/** Byoversikt: what the gap costs, and need, capacity, shortfall and waiting of every bydel. Nobody is in it. */
export function CityPage() {
  const search = useSearch({ from: signedInRoute(paths.city) })
  const navigate = useNavigate()
  const may = useMay()
  const from = dayAfter(useToday(), DAYS_BACK)
  const [{ data: capacity }, { data: waiting }, { data: shortfall }, { data: cityShortfall }, { data: costs }] =
    useSuspenseQueries({
      queries: [
        cityCapacityQuery,
        cityWaitingQuery,
        shortfallQuery(from, true),
        shortfallQuery(from, false),
        costsQuery(),
      ],
    })
  const { districts, city } = cityRows({ capacity, waiting, shortfall, cityShortfall, costs })
  const chosen = districts.find(({ code }) => code === search.bydel)
  const shown = MEASURES.find(({ id }) => id === search.vis) ?? MEASURES[0]
  const cost = costs.items.find(({ district }) => district === chosen?.code) ?? costs.total
  const ask = (change: CitySearch) => void navigate({ to: paths.city, search: { ...search, ...change }, replace: true })
  if (shown === undefined) throw new Error('there is nothing to show')
  return (
    <Page title={chosen === undefined ? 'Byoversikt' : `Byoversikt: ${chosen.name}`}>
      <BodyLong className="readable">
        Tallene gjelder {chosen === undefined ? 'hele byen' : `Bydel ${chosen.name}`} {dayInWords(capacity.on)}. Ingen
        personer vises her. {lackingInWords(chosen ?? city)}
      </BodyLong>
      <Suspense fallback={<Loading what="bekreftelsene" />}>
        <Freshness district={chosen?.code} />
      </Suspense>
      <search aria-label="Filtre" className="city__filters">
        <HStack gap="space-16" align="end">
          <Select
            label="Kartet viser"
            size="small"
            value={shown.id}
            onChange={({ target }) => {
              const vis = SHOWN.find((id) => id === target.value)
              if (vis !== undefined) ask({ vis })
            }}
          >
            {MEASURES.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </Select>
          <PrintButton />
        </HStack>
      </search>
      <TileMap measure={shown} rows={districts} city={city} search={search} />
      {chosen !== undefined && (
        <BodyShort>
          <RouteLink to={paths.city} search={search.vis === undefined ? {} : { vis: search.vis }}>
            Vis hele byen
          </RouteLink>
          {' · '}
          <RouteLink to={paths.district} params={{ code: chosen.code }}>
            Boligtrappen i Bydel {chosen.name}
          </RouteLink>
          {' · '}
          <RouteLink to={paths.flags} search={{ bydel: chosen.code }}>
            Varsler for bydelen
          </RouteLink>
        </BodyShort>
      )}
      <GapCost cost={cost} year={costs.year} largestCount={costs.largestCount} />
      <Multiples rows={districts} city={city} chosen={chosen} />
      {may('read_place_prices') && (
        <Suspense fallback={<Loading what="plassene som ville løst mest" />}>
          <MostReleasing district={chosen?.code} />
        </Suspense>
      )}
      {may('read_matching_runs') && (
        <Suspense fallback={<Loading what="det som mangler" />}>
          <ShortageGroups district={chosen?.code} districtName={chosen?.name} />
        </Suspense>
      )}
      <Suspense fallback={<Loading what="fordelingen" />}>
        <DistributionInShort district={chosen?.code} />
      </Suspense>
      <Assumptions assumptions={costs.assumptions} notes={costs.notes} />
    </Page>
  )
}
