import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useQuery } from '@tanstack/react-query'
import { cityPreviewQuery } from '../../api/matches.ts'
import { useReference } from '../../ui/names.ts'
import { cityPreviewInWords } from './cityPreviewWords.ts'

/** What the need would be given if the whole city were shared out now; it comes when it is there, and holds nothing up. */
export function CityPreview({ needId }: { needId: string }) {
  const { names } = useReference()
  const { data, isError } = useQuery(cityPreviewQuery(needId))
  if (data?.outcome === 'not_available' || data?.outcome === 'not_registered') return null
  return (
    <section className="stack" aria-labelledby="byen-naa">
      <Heading id="byen-naa" level="2" size="medium">
        Hvis hele byen ble fordelt nå
      </Heading>
      {data === undefined ? (
        <BodyShort role="status">
          {isError ? 'Vi klarte ikke å regne det ut nå. Resten av siden gjelder som før.' : 'Regner …'}
        </BodyShort>
      ) : (
        <>
          <BodyLong className="readable">{cityPreviewInWords(data, names.district)}</BodyLong>
          <BodyShort size="small" className="readable">
            En forhåndsvisning som følger endringene. Ingen får tilbud av den. Den ser ikke på grensene for mange
            flyttinger sammen: lengden på boligkjeder, hvem som ikke skal bo sammen, og hvor mange hus, team og kvoter
            tar imot. Det gjør en kjøring.
          </BodyShort>
        </>
      )}
    </section>
  )
}
