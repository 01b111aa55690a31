import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQueries } from '@tanstack/react-query'
import { mostReleasingQuery, type PlacePrice } from '../../api/placePrices.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { FigureTable } from '../../ui/FigureTable.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Sentences } from '../../ui/Sentences.tsx'
import { gainInWords, KRONER } from '../onePlaceMore/priceWords.ts'

const MOST = 5

/** The five places that would release most people, and the five that would release most kroner, with what the kroner rest on. */
export function MostReleasing({ district }: { district: string | undefined }) {
  const [{ data }, { data: inKroner }] = useSuspenseQueries({
    queries: [mostReleasingQuery('people', MOST, district), mostReleasingQuery('kroner', MOST, district)],
  })
  return (
    <section className="stack" aria-labelledby="en-plass-til">
      <Heading id="en-plass-til" level="2" size="medium">
        De fem plassene som ville løst mest
      </Heading>
      {!data.priced || data.asOf === null ? (
        <BodyShort>Ingen kjøring over hele byen har regnet på dette ennå.</BodyShort>
      ) : data.items.length === 0 ? (
        <BodyShort>Du ser tallene for din egen bydel.</BodyShort>
      ) : (
        <>
          <BodyLong className="readable">
            Kjøringen {dayInWords(data.asOf)}, regnet om igjen med én plass til av gangen. Virkningen av to plasser er
            ikke summen av dem hver for seg. Kroner er i måneden, etter antakelsene under.
          </BodyLong>
          <Five title="De fem som gir flest en plass" items={data.items} />
          <Five title="De fem der hullet koster minst etterpå" items={inKroner.items} />
          <details>
            <summary>Hva kronene hviler på</summary>
            <Sentences small sentences={data.assumptions} />
          </details>
        </>
      )}
      <BodyShort>
        <RouteLink to={paths.onePlaceMore} search={district === undefined ? {} : { bydel: district }}>
          Hvor én plass til hjelper mest
        </RouteLink>
      </BodyShort>
    </section>
  )
}

function Five({ title, items }: { title: string; items: readonly PlacePrice[] }) {
  return (
    <>
      <Heading level="3" size="small">
        {title}
      </Heading>
      <FigureTable<PlacePrice>
        title={title}
        first="Plass"
        columns={[{ name: 'Hvem', words: true, of: gainInWords }, ...KRONER]}
        rows={items.map((row) => ({ name: nameOf(row), row }))}
      />
    </>
  )
}

function nameOf({ formName, variant, variantName, districtName }: PlacePrice): string {
  return `${formName}${variant === 'usual' ? '' : ` (${variantName.toLowerCase()})`}, ${districtName}`
}
