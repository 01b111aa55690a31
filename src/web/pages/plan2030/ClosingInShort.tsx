import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQueries } from '@tanstack/react-query'
import { closingAccountQuery, closingsByDistrictQuery } from '../../api/closings.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'

/** Closing against opening in a few sentences: the city's places, the people of whom it is about, and what is red. */
export function ClosingInShort({ district, where }: { district: string | null; where: string }) {
  const [{ data: account }, { data: byDistrict }] = useSuspenseQueries({
    queries: [closingAccountQuery, closingsByDistrictQuery],
  })
  const { total } = account
  const living = byDistrict.items.find((row) => row.district === district) ?? byDistrict.total
  return (
    <section className="stack" aria-labelledby="avvikling">
      <Heading id="avvikling" level="2" size="medium">
        Avvikling mot åpning
      </Heading>
      <BodyLong className="readable">
        I dag har Velferdsetaten {inNumbers(total.openToday)} åpne plasser i registeret. Til {dayInWords(account.until)}{' '}
        skal {inNumbers(total.closing)} legges ned og {inNumbers(total.opening)} åpne: {inNumbers(total.openOnTheDay)}{' '}
        på dagen. {planInWords(total)}
      </BodyLong>
      <BodyLong className="readable">
        På plassene som skal legges ned, bor {inNumbers(living.people)} fra {where}. {inNumbers(living.accounted)} har
        bolig og oppfølging i tide.
      </BodyLong>
      <BodyShort weight={living.red > 0 ? 'semibold' : 'regular'}>
        {living.red > 0 && <span aria-hidden="true">▲ </span>}
        {living.red === 0
          ? 'Ingen plass legges ned før boligen er klar, for dem der det er sagt når.'
          : `For ${inNumbers(living.red)} legges plassen ned før boligen er klar.`}
      </BodyShort>
      <RouteLink to={paths.closings} {...(living.red > 0 ? { search: { vis: 'rodt' as const } } : {})}>
        Avvikling mot åpning: plassene, én for én
      </RouteLink>
    </section>
  )
}

function planInWords({ planned2030, unaccounted }: { planned2030: number | null; unaccounted: number | null }): string {
  if (planned2030 === null || unaccounted === null) return 'Hvor mange planen har, er ikke kjent.'
  return unaccounted === 0
    ? `Det er så mange som planen har: ${inNumbers(planned2030)}.`
    : `Planen har ${inNumbers(planned2030)}, og ${inNumbers(Math.abs(unaccounted))} er ikke gjort rede for.`
}
