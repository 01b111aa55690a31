import type { Facility } from '../../api/types.ts'
import type { Names } from '../../ui/names.ts'
import { counted } from '../../ui/numbers.ts'

type Criterion = { title: string; text: string }

/** What a facility requires or refuses, each as a line. Never a diagnosis. */
export function criteriaInWords(facility: Facility, names: Names): Criterion[] {
  return [
    { title: 'Hvem det er for', text: servesInWords(facility, names) },
    { title: 'Alder', text: ageInWords(facility) },
    {
      title: 'Kjønn',
      text:
        facility.genders.length === 0
          ? 'alle'
          : `bare ${facility.genders.map((one) => names.genderPlural(one)).join(' og ')}`,
    },
    { title: 'Rus', text: facility.substanceStance === 'substance_free' ? 'rusfritt hus' : 'ikke krav om rusfrihet' },
    { title: 'Behov knyttet til atferd', text: `til og med «${names.behaviour(facility.maxBehaviour)}»` },
    { title: 'Behov for sikkerhet', text: `til og med «${names.security(facility.maxSecurity)}»` },
    { title: 'Barn', text: facility.childrenAllowed ? 'barn kan bo og være på besøk' : 'ikke for barn' },
    { title: 'Dyr', text: facility.petsAllowed ? 'dyr er lov' : 'ikke dyr' },
    ...(facility.maxExtensiveBehaviour === null
      ? []
      : [
          {
            title: 'Hvem som bor sammen',
            text: `høyst ${facility.maxExtensiveBehaviour} med «${names.behaviour(3)}» behov samtidig`,
          },
        ]),
    { title: 'Inntak', text: admitsInWords(facility) },
  ]
}

function servesInWords({ serves, districtCode, servedDistricts }: Facility, names: Names): string {
  if (serves === 'city') return 'hele byen'
  if (serves === 'own_district') return names.district(districtCode)
  return servedDistricts.map((entry) => names.district(entry.districtCode)).join(', ')
}

function ageInWords({ minAge, maxAge }: Facility): string {
  if (minAge === null && maxAge === null) return 'alle aldre'
  if (maxAge === null) return `fra ${minAge} år`
  return minAge === null ? `til og med ${maxAge} år` : `${minAge}–${maxAge} år`
}

function admitsInWords({ admitting, notAdmittingReason }: Facility): string {
  if (admitting) return 'tar imot'
  return `tar ikke imot nå${notAdmittingReason === null ? '' : `: ${notAdmittingReason}`}`
}

/** How many new households a house takes in a month, and what that means. */
export function moveInsInWords(most: number | null): string {
  if (most === null) return 'Ingen har satt en grense for hvor mange nye husstander huset tar imot i måneden.'
  return `Huset tar imot høyst ${counted(most, 'ny husstand', 'nye husstander')} i en kalendermåned. En kjøring legger flere innflyttinger til en senere måned.`
}
