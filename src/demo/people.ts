import { type DayNumber, dayOf } from './calendar.ts'
import type { Random } from './random.ts'

const WOMEN = [
  'Aisha',
  'Anita',
  'Anne',
  'Astrid',
  'Berit',
  'Camilla',
  'Elin',
  'Eva',
  'Fatima',
  'Grete',
  'Hanne',
  'Hilde',
  'Hodan',
  'Ida',
  'Ingrid',
  'Irene',
  'Jorunn',
  'Kari',
  'Katarzyna',
  'Khadija',
  'Kristin',
  'Lena',
  'Linda',
  'Liv',
  'Maria',
  'Marit',
  'Mette',
  'Mona',
  'Nadia',
  'Nina',
  'Olena',
  'Ragnhild',
  'Randi',
  'Samira',
  'Shazia',
  'Silje',
  'Siri',
  'Solveig',
  'Sunniva',
  'Synne',
  'Thi Lan',
  'Tone',
  'Torill',
  'Trine',
  'Turid',
  'Unni',
  'Vigdis',
  'Wenche',
  'Yasmin',
  'Zahra',
]
const MEN = [
  'Abdi',
  'Ahmed',
  'Ali',
  'Anders',
  'Arild',
  'Arne',
  'Asbjørn',
  'Bjørn',
  'Dag',
  'Daniel',
  'Eirik',
  'Erik',
  'Espen',
  'Fredrik',
  'Geir',
  'Gunnar',
  'Hassan',
  'Henrik',
  'Håkon',
  'Ibrahim',
  'Ivar',
  'Jan',
  'Jonas',
  'Jørgen',
  'Kjell',
  'Kristian',
  'Lars',
  'Magnus',
  'Mahmoud',
  'Martin',
  'Mohamed',
  'Morten',
  'Odd',
  'Ola',
  'Omar',
  'Piotr',
  'Roar',
  'Roger',
  'Rune',
  'Sindre',
  'Stein',
  'Svein',
  'Terje',
  'Thomas',
  'Tor',
  'Trond',
  'Tuan',
  'Vidar',
  'Yusuf',
  'Øystein',
]
// Put together so that nobody bears them: a made-up person must not be taken for a real one.
const SURNAME_FIRST = [
  'Agat',
  'Blåvær',
  'Bølge',
  'Dugg',
  'Eplehage',
  'Fjellregn',
  'Flo',
  'Glimmer',
  'Grågås',
  'Hasselnøtt',
  'Havblikk',
  'Hvitveis',
  'Istapp',
  'Kanel',
  'Kvitrev',
  'Lanterne',
  'Måneskinn',
  'Nattlys',
  'Nordavind',
  'Oktober',
  'Perle',
  'Regnbue',
  'Rim',
  'Safran',
  'Silke',
  'Snøfnugg',
  'Solgangs',
  'Stjerne',
  'Sommer',
  'Timian',
  'Tinde',
  'Vinter',
  'Vår',
  'Østavind',
]
const SURNAME_LAST = [
  'berget',
  'botn',
  'dalsvik',
  'fallet',
  'gård',
  'holmen',
  'klev',
  'lien',
  'moen',
  'nesvik',
  'odden',
  'rabben',
  'skar',
  'stølen',
  'tangen',
  'vågen',
]

/** An invented name. */
export function nameFor(gender: 'woman' | 'man' | 'other', random: Random): string {
  const first = gender === 'woman' ? WOMEN : gender === 'man' ? MEN : random.pick([WOMEN, MEN])
  return `${random.pick(first)} ${random.pick(SURNAME_FIRST)}${random.pick(SURNAME_LAST)}`
}

/** A telephone number that nobody can have: Norwegian numbers do not begin with 0. */
export function phoneNumber(random: Random): string {
  return `+47 00${random.below(10)} ${String(random.below(100)).padStart(2, '0')} ${String(random.below(1000)).padStart(3, '0')}`
}

const SYNTHETIC_MONTH = 80
const FIRST_WEIGHTS = [3, 7, 6, 1, 8, 9, 4, 5, 2]
const SECOND_WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]

function control(digits: string, weights: readonly number[]): number {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return (11 - (sum % 11)) % 11
}

/**
 * A synthetic personal number for a birthday: the month is raised by 80, so it can never be a real person's. `taken` holds
 * those already given out. The individual numbers of a day are the registry's: 000–499 for 1940–1999, 500–999 from 2000, and
 * 000–499 or 500–749 before that. Odd for men, even for women.
 */
export function personalNumber(
  born: DayNumber,
  gender: 'woman' | 'man' | 'other',
  taken: Set<string>,
  random: Random,
): string {
  const day = dayOf(born)
  const year = Number(day.slice(0, 4))
  const month = Number(day.slice(5, 7)) + SYNTHETIC_MONTH
  const date = `${day.slice(8)}${month}${day.slice(2, 4)}`
  const lowest = year >= 2000 ? 500 : 0
  const parity = gender === 'woman' ? 0 : gender === 'man' ? 1 : random.below(2)
  for (let tried = 0; tried < 4000; tried += 1) {
    const individual = lowest + random.below(250) * 2 + parity
    const nine = `${date}${String(individual).padStart(3, '0')}`
    const first = control(nine, FIRST_WEIGHTS)
    const second = control(`${nine}${first}`, SECOND_WEIGHTS)
    const number = `${nine}${first}${second}`
    if (first === 10 || second === 10 || taken.has(number)) continue
    taken.add(number)
    return number
  }
  throw new RangeError(`no free number left on ${day}`)
}

const LANGUAGE_TAGS = ['nb', 'nn', 'en', 'so', 'ar', 'ur', 'pl', 'ti', 'fa', 'uk', 'vi', 'tr']
const LANGUAGE_WEIGHTS = [760, 20, 25, 45, 40, 30, 25, 20, 12, 10, 8, 5]

/** The language somebody wants to talk in, and whether with an interpreter. */
export function languageOf(random: Random): { language: string; interpreter: boolean } {
  const language = LANGUAGE_TAGS[random.weighted(LANGUAGE_WEIGHTS)] ?? 'nb'
  return { language, interpreter: !['nb', 'nn', 'en'].includes(language) && random.chance(620) }
}

const TEAMS = ['booppfølgingen', 'rusteamet', 'Helse og mestring', 'NAV', 'FACT voksen', 'psykisk helseteam']

/** Who in the services the person talks with. */
export function contactPerson(random: Random): string {
  return `${nameFor(random.chance(620) ? 'woman' : 'man', random)}, ${random.pick(TEAMS)}`
}
