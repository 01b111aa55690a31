/** Which district and form are looked at, and whether places are adapted for a wheelchair; nobody’s data. */
export type OnePlaceMoreSearch = { bydel?: string; boligform?: string; utgave?: 'tilpasset' }

/** The search as the address has it; what is not known is left out. */
export function readOnePlaceMoreSearch({ bydel, boligform, utgave }: Record<string, unknown>): OnePlaceMoreSearch {
  return {
    ...(typeof bydel === 'string' && /^0301\d{2}$/.test(bydel) ? { bydel } : {}),
    ...(typeof boligform === 'string' && /^[a-z0-9_]{1,40}$/.test(boligform) ? { boligform } : {}),
    ...(utgave === 'tilpasset' ? { utgave } : {}),
  }
}
