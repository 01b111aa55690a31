import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { needGrowthQuery } from '../../api/flags.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { grownInWords, newestInWords } from '../flags/flagWords.ts'

/** How the need for co-located homes has grown in the district since the base year, flagged or not, beside the whole city. */
export function GrowthSince({ district }: { district: string }) {
  const { data } = useSuspenseQuery(needGrowthQuery)
  const own = data.items.find((item) => item.district === district)
  const city = data.items.find((item) => item.district === null)
  return (
    <section className="stack ladder__inside" aria-labelledby="vekst-i-behovet">
      <Heading id="vekst-i-behovet" level="2" size="medium">
        Vekst siden {data.baseYear} i behovet for samlokaliserte boliger
      </Heading>
      {[own, city].map(
        (item) =>
          item !== undefined && (
            <BodyLong key={item.name} className="readable">
              {item.name}: {grownInWords(item)}.{newestInWords(item)}
            </BodyLong>
          ),
      )}
      <BodyShort size="small" className="readable">
        {data.reported !== null &&
          `Kilden oppgir ${data.reported.percent} prosent for hele byen fra ${data.baseYear} til ${data.reported.year} (${data.reported.source}). `}
        Målt som behov åpne ved utgangen av kvartalene, i snitt for året. Prosent regnes der minst {data.minimum} var
        åpne i {data.baseYear}.
      </BodyShort>
      <Downloads address="/api/v1/need-growth" what="veksten" hint="Hele byen og hver bydel." jsonStat />
    </section>
  )
}
