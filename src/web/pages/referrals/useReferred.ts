import { useQuery } from '@tanstack/react-query'
import { rightsOfReturnQuery } from '../../api/stays.ts'
import { useReference } from '../../ui/names.ts'

type OfHouse = { form: string; facilityId: string }

/**
 * Which places a need gets on a referral alone: VEL's, unless it comes back to the house by right.
 * @param enabled the reader may give places; else nothing is asked and the answer is of no use
 */
export function useReferred(needId: string, enabled = true): (place: OfHouse) => boolean {
  const { forms } = useReference()
  const { data: rights = [] } = useQuery({ ...rightsOfReturnQuery(needId), enabled })
  return ({ form, facilityId }) =>
    forms.some(({ id, givenBy }) => id === form && givenBy === 'vel') &&
    !rights.some((right) => right.form === form && right.facilityId === facilityId)
}
