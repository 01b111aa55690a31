import type { Child, NewResident, Resident, ResidentChanges } from '../../api/types.ts'

/** A person and her household as the form shows them, on one level, so that each field is saved by itself. */
export type PersonValues = {
  name: string
  /** What is typed now; the service never hands out a number it has. */
  personalNumber: string
  birthDate: string | null
  gender: Resident['gender']
  phone: string | null
  addressProtection: Resident['addressProtection']
  language: Resident['language']
  interpreter: boolean
  contactPerson: string | null
  individualPlanOfferedOn: string | null
  individualPlanAnswer: Resident['individualPlanAnswer']
  individualPlanAnsweredOn: string | null
  adults: number
  pets: boolean | null
  children: Child[]
}

/** Nothing known yet. A name or number that was searched for need not be typed again. */
export function blankPerson(known: Partial<Pick<PersonValues, 'name' | 'personalNumber'>> = {}): PersonValues {
  return {
    name: '',
    personalNumber: '',
    birthDate: null,
    gender: 'unknown',
    phone: null,
    addressProtection: 'none',
    language: 'nb',
    interpreter: false,
    contactPerson: null,
    individualPlanOfferedOn: null,
    individualPlanAnswer: null,
    individualPlanAnsweredOn: null,
    adults: 1,
    pets: null,
    children: [],
    ...known,
  }
}

/** A stored person as the form shows her. */
export function personValues(resident: Resident): PersonValues {
  const { id: _, version, district, personalNumberEnding, synthetic, household, openNeedId, ...person } = resident
  const { adults, pets, children } = household
  return { ...person, personalNumber: '', adults, pets, children }
}

/** What a PATCH of the changed fields sends. An emptied number field means that the stored number stays. */
export function personChanges(changes: Partial<PersonValues>): ResidentChanges {
  const { adults, pets, children, personalNumber, ...person } = changes
  const household = {
    ...(adults === undefined ? {} : { adults }),
    ...(pets === undefined ? {} : { pets }),
    ...(children === undefined ? {} : { children }),
  }
  return {
    ...person,
    ...(personalNumber === undefined || personalNumber.trim() === '' ? {} : { personalNumber }),
    ...(Object.keys(household).length === 0 ? {} : { household }),
  }
}

/** What a POST sends for a person that `district` registers. */
export function newPerson(values: PersonValues, district: string): NewResident {
  const { adults, pets, children, personalNumber, ...person } = values
  return {
    ...person,
    district,
    personalNumber: personalNumber.trim() === '' ? null : personalNumber,
    household: { adults, pets, children },
  }
}

/** What somebody typed into the search: eleven digits, however spaced, are a personal number, the rest is a name. */
export function residentSearch(typed: string): { personalNumber: string } | { name: string } {
  const text = typed.trim()
  const digits = text.replaceAll(/\s/g, '')
  return /^\d{6,}$/.test(digits) ? { personalNumber: digits } : { name: text }
}

/** The children of a household in words: «1 bor fast, 2 er på besøk», «ingen». */
export function childrenInWords(children: Child[]): string {
  const living = children.filter(({ arrangement }) => arrangement === 'living').length
  const visiting = children.length - living
  const parts = [
    ...(living === 0 ? [] : [`${living} bor fast`]),
    ...(visiting === 0 ? [] : [`${visiting} er på besøk`]),
  ]
  return parts.length === 0 ? 'ingen' : parts.join(', ')
}
