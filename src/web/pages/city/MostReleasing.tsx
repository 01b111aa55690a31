import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { mostReleasingQuery, type PlacePrice } from '../../api/placePrices.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { FigureTable } from '../../ui/FigureTable.tsx'
import { kroner } from '../../ui/kroner.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Sentences } from '../../ui/Sentences.tsx'
import { gainInWords, peopleInCell } from '../onePlaceMore/priceWords.ts'

const MOST = 5

/** The five places that would release most, in people and in kroner, with what the kroner rest on. */
export function MostReleasing({ district }: { district: string | undefined }) {
  const { data } = useSuspenseQuery(mostReleasingQuery(MOST, district))
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
            ikke summen av dem hver for seg.
          </BodyLong>
          <FigureTable<PlacePrice>
            title="De fem plassene som ville løst mest"
            first="Plass"
            columns={[
              { name: 'Flere får plass', of: peopleInCell },
              { name: 'Hvem', words: true, of: gainInWords },
              { name: 'Hullet koster mindre i måneden', of: ({ month }) => kroner(month.released) },
              { name: 'Plassen koster i måneden', of: ({ month }) => kroner(month.place) },
              { name: 'Forskjell', of: ({ month }) => kroner(month.net) },
            ]}
            rows={data.items.map((row) => ({ name: nameOf(row), row }))}
          />
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

function nameOf({ formName, variant, variantName, districtName }: PlacePrice): string {
  return `${formName}${variant === 'usual' ? '' : ` (${variantName.toLowerCase()})`}, ${districtName}`
}
