import type { Day } from '../day.ts'
import { leaseEnd } from '../lease.ts'
import { formatDay } from '../words.ts'

/** Money is whole kroner; null is not known yet. */
export interface RentalFacts {
  landlordId: string | null
  address: string | null
  rentMonth: number | null
  electricityMonth: number | null
  guarantee: 'not_decided' | 'none' | 'guarantee' | 'deposit'
  guaranteeAmount: number | null
  housingAllowance: 'not_applied' | 'applied' | 'granted' | 'refused'
  housingAllowanceMonth: number | null
  leaseFrom: Day | null
  leaseUntil: Day | null
}

/** What the home costs the household a month, as far as it is known, and what is not known. */
export interface RentalCost {
  /** Rent and electricity, kroner a month; null while either is not known. */
  grossMonth: number | null
  /** Less the housing allowance that is granted; null while anything in it is not known. Never less than nothing. */
  netMonth: number | null
  /** Kroner once, before moving in; null while not known. */
  beforeMoveIn: number | null
  /** Each as a sentence. */
  missing: string[]
}

/** Sums up the worksheet. A number that is not known is said to be missing, and makes the sums it is in unknown: no guess. */
export function rentalCost(facts: RentalFacts): RentalCost {
  const { rentMonth, electricityMonth, housingAllowance, housingAllowanceMonth, guarantee, guaranteeAmount } = facts
  const grossMonth = rentMonth === null || electricityMonth === null ? null : rentMonth + electricityMonth
  // an allowance that is not granted is not counted on
  const allowance = housingAllowance === 'granted' ? housingAllowanceMonth : 0
  const netMonth = grossMonth === null || allowance === null ? null : Math.max(0, grossMonth - allowance)
  const beforeMoveIn = guarantee === 'not_decided' ? null : guarantee === 'deposit' ? guaranteeAmount : 0
  const missing = [
    facts.landlordId === null ? 'Utleier er ikke valgt.' : null,
    facts.address === null ? 'Adressen er ikke skrevet.' : null,
    rentMonth === null ? 'Husleien er ikke kjent.' : null,
    electricityMonth === null ? 'Strøm er ikke kjent.' : null,
    guarantee === 'not_decided' ? 'Garanti eller depositum er ikke avklart.' : null,
    (guarantee === 'deposit' || guarantee === 'guarantee') && guaranteeAmount === null
      ? 'Beløpet for garanti eller depositum er ikke kjent.'
      : null,
    housingAllowance === 'not_applied' ? 'Det er ikke søkt om bostøtte.' : null,
    housingAllowance === 'applied' ? 'Svar på søknaden om bostøtte er ikke kommet.' : null,
    housingAllowance === 'granted' && housingAllowanceMonth === null ? 'Bostøtten er ikke kjent.' : null,
    facts.leaseFrom === null ? 'Leietiden er ikke avtalt.' : null,
  ].filter((sentence) => sentence !== null)
  return { grossMonth, netMonth, beforeMoveIn, missing }
}

/** Private leases last at least this long unless they are open-ended (husleieloven § 9-3, LEASE_POLICY). */
export function shortLease(facts: Pick<RentalFacts, 'leaseFrom' | 'leaseUntil'>, atLeastYears: number): boolean {
  const { leaseFrom, leaseUntil } = facts
  if (leaseFrom === null || leaseUntil === null) return false
  return leaseUntil < leaseEnd(leaseFrom, atLeastYears)
}

/** A tilvisningsavtale on `today`, in words; null where there is none. */
export function referralRightInWords(
  { referralHomes, referralUntil }: { referralHomes: number | null; referralUntil: Day | null },
  today: Day,
): string | null {
  if (referralHomes === null) return null
  const homes = referralHomes === 1 ? '1 bolig' : `${referralHomes} boliger`
  if (referralUntil === null) return `Tilvisningsavtale for ${homes}.`
  return referralUntil < today
    ? `Tilvisningsavtalen for ${homes} gikk ut ${formatDay(referralUntil)}.`
    : `Tilvisningsavtale for ${homes} til og med ${formatDay(referralUntil)}.`
}

/** Whether a tilvisningsavtale holds on `today`; its last day is in it. */
export function referralRight(
  { referralHomes, referralUntil }: { referralHomes: number | null; referralUntil: Day | null },
  today: Day,
): 'none' | 'in_force' | 'ended' {
  if (referralHomes === null) return 'none'
  return referralUntil !== null && referralUntil < today ? 'ended' : 'in_force'
}
