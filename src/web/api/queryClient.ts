import {
  type DataTag,
  type InvalidateOptions,
  type InvalidateQueryFilters,
  MutationCache,
  QueryCache,
  QueryClient,
  type QueryKey,
} from '@tanstack/react-query'
import { ApiError, isPassing } from './problem.ts'
import { sessionQuery } from './session.ts'

/**
 * An answer that is on its way when something is said to have changed may have been read before. The library takes a first one
 * for new when it comes; here it is asked for once more.
 */
class AnswerClient extends QueryClient {
  override async invalidateQueries<K extends QueryKey>(
    filters?: InvalidateQueryFilters<K>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const onTheWay = this.getQueryCache()
      .findAll(filters)
      .filter(({ state }) => state.fetchStatus === 'fetching' && state.data === undefined)
    await Promise.all([
      super.invalidateQueries(filters, options),
      ...onTheWay.map((query) =>
        query.promise?.then(
          // one more time for all that was said meanwhile
          () =>
            super.invalidateQueries({ queryKey: query.queryKey, exact: true }, { ...options, cancelRefetch: false }),
          () => undefined,
        ),
      ),
    ])
  }
}

/**
 * The cache of answers.
 * @param onSessionEnded called when the service says 401: the session ran out, or was ended in another tab
 */
export function createQueryClient(onSessionEnded: () => void): QueryClient {
  function noticeEnd(error: Error) {
    if (error instanceof ApiError && error.problem.status === 401) onSessionEnded()
  }
  return new AnswerClient({
    queryCache: new QueryCache({ onError: noticeEnd }),
    mutationCache: new MutationCache({ onError: noticeEnd }),
    defaultOptions: {
      queries: {
        // Only what may pass by itself is asked again; a no stays a no.
        retry: (failures, error) => failures < 2 && isPassing(error),
        staleTime: 5_000,
      },
    },
  })
}

/** Forgets every answer, then asks anew who is signed in. Nothing that one person saw may be left for the next. */
export async function changeSession(client: QueryClient): Promise<void> {
  const { queryKey } = sessionQuery
  await client.cancelQueries()
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== queryKey[0] })
  await client.fetchQuery({ ...sessionQuery, staleTime: 0 })
}

/**
 * Takes over what a write answered. A page that was asked for anew while the write was under way may come back with the
 * record as it was before: that answer is let go of, so that the next write does not build on an older version.
 */
export async function keepAnswer<T>(client: QueryClient, queryKey: DataTag<readonly unknown[], T, Error>, answer: T) {
  await client.cancelQueries({ queryKey, exact: true })
  client.setQueryData<T>(queryKey, answer)
}
