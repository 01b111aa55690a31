import { Alert, BodyShort, Button } from '@navikt/ds-react'
import { useEffect, useState } from 'react'
import { problemOf } from '../../api/problem.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { placesInWords } from '../matches/counts.ts'

/** More rows than anybody reads on paper: some sixty sheets of A3. */
const MOST_ON_PAPER = 1_000

type Props = {
  /** The places as they are fetched, a page at a time. */
  query: {
    hasNextPage: boolean
    isFetchingNextPage: boolean
    isFetchNextPageError: boolean
    error: Error | null
    fetchNextPage(options: { cancelRefetch: boolean }): Promise<unknown>
  }
  /** How many are fetched. */
  fetched: number
  /** How many there are in all; undefined while that is being counted. */
  total: number | undefined
  /** How to have fewer of them, as a sentence. */
  narrower: string
}

/**
 * Prints all that is chosen, not only what has been in sight: the rest is fetched first, and it is said that it is. What is too
 * much for paper is asked to be narrowed.
 */
export function PrintAll({ query, fetched, total, narrower }: Props) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage } = query
  const [wanted, setWanted] = useState(false)
  const [tooMany, setTooMany] = useState(false)
  const much = (total ?? fetched) > MOST_ON_PAPER
  const failed = wanted && isFetchNextPageError && !isFetchingNextPage

  useEffect(() => {
    if (!wanted || isFetchingNextPage || failed) return
    if (much) {
      setWanted(false)
      setTooMany(true)
    } else if (hasNextPage) {
      void fetchNextPage({ cancelRefetch: false })
    } else {
      setWanted(false)
      window.print()
    }
  }, [wanted, much, failed, hasNextPage, isFetchingNextPage, fetchNextPage])

  return (
    <div className="no-print stack">
      <div>
        <Button
          type="button"
          size="small"
          variant="secondary"
          loading={wanted && !failed}
          onClick={() => {
            setTooMany(false)
            setWanted(true)
          }}
        >
          Skriv ut
        </Button>
      </div>
      <BodyShort role="status" className={wanted && !failed ? undefined : 'aksel-sr-only'}>
        {wanted && !failed
          ? `Henter plassene til utskriften: ${inNumbers(fetched)}${total === undefined ? '' : ` av ${inNumbers(total)}`} …`
          : ''}
      </BodyShort>
      {failed && error !== null && (
        <ProblemAlert problem={problemOf(error)} onRetry={() => void fetchNextPage({ cancelRefetch: false })} />
      )}
      {tooMany && much && (
        <Alert variant="warning" role="alert" size="small">
          {total === undefined ? 'Dette er for mye å skrive ut.' : `${placesInWords(total)} er for mye å skrive ut.`}{' '}
          {`Papiret tar høyst ${inNumbers(MOST_ON_PAPER)}. ${narrower}`}
        </Alert>
      )}
    </div>
  )
}

/** On paper alone: that not everything stands there, for whoever prints by the browser’s own menu. */
export function PartOnPaper({
  fetched,
  total,
  hasMore,
}: {
  fetched: number
  total: number | undefined
  hasMore: boolean
}) {
  if (!hasMore) return null
  const of = total === undefined ? 'de første' : `${inNumbers(fetched)} av ${inNumbers(total)}`
  return (
    <BodyShort className="print-only" weight="semibold">
      Utskriften viser bare {of} plassene. Bruk knappen «Skriv ut» på siden for å få med alle.
    </BodyShort>
  )
}
