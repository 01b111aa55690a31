import { BodyShort } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type CapacityRow, districtCapacityQuery } from '../api/capacity.ts'
import { cityCapacityQuery } from '../api/city.ts'
import { freshnessInWords } from './days.ts'

/** How many of the houses behind a number of free places have confirmed it lately, in a district or in the whole city. */
export function Freshness({ district }: { district?: string | undefined }) {
  return district === undefined ? <OfCity /> : <OfDistrict district={district} />
}

function OfCity() {
  const { data } = useSuspenseQuery(cityCapacityQuery)
  return <Words where="I hele byen har" freshness={data.total.freshness} limit={data.staleAfterDays} />
}

function OfDistrict({ district }: { district: string }) {
  const { data } = useSuspenseQuery(districtCapacityQuery(district))
  return <Words where="I bydelen har" freshness={data.total.freshness} limit={data.staleAfterDays} />
}

type WordsProps = { where: string; freshness: CapacityRow['freshness']; limit: number }

function Words({ where, freshness, limit }: WordsProps) {
  return <BodyShort size="small">{`${where} ${freshnessInWords(freshness, limit)}`}</BodyShort>
}
