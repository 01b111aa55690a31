/** What of the chains is shown; no person’s data, so it lives in the address. */
export type ChainSearch = { vis?: 'ferdige' }

/** The search as the address has it; what is not known is left out. */
export function readChainSearch({ vis }: Record<string, unknown>): ChainSearch {
  return vis === 'ferdige' ? { vis } : {}
}
