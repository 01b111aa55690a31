import { queryOptions } from '@tanstack/react-query'
import { api, jsonAnswer } from './client.ts'
import type { components } from './openapi.generated.ts'
import type { PlaceForm } from './types.ts'

export type WaitingList = components['schemas']['WaitingList']
export type WaitingListEntry = components['schemas']['WaitingListEntry']

/** The queue of the reader's district in its order; with a form, only those who can use it. */
export function waitingListQuery(form: PlaceForm | undefined) {
  return queryOptions({
    queryKey: ['waiting-list', form ?? 'all'],
    queryFn: ({ signal }) =>
      jsonAnswer<WaitingList>(
        api.GET('/api/v1/waiting-lists', { params: { query: form === undefined ? {} : { form } }, signal }),
      ),
  })
}
