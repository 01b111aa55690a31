import type { ImportKind } from './importColumns.ts'

/** What the values of one row may not say together. */
export interface RowRule {
  readonly column: string
  readonly code: string
  readonly detail: string
  readonly broken: (values: Readonly<Record<string, unknown>>, today: string) => boolean
}

type Values = Readonly<Record<string, unknown>>

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const given = (value: unknown): boolean => value !== undefined

/** True when both days are given and no day lies between: ranges are half-open (lesson 3). */
function isEmpty(values: Values, from: string, to: string): boolean {
  const [first, end] = [textOf(values[from]), textOf(values[to])]
  return first !== undefined && end !== undefined && end <= first
}

const notEmpty = (from: string, to: string): RowRule => ({
  column: to,
  code: 'empty_range',
  detail: 'Perioden er tom. Til-datoen må være etter fra-datoen.',
  broken: (values) => isEmpty(values, from, to),
})

const past = (column: string): RowRule => ({
  column,
  code: 'in_the_future',
  detail: 'Datoen kan ikke være i fremtiden.',
  broken: (values, today) => (textOf(values[column]) ?? '') > today,
})

const needs = (column: string, other: string, detail: string): RowRule => ({
  column,
  code: 'missing',
  detail,
  broken: (values) => given(values[other]) && !given(values[column]),
})

const notBorn = (column: string): RowRule => ({
  column,
  code: 'in_the_future',
  detail: 'Fødselsåret kan ikke være i fremtiden.',
  broken: (values, today) => listOf(values[column]).some((year) => Number(year) > Number(today.slice(0, 4))),
})

const PERSON = [past('birthDate'), notBorn('childrenLiving'), notBorn('childrenVisiting')]

/** The rules of one row, each with the column that must be mended. */
export const RULES: Record<ImportKind, readonly RowRule[]> = {
  places: [
    notEmpty('opensOn', 'closesOn'),
    notEmpty('facilityOpensOn', 'facilityClosesOn'),
    {
      column: 'maxAge',
      code: 'below_min_age',
      detail: 'Øvre aldersgrense kan ikke være lavere enn den nedre.',
      broken: (values) => given(values.minAge) && given(values.maxAge) && Number(values.maxAge) < Number(values.minAge),
    },
    {
      column: 'servedDistricts',
      code: 'missing',
      detail: 'Skriv hvilke bydeler botilbudet er for.',
      broken: ({ serves, servedDistricts }) => serves === 'listed_districts' && !given(servedDistricts),
    },
  ],
  needs: [
    ...PERSON,
    past('situationSince'),
    past('readyToMoveOnSince'),
    past('privateRentalConsideredOn'),
    past('registeredOn'),
    past('endedOn'),
    notEmpty('neededFrom', 'neededTo'),
    needs('neededFrom', 'neededTo', 'Skriv også når boligen trengs fra.'),
    {
      column: 'privateRentalReason',
      code: 'missing',
      detail: 'Skriv hvorfor dere går videre uten å ha vurdert privat leie.',
      broken: ({ privateRental, privateRentalReason }) => privateRental === 'overridden' && !given(privateRentalReason),
    },
    {
      column: 'wantedFeatures',
      code: 'also_required',
      detail: 'Noe står både som krav og som ønske. Velg ett av stedene.',
      broken: ({ requiredFeatures, wantedFeatures }) =>
        listOf(wantedFeatures).some((feature) => listOf(requiredFeatures).includes(feature)),
    },
    needs('forms', 'registeredOn', 'Et registrert behov må ha minst én boligform.'),
    needs('forms', 'endedOn', 'Et registrert behov må ha minst én boligform.'),
    needs('endedOn', 'endedReason', 'Skriv også når behovet ble avsluttet.'),
    {
      column: 'endedOn',
      code: 'before_registration',
      detail: 'Behovet kan ikke være avsluttet før det ble registrert.',
      broken: ({ registeredOn, endedOn }) =>
        given(registeredOn) && given(endedOn) && (textOf(endedOn) ?? '') < (textOf(registeredOn) ?? ''),
    },
  ],
  stays: [
    ...PERSON,
    notEmpty('from', 'to'),
    past('from'),
    {
      column: 'to',
      code: 'in_the_future',
      detail: 'Et opphold er det som har skjedd. Skriv en kommende utflytting i «Forventet til».',
      broken: ({ to }, today) => (textOf(to) ?? '') > today,
    },
    past('readyToMoveOnSince'),
    needs('facility', 'label', 'Skriv også hvilket botilbud plassen hører til.'),
    needs('label', 'facility', 'Skriv også hvilken plass i botilbudet.'),
    {
      column: 'form',
      code: 'missing',
      detail: 'Skriv hvilken plass det er, eller boligformen når boligen ikke er en av våre plasser.',
      broken: ({ form, placeId, label, facility }) =>
        !given(form) && !given(placeId) && !given(label) && !given(facility),
    },
  ],
}
