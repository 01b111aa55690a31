import type { Need, ReadinessItem, Resident } from '../../api/types.ts'
import type { TaskState } from '../../form/TaskList.tsx'
import { counted } from '../../ui/numbers.ts'

/** The themes of a registration, in order. The id is the last part of the address. */
export const themes = [
  { id: 'person', title: 'Personen og husstanden' },
  { id: 'situasjon', title: 'Situasjonen nå' },
  { id: 'boligform', title: 'Boligform' },
  { id: 'bolig', title: 'Krav og ønsker til boligen' },
  { id: 'hus', title: 'Hva huset må kunne ta imot' },
  { id: 'privat-leie', title: 'Privat leie først' },
  { id: 'kartlegging', title: 'Kartlegging' },
  { id: 'samtykke', title: 'Samtykker' },
  { id: 'ikke-sammen', title: 'Skal ikke bo sammen' },
  { id: 'viktig', title: 'Hva er viktig for deg?' },
] as const

export type ThemeId = (typeof themes)[number]['id']

/** Where what readiness misses can be filled in. */
const themeOfItem: Record<string, ThemeId> = {
  forms_stated: 'boligform',
  window_stated: 'bolig',
  responsible_district_resolved: 'situasjon',
  assessment_current: 'kartlegging',
  private_rental_considered: 'privat-leie',
  service_decision: 'boligform',
  consent_sharing: 'samtykke',
  individual_plan_offered: 'person',
  contact_person: 'person',
}

/** The theme that a readiness item is answered in; the first one when it is not known. */
export function themeFor(item: Pick<ReadinessItem, 'id'>): ThemeId {
  return themeOfItem[item.id] ?? 'person'
}

/** The theme of an address, and which comes after it. */
export function themeAt(id: string): { position: number; theme: (typeof themes)[number]; next: ThemeId | null } | null {
  const index = themes.findIndex((theme) => theme.id === id)
  const theme = themes[index]
  return theme === undefined ? null : { position: index + 1, theme, next: themes[index + 1]?.id ?? null }
}

const municipalForms = new Set(['municipal', 'municipal_support'])

/** Private rental is considered before a municipal home is offered, and only then. */
export function asksForMunicipalHome(need: Pick<Need, 'forms'>): boolean {
  return need.forms.some((form) => municipalForms.has(form))
}

export type Progress = { state: TaskState; note?: string }

type Facts = {
  need: Need
  resident: Resident
  /** How many people this person must not live with. */
  neverTogether: number
}

/** How far each theme has come, from what is stored and not from what has been looked at. */
export function progressOf({ need, resident, neverTogether }: Facts): Record<ThemeId, Progress> {
  const item = (id: string) => need.readiness.find((candidate) => candidate.id === id)
  return {
    person: filled([resident.birthDate !== null, resident.gender !== 'unknown', resident.household.pets !== null], 1),
    situasjon: filled([need.origin !== null, need.situationSince !== null]),
    boligform:
      need.forms.length > 0
        ? { state: 'done' }
        : { state: 'not_started', note: 'Må være svart på før behovet kan registreres.' },
    bolig: saysSomethingOfHome(need) ? { state: 'done' } : { state: 'optional' },
    hus: filled([need.substanceStance !== 'unknown', need.behaviour !== null, need.security !== null]),
    'privat-leie': privateRental(need),
    kartlegging: assessed(item('assessment_current')),
    samtykke: consented(item('consent_sharing')),
    'ikke-sammen': neverTogether > 0 ? { state: 'done', note: people(neverTogether) } : { state: 'optional' },
    viktig: need.whatMatters === null ? { state: 'optional' } : { state: 'done' },
  }
}

/** @param atLeast how many answers count as begun even when none of these is given */
function filled(answers: boolean[], atLeast = 0): Progress {
  const given = answers.filter(Boolean).length
  if (given === answers.length) return { state: 'done' }
  return { state: given + atLeast > 0 ? 'started' : 'not_started' }
}

function saysSomethingOfHome(need: Need): boolean {
  const lists = [
    need.requiredFeatures,
    need.wantedFeatures,
    need.wantedDistricts,
    need.excludedDistricts,
    need.excludedFacilities,
  ]
  return need.neededDuring !== null || lists.some((list) => list.length > 0)
}

function privateRental(need: Need): Progress {
  if (!asksForMunicipalHome(need)) return { state: 'not_needed', note: 'Bare når en kommunal bolig er aktuell.' }
  return { state: need.privateRental === 'not_considered' ? 'not_started' : 'done' }
}

function assessed(item: ReadinessItem | undefined): Progress {
  if (item === undefined) return { state: 'optional', note: 'Trengs ikke for det som haster nå.' }
  return item.present ? { state: 'done' } : { state: 'not_started', note: 'Mangler, eller er for gammel.' }
}

function consented(item: ReadinessItem | undefined): Progress {
  if (item === undefined) return { state: 'not_needed', note: 'Trengs for private leverandører og utleiere.' }
  return { state: item.present ? 'done' : 'not_started' }
}

function people(count: number): string {
  return counted(count, 'person', 'personer')
}
