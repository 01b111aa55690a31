import { readDistrict, readForm } from '../../ui/searchValues.ts'

/** Which district and form are looked at, and whether places are adapted for a wheelchair; nobody’s data. */
export type OnePlaceMoreSearch = { bydel?: string; boligform?: string; utgave?: 'tilpasset' }

/** The search as the address has it; what is not known is left out. */
export function readOnePlaceMoreSearch({ bydel, boligform, utgave }: Record<string, unknown>): OnePlaceMoreSearch {
  return {
    ...readDistrict(bydel),
    ...readForm(boligform),
    ...(utgave === 'tilpasset' ? { utgave } : {}),
  }
}
