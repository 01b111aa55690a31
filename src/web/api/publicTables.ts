import { queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer } from './client.ts'
import type { components } from './openapi.generated.ts'

type Schemas = components['schemas']
export type PublicTable = Schemas['PublicTable']
export type PublicTableId = 'ventende' | 'plasser'

/** The tables that everybody may read, with the months of each. */
export const publicTablesQuery = queryOptions({
  queryKey: ['public-tables'],
  queryFn: ({ signal }) => answer<Schemas['PublicTables']>(api.GET('/api/v1/public-tables', { signal })),
})

function isTable(body: object): body is PublicTable {
  return 'countedOn' in body
}

/** A month of one of them, which never changes. */
export function publicTableQuery(id: PublicTableId, month: string) {
  return queryOptions({
    queryKey: ['public-tables', id, month],
    queryFn: async ({ signal }): Promise<PublicTable> => {
      const body = await jsonAnswer<object>(
        api.GET('/api/v1/public-tables/{id}', { params: { path: { id }, query: { month } }, signal }),
      )
      if (!isTable(body)) throw new TypeError('the table was not answered as JSON')
      return body
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}
