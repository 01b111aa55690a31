import type { Need } from '../../api/types.ts'
import { counted } from '../../ui/numbers.ts'

export const statusNames: Record<Need['status'], string> = {
  draft: 'Kladd',
  registered: 'Registrert',
  withdrawn: 'Trukket',
  closed: 'Dekket',
}

/** The class as it is said: «1 – Uten trygt sted i natt». */
export function urgencyInWords({
  urgencyClass,
  className,
}: Pick<Need['urgency'], 'urgencyClass' | 'className'>): string {
  return `${urgencyClass} – ${className}`
}

/** «1 person, født 1980», «3 personer». */
export function householdInWords({ householdSize, resident }: Pick<Need, 'householdSize' | 'resident'>): string {
  const people = counted(householdSize, 'person', 'personer')
  return resident.birthYear === null ? people : `${people}, født ${resident.birthYear}`
}
