/**
 * The places that are compared with a need, and the one that is to be given and the run that proposed it: none of it is a person's
 * data.
 */
export type NeedSearch = { plasser?: string; tilby?: string; kjoring?: string }

/** As it stands in the address; what is not known there is left out. */
export function readNeedSearch({ plasser, tilby, kjoring }: Record<string, unknown>): NeedSearch {
  return {
    ...(typeof plasser === 'string' ? { plasser } : {}),
    ...(typeof tilby === 'string' ? { tilby } : {}),
    ...(typeof kjoring === 'string' ? { kjoring } : {}),
  }
}
