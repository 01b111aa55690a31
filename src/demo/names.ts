import { DISTRICTS } from '../reference/districts.ts'
import type { HouseForm } from './houseKinds.ts'
import type { Stock } from './plan.ts'
import type { Random } from './random.ts'
import type { House } from './simulated.ts'

// Invented: flowers, birds and what Oslo's names end in. Nobody lives there.
const FIRST = [
  'Blåknapp',
  'Einstape',
  'Engkarse',
  'Gaupe',
  'Geitrams',
  'Hegre',
  'Humleblom',
  'Hvitkløver',
  'Kattugle',
  'Kvitveis',
  'Lerkespore',
  'Linerle',
  'Løvmeis',
  'Marihøne',
  'Myrull',
  'Nattravn',
  'Nøtteskrike',
  'Orrhane',
  'Perleugle',
  'Rognebær',
  'Røyskatt',
  'Skogstjerne',
  'Snøklokke',
  'Svarttrost',
  'Sølvbunke',
  'Tiriltunge',
  'Tranebær',
  'Trollhegg',
  'Vendelrot',
  'Vindrose',
]
const PLACES = ['lia', 'tunet', 'kollen', 'haugen', 'sletta', 'hagen', 'åsen', 'bråten', 'jordet', 'løkken']
const STREETS = ['veien', 'bakken', 'faret', 'stien', 'svingen', 'gata', 'terrasse']

const KIND_OF_HOUSE: Record<Exclude<HouseForm, 'municipal' | 'private' | 'private_support'>, readonly string[]> = {
  temporary: ['midlertidig botilbud', 'husrom'],
  vel_emergency: ['akutt', 'mottak'],
  vel_assessment: ['utredning'],
  vel_coping: ['mestringshus'],
  vel_resource: ['ressurssenter'],
  vel_care: ['omsorgssenter'],
  vel_reinforced: ['forsterket'],
  long_term_home: ['langtidshjem'],
  private_institution: ['behandlingshjem', 'døgntilbud'],
  district_short_stay: ['korttid'],
  transitional: ['overgangsboliger'],
  citywide_specialised: ['byomfattende botilbud'],
  colocated_24h: ['bofellesskap', 'samlokaliserte boliger'],
  colocated_day: ['bofellesskap', 'boliger med base'],
  assisted: ['omsorgsboliger'],
  municipal_support: ['boliger'],
}

const LANDLORDS = [
  'Løvmeis Eiendom AS',
  'Trollhegg Utleie AS',
  'Svarttrost Bolig AS',
  'Myrull Gårdsdrift AS',
  'Vindrose Utleieboliger AS',
]
const SUPPLIERS = [
  'Kattugle Omsorg AS',
  'Hegre Botilbud AS',
  'Stiftelsen Skogstjerne',
  'Einstape Døgnomsorg AS',
  'Geitrams Helse AS',
]
const NON_PROFITS = ['Stiftelsen Tranebærtunet', 'Linerla ideelle', 'Stiftelsen Rognebær']

/** A name nobody has used before: an address for ordinary homes, a place and what it is for the others. */
export function houseName(form: HouseForm, taken: Set<string>, random: Random): string {
  for (let tried = 0; ; tried += 1) {
    const first = random.pick(FIRST)
    const name =
      form === 'municipal' || form === 'private' || form === 'private_support'
        ? `${first}${random.pick(STREETS)} ${random.between(1, 60 + tried)}`
        : `${first}${random.pick(PLACES)} ${random.pick(KIND_OF_HOUSE[form])}${tried > 60 ? ` ${tried - 59}` : ''}`
    // three of a letter are written as two
    const spelled = name.replaceAll(/(\p{Letter})\1\1/gu, '$1$1')
    if (taken.has(spelled)) continue
    taken.add(spelled)
    return spelled
  }
}

/** An invented street and number. */
export function streetAddress(random: Random): string {
  return `${random.pick(FIRST)}${random.pick(STREETS)} ${random.between(1, 90)}`
}

/** The bydel's name with the word before it, as signs have it. */
function districtTitle(code: string): string {
  return `Bydel ${DISTRICTS.find((district) => district.code === code)?.name ?? code}`
}

/** Who runs a house of the stock. */
export function operatorOf(stock: Stock, district: string, random: Random): Pick<House, 'operator' | 'operatorKind'> {
  if (stock.operator === 'non_profit') return { operator: random.pick(NON_PROFITS), operatorKind: 'non_profit' }
  if (stock.form.startsWith('vel_')) return { operator: 'Velferdsetaten', operatorKind: 'vel' }
  switch (stock.form) {
    case 'private_institution':
      return { operator: random.pick(SUPPLIERS), operatorKind: 'private' }
    case 'private':
    case 'private_support':
      return { operator: random.pick(LANDLORDS), operatorKind: 'private' }
    case 'municipal':
    case 'municipal_support':
      return { operator: 'Boligbygg', operatorKind: 'boligbygg' }
    case 'long_term_home':
      return { operator: 'Sykehjemsetaten', operatorKind: 'nursing_home_agency' }
    default:
      return { operator: districtTitle(district), operatorKind: 'district' }
  }
}
