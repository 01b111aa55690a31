import { useSuspenseQuery } from '@tanstack/react-query'
import { sessionQuery } from '../api/session.ts'

/** The day the service reckons with; in the demo it stands still. */
export function useToday(): string {
  return useSuspenseQuery(sessionQuery).data.today
}
