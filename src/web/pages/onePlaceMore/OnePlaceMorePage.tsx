import { BodyLong, BodyShort, Heading, HStack, Select } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense } from 'react'
import { type PlacePrice, type PlacePrices, placePricesQuery } from '../../api/placePrices.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { DistrictTiles } from '../../ui/DistrictTiles.tsx'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Page } from '../../ui/Page.tsx'
import { PrintButton } from '../../ui/PrintButton.tsx'
import { FormSelect } from '../../ui/ReferenceSelects.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Sentences } from '../../ui/Sentences.tsx'
import { levelOf } from '../city/cityWords.ts'
import { ShortageGroups } from '../city/ShortageGroups.tsx'
import { OfCity, OfDistrict, WhoMoves } from './PriceTables.tsx'
import { bestOfDistricts, mostInWords, peopleInTile } from './priceWords.ts'
import { type OnePlaceMoreSearch, readOnePlaceMoreSearch } from './search.ts'

const TITLE = 'Hvor én plass til hjelper mest'
/** How many places say who moves. */
const TOLD = 3
/** How many shortage groups stand beside them. */
const GROUPS = 5

/** What one more place of each form in each district would change, on the districts and in tables, beside the shortage groups. */
export function OnePlaceMorePage() {
  const search = useSearch({ from: signedInRoute(paths.onePlaceMore) })
  const { data } = useSuspenseQuery(placePricesQuery(search.utgave === 'tilpasset' ? 'accessible' : 'usual'))
  if (!data.priced || data.asOf === null || data.runId === null) {
    return (
      <Page title={TITLE}>
        <Empty
          what="Ingen kjøring har regnet på dette ennå"
          why="Tallene kommer fra en kjøring over hele byen. Den siste kjøringen ble laget før dette ble regnet ut, eller så er ingen ferdig. En planlegger i Velferdsetaten kan starte en ny."
          next={<RouteLink to={paths.runs}>Gå til kjøringene</RouteLink>}
        />
      </Page>
    )
  }
  return (
    <Page title={TITLE}>
      <BodyLong className="readable">
        Kjøringen for hele byen {dayInWords(data.asOf)} er regnet om igjen med én plass til av hver boligform i{' '}
        {bestOfDistricts(data.items).length === 1 ? 'bydelen din' : 'hver bydel'}. Ingen personer vises her. Dette er et
        regnestykke, ikke et vedtak.{' '}
        <RouteLink to={paths.run} params={{ id: data.runId }}>
          Se kjøringen
        </RouteLink>
      </BodyLong>
      <Priced data={data} search={search} />
    </Page>
  )
}

function Priced({ data, search }: { data: PlacePrices; search: OnePlaceMoreSearch }) {
  const ofForm = data.items.filter(({ form }) => search.boligform === undefined || form === search.boligform)
  const districts = bestOfDistricts(ofForm)
  const chosen = districts.length === 1 ? districts[0] : districts.find(({ district }) => district === search.bydel)
  const shown = chosen === undefined ? ofForm : ofForm.filter(({ district }) => district === chosen.district)
  return (
    <>
      <Filters search={search} />
      <BodyLong className="readable" weight="semibold">
        {mostInWords(shown)}
      </BodyLong>
      {districts.length > 1 && <Districts best={districts} search={search} />}
      <section className="stack" aria-labelledby="boligformene">
        <Heading id="boligformene" level="2" size="medium">
          {chosen === undefined
            ? 'Boligform for boligform, bydel for bydel'
            : `Boligformene i Bydel ${chosen.districtName}`}
        </Heading>
        {chosen === undefined ? (
          <OfCity items={shown} districts={districts} />
        ) : (
          <OfDistrict items={shown} districtName={chosen.districtName} />
        )}
        <Downloads
          address="/api/v1/place-prices"
          what="tallene"
          hint="En rad for hver boligform i hver bydel, vanlig og tilpasset rullestol, med hasteklasser og kroner."
          jsonStat
        />
      </section>
      <WhoMoves items={shown.slice(0, TOLD)} />
      <Suspense fallback={<Loading what="gruppene" />}>
        <ShortageGroups district={chosen?.district} districtName={chosen?.districtName} most={GROUPS} />
      </Suspense>
      <Basis data={data} form={search.boligform} />
    </>
  )
}

function Filters({ search }: { search: OnePlaceMoreSearch }) {
  const navigate = useNavigate()
  const ask = (changed: Partial<Record<keyof OnePlaceMoreSearch, string>>) =>
    void navigate({
      to: paths.onePlaceMore,
      search: readOnePlaceMoreSearch({ ...search, ...changed }),
      replace: true,
      resetScroll: false,
    })
  return (
    <search aria-label="Filtre" className="no-print">
      <HStack gap="space-16" align="end">
        <FormSelect value={search.boligform ?? ''} onChange={(boligform) => ask({ boligform })} />
        <Select
          label="Plassen er"
          size="small"
          value={search.utgave ?? ''}
          onChange={({ target }) => ask({ utgave: target.value })}
        >
          <option value="">Vanlig for boligformen</option>
          <option value="tilpasset">Tilpasset rullestol</option>
        </Select>
        <PrintButton />
      </HStack>
    </search>
  )
}

function Districts({ best, search }: { best: readonly PlacePrice[]; search: OnePlaceMoreSearch }) {
  const largest = Math.max(1, ...best.map(({ people }) => people))
  return (
    <section className="stack" aria-labelledby="kart">
      <Heading id="kart" level="2" size="medium">
        Den beste plassen i hver bydel
      </Heading>
      <DistrictTiles
        tiles={best.map((price) => {
          const { district, districtName, formName, people } = price
          const chosen = district === search.bydel
          return {
            code: district,
            level: levelOf(people, largest),
            chosen,
            link: (
              <RouteLink
                to={paths.onePlaceMore}
                search={{ ...search, bydel: district }}
                replace
                resetScroll={false}
                className="tile__link"
              >
                {districtName}
                <span className="tile__value">{peopleInTile(price)}</span>
                <span>{formName}</span>
                {chosen && <span className="tile__chosen">valgt</span>}
              </RouteLink>
            ),
          }
        })}
      />
      <BodyShort size="small" className="readable">
        I ruten står hvor mange flere som får plass, og boligformen som gir det. Jo kraftigere ramme og farge, jo høyere
        tall. De samme tallene står i tabellen under.
      </BodyShort>
      {search.bydel !== undefined && (
        <BodyShort>
          <RouteLink
            to={paths.onePlaceMore}
            search={readOnePlaceMoreSearch({ ...search, bydel: '' })}
            replace
            resetScroll={false}
          >
            Vis hele byen
          </RouteLink>
        </BodyShort>
      )}
    </section>
  )
}

/** What the numbers mean, what places are taken to be, and what the kroner rest on. */
function Basis({ data, form }: { data: PlacePrices; form: string | undefined }) {
  const variants = new Set(data.items.map(({ variant }) => variant))
  const places = data.places.filter(
    (place) => variants.has(place.variant) && (form === undefined || place.form === form),
  )
  return (
    <section className="stack" aria-labelledby="regnet-med">
      <Heading id="regnet-med" level="2" size="medium">
        Dette er regnet med
      </Heading>
      <BodyLong className="readable">{data.notice}</BodyLong>
      <Heading level="3" size="small">
        Plassen
      </Heading>
      <Sentences small sentences={places.map(({ formName, sentence }) => `${formName}: ${sentence}`)} />
      <Heading level="3" size="small">
        Kroner
      </Heading>
      <Sentences small sentences={data.assumptions} />
    </section>
  )
}
