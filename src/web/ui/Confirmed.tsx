import { Tag } from '@navikt/ds-react'
import { useQuery } from '@tanstack/react-query'
import { rulesQuery, staleAfterDays } from '../api/reference.ts'
import { confirmedInWords, isStale } from './days.ts'
import { useToday } from './useToday.ts'

/** When a house last said that its vacancy is right, and a mark where that is longer ago than the rule on warnings allows. */
export function Confirmed({ at }: { at: string | null }) {
  const today = useToday()
  const { data: rules = [] } = useQuery(rulesQuery)
  return (
    <>
      {confirmedInWords(at, today)}
      {isStale(at, today, staleAfterDays(rules)) && (
        <>
          {' '}
          <Tag size="xsmall" variant="moderate" data-color="warning">
            Må bekreftes
          </Tag>
        </>
      )}
    </>
  )
}
