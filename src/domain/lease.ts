import { LEASE_POLICY } from '../reference/policies.ts'
import { addDays, addMonths, type Day } from './day.ts'

/** What the length of a municipal lease follows from. */
export interface LeaseFacts {
  /** Of the children who live in the household. */
  childrenBornIn: readonly number[]
  /** The household rents a municipal home already, so that this is not its first lease. */
  rentsMunicipal: boolean
}

/** How long a lease is proposed to last. */
export interface LeaseProposal {
  years: number
  /** The first day after the lease. */
  to: Day
  /** Why, as the user reads it. */
  sentence: string
}

const MUNICIPAL: readonly string[] = ['municipal', 'municipal_support']

/** The first day after a lease of whole years. One that begins on 29 February lasts through 28 February of a year without. */
export function leaseEnd(from: Day, years: number): Day {
  const end = addMonths(from, years * 12)
  return end.slice(8) === from.slice(8) ? end : addDays(end, 1)
}

/**
 * Whether a child of the ages that the policy names lives in the household on `on`. The birth year alone is known: a child
 * counts for as long as she may be of that age.
 */
function childrenCount(bornIn: readonly number[], on: Day): boolean {
  const { childAgeFrom, childAgeTo } = LEASE_POLICY.municipal
  const thisYear = Number(on.slice(0, 4))
  return bornIn.some((year) => thisYear - year - 1 <= childAgeTo && thisYear - year >= childAgeFrom)
}

/**
 * How long a municipal lease that begins on `from` is proposed to last: the first one longer than the next, and longer where
 * children live. Null for a form that is not a municipal home: no rule here says how long its lease lasts.
 */
export function leaseProposal(
  form: string,
  from: Day,
  { childrenBornIn, rentsMunicipal }: LeaseFacts,
): LeaseProposal | null {
  if (!MUNICIPAL.includes(form)) return null
  const { firstYears, thenYears, withChildrenFirstYears, withChildrenThenYears, childAgeFrom, childAgeTo } =
    LEASE_POLICY.municipal
  const children = childrenCount(childrenBornIn, from)
  const years = rentsMunicipal
    ? children
      ? withChildrenThenYears
      : thenYears
    : children
      ? withChildrenFirstYears
      : firstYears
  const which = rentsMunicipal ? 'husstanden leier kommunal bolig fra før' : 'det er den første kommunale kontrakten'
  const who = children ? `barn mellom ${childAgeFrom} og ${childAgeTo} år bor der` : 'ingen barn under 15 år bor der'
  return {
    years,
    to: leaseEnd(from, years),
    sentence: `Forslaget er ${years} år, fordi ${which} og ${who.replace('under 15', `under ${childAgeTo + 1}`)}. Regelen er ikke kontrollert.`,
  }
}
