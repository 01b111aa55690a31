import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import type { paths } from './openapi.generated.ts'

/** Who is signed in, what day the service says it is, and whether the data is made up. */
export type Session = paths['/api/v1/session']['get']['responses']['200']['content']['application/json']
export type SignedInPerson = NonNullable<Session['person']>
export type DemoPerson = NonNullable<Session['demoPeople']>[number]

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => answer<Session>(api.GET('/api/v1/session', { signal })),
  staleTime: 30_000,
})

/** Signs in as one of the ready-made people of the demo. @throws ApiError */
export async function signInAs(person: DemoPerson['person']): Promise<void> {
  await answer(api.POST('/api/v1/session/demo', { body: { person } }))
}

/**
 * Ends the session, or all of the person's. @throws ApiError
 * @returns where the browser goes on to sign out at the organisation too, or undefined
 */
export async function signOut(everywhere: boolean): Promise<string | undefined> {
  const ended = everywhere ? api.DELETE('/api/v1/sessions') : api.DELETE('/api/v1/session')
  return (await answer(ended))?.continueAt
}

/** Where the browser signs in by the organisation, and comes back to `from`. */
export function organisationSignIn(from: string | undefined): string {
  return `/api/v1/session/sign-in${from === undefined ? '' : `?${new URLSearchParams({ returnTo: from })}`}`
}

/** What the table of capabilities has a row for. */
export type Capability = SignedInPerson['capabilities'][number]

/**
 * What the signed-in person may do, as the service's table of capabilities says it; nothing while nobody is signed in. The
 * service decides; this only hides what would be refused.
 */
export function useMay(): (capability: Capability) => boolean {
  const { data: session } = useQuery(sessionQuery)
  return (capability) => may(session?.person, capability)
}

/** The same of a person at hand, outside a component. */
export function may(person: SignedInPerson | undefined, capability: Capability): boolean {
  return person?.capabilities.includes(capability) ?? false
}
