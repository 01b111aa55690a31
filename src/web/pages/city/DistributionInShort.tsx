import { BodyLong, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type DistributionRow, distributionQuery } from '../../api/distribution.ts'
import { paths } from '../../paths.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { distributionInWords, overInWords, shareInWords } from '../distribution/distributionWords.ts'

/** Share of homes against share of need, in a paragraph; the whole of it has a page of its own. */
export function DistributionInShort({ district }: { district: string | undefined }) {
  const { data } = useSuspenseQuery(distributionQuery({ basis: 'published', form: undefined, weights: undefined }))
  const row = data.items.find((entry) => entry.district === district)
  return (
    <section className="stack" aria-labelledby="fordeling">
      <Heading id="fordeling" level="2" size="medium">
        Andel av boligene mot andel av behovet
      </Heading>
      <BodyLong className="readable">
        {row === undefined ? distributionInWords(data) : ofDistrict(row)} {data.policy.notice}{' '}
        <RouteLink to={paths.distribution}>Se fordelingen med vekter og tabell</RouteLink>
      </BodyLong>
    </section>
  )
}

function ofDistrict({ districtName, capacityShare, needShare, over }: DistributionRow): string {
  if (needShare === null || over === null)
    return `Bydel ${districtName} kan ikke sammenlignes: et av tallene som behovet regnes av, kan ikke leses i kilden.`
  const beside = over === 0 ? 'så mange som behovet tilsier' : `${overInWords(over)} enn behovet tilsier`
  return `Bydel ${districtName} har ${shareInWords(capacityShare)} av boligene og ${shareInWords(needShare)} av behovet: ${beside}.`
}
