import type { PlaceVariant, UsualPlace } from '../../domain/matching/possiblePlaces.ts'
import {
  behaviourName,
  decimal,
  featureName,
  genderName,
  listed,
  placesInWords,
  securityName,
} from '../../domain/words.ts'

export const VARIANT_NAMES: Record<PlaceVariant, string> = {
  usual: 'Vanlig',
  accessible: 'Tilpasset rullestol',
}

/** Said wherever a price is: what it is, and what it leaves out. */
export const NOTICE =
  'Tallene sier hva som hadde endret seg i kjøringen om det fantes én plass til, ledig fra kjøringens dag. Det er det samme som å legge til plassen og regne alt på nytt. Kjøringen er da regnet uten grensene som bare kan brytes av flere flyttinger sammen: hvor lang en kjede kan være, hvilke dager den går over, og hvem som ikke kan bo sammen. Er mange flyttinger med, kan virkningen derfor bli mindre. Virkningen av to nye plasser er ikke summen av dem hver for seg.'

/** What the place is taken to be, and how many places it is made after: «Inntil 1 person, med eget bad. Huset er for egen bydel. …» */
export function placeInWords(place: UsualPlace): string {
  const { features, maxHousehold, basedOn, variant } = place
  const size = `Inntil ${maxHousehold === 1 ? '1 person' : `${maxHousehold} personer`}`
  const has = features.length === 0 ? '' : `, med ${listed(features.map(featureName))}`
  const from =
    basedOn === 0
      ? 'Kjøringen har ingen plasser av boligformen, så den er regnet som et hus som tar imot alle.'
      : `Slik er de fleste av ${placesInWords(basedOn)} i kjøringen${variant === 'accessible' ? ', bortsett fra tilpasningen' : ''}.`
  return `${size}${has}. ${houseInWords(place)} ${from}`
}

function houseInWords(place: UsualPlace): string {
  const { serves, minAge, maxAge, genders, substanceStance, maxBehaviour, maxSecurity, childrenAllowed, petsAllowed } =
    place
  const whom = [
    serves === 'city' ? 'hele byen' : 'egen bydel',
    ...(minAge === null ? [] : [`fra ${decimal(minAge)} år`]),
    ...(maxAge === null ? [] : [`til og med ${decimal(maxAge)} år`]),
    ...(genders.length === 0 ? [] : [`bare ${listed(genders.map(genderName))}`]),
  ].join(', ')
  const sober = substanceStance === 'substance_free' ? 'er rusfritt' : 'har ikke krav om rusfrihet'
  return `Huset er for ${whom}. Det ${sober}, ${companyInWords(childrenAllowed, petsAllowed)}, og klarer til og med ${behaviourName(maxBehaviour)} og ${securityName(maxSecurity)}.`
}

function companyInWords(children: boolean, pets: boolean): string {
  if (children && pets) return 'tar imot barn og dyr'
  if (children) return 'tar imot barn, ikke dyr'
  return pets ? 'tar imot dyr, ikke barn' : 'tar ikke imot barn eller dyr'
}
