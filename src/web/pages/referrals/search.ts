/** What the list of referrals shows: those without a final answer, or those that have one; of one form or of all. */
export type ReferralSearch = { vis?: 'besvart'; boligform?: string }

/** As it stands in the address; what is not known there is left out. */
export function readReferralSearch({ vis, boligform }: Record<string, unknown>): ReferralSearch {
  return {
    ...(vis === 'besvart' ? { vis } : {}),
    ...(typeof boligform === 'string' ? { boligform } : {}),
  }
}
