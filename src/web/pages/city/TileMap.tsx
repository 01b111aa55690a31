import { BodyShort, Heading } from '@navikt/ds-react'
import { paths } from '../../paths.ts'
import { DistrictTiles } from '../../ui/DistrictTiles.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { type CityRow, largestOf, levelOf, type Measure, measureInWords, valueInWords } from './cityWords.ts'
import type { CitySearch } from './search.ts'

type Props = { measure: Measure; rows: readonly CityRow[]; city: CityRow; search: CitySearch }

/** The bydeler about where they lie, a tile each with its number in it; a tile makes everything about its bydel. */
export function TileMap({ measure, rows, city, search }: Props) {
  const largest = largestOf(measure, rows)
  return (
    <section className="stack" aria-labelledby="kart">
      <Heading id="kart" level="2" size="medium">
        {measure.title} i bydelene
      </Heading>
      <BodyShort className="readable">{measureInWords(measure, rows, city)}</BodyShort>
      <DistrictTiles
        tiles={rows.map((row) => {
          const chosen = row.code === search.bydel
          return {
            code: row.code,
            level: levelOf(measure.of(row), largest),
            chosen,
            link: (
              <RouteLink to={paths.city} search={{ ...search, bydel: row.code }} replace className="tile__link">
                {row.name}
                <span className="tile__value">{valueInWords(measure, row)}</span>
                {chosen && <span className="tile__chosen">valgt</span>}
              </RouteLink>
            ),
          }
        })}
      />
      <BodyShort size="small">
        Tallet i ruten er {measure.unit}. Jo kraftigere ramme og farge, jo høyere tall. De samme tallene står i tabellen
        lenger ned.
      </BodyShort>
    </section>
  )
}
