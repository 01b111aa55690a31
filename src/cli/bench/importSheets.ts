import { BOM, csvLine } from '../../http/csvText.ts'
import { workbookOf } from './workbook.ts'

/** A table as somebody would fill it in: a heading, and rows of what is typed. */
export type Table = readonly (readonly string[])[]
export type Cells = Readonly<Record<string, string>>

/** A table of rows by column: the heading has every name that some row has, in the order they come. */
export function tableOf(rows: readonly Cells[]): Table {
  const heading = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return [heading, ...rows.map((row) => heading.map((name) => row[name] ?? ''))]
}

export function csvOf(rows: readonly Cells[]): Buffer {
  return Buffer.from(BOM + tableOf(rows).map(csvLine).join(''))
}

export function xlsxOf(rows: readonly Cells[]): Buffer {
  return workbookOf(tableOf(rows))
}

const K1 = [3, 7, 6, 1, 8, 9, 4, 5, 2]
const K2 = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]

function control(digits: string, weights: readonly number[]): number {
  const rest = weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11
  return rest === 0 ? 0 : 11 - rest
}

/** Synthetic personal numbers with right control digits, each once: more than a hundred thousand of them. */
export function* personalNumbers(): Generator<string> {
  for (let individual = 100; individual < 500; individual += 1) {
    for (let date = 0; date < 28 * 12 * 40; date += 1) {
      const [day, month, year] = [1 + (date % 28), 81 + (Math.floor(date / 28) % 12), 50 + Math.floor(date / 336)]
      const nine = `${String(day).padStart(2, '0')}${month}${year}${individual}`
      const first = control(nine, K1)
      const second = control(`${nine}${first}`, K2)
      if (first < 10 && second < 10) yield `${nine}${first}${second}`
    }
  }
}

const at = <T>(values: readonly T[], index: number): T => values[index % values.length] as T

/** Places of a city: fifty to a house, each house said of in full. */
export function placeRows(count: number): Cells[] {
  return Array.from({ length: count }, (_, n) => ({
    Kilde: 'Boligbygg',
    'Ekstern id': `P-${n}`,
    Botilbud: `Hus ${Math.floor(n / 50)}`,
    Driver: 'Boligbygg',
    Bydel: at(['Alna', 'Sagene', '030102', 'Østensjø'], Math.floor(n / 50)),
    'Type driver': 'Boligbygg',
    'For hvem': 'Hele byen',
    'Botilbudet åpner': '2010-01-01',
    Plass: `H${n % 50}`,
    Boligform: at(['Kommunal bolig', 'municipal_support', 'Samlokalisert bolig med personalbase på dagtid'], n),
    Åpner: '1.1.2015',
    Stenger: n % 9 === 0 ? '2031-01-01' : '',
    'Tar høyst': '6',
    Egenskaper: at(['Heis; Eget bad', 'own_kitchen', ''], n),
    Brukerstyrt: 'nei',
  }))
}

function personCells(n: number, number: string): Cells {
  return {
    Bydel: 'Alna',
    'Person-id': `B-${n}`,
    Fødselsnummer: number,
    Navn: `${at(['Kari', 'Ola', 'Amina', 'Åse', 'Tomasz'], n)} Prøve ${n}`,
    Telefon: `+47 400 ${String(n % 100_000).padStart(5, '0')}`,
    Fødselsdato: `19${60 + (n % 39)}-0${1 + (n % 9)}-1${n % 10}`,
    Kjønn: at(['Kvinne', 'Mann', 'woman', 'Ukjent'], n),
    Språk: at(['Norsk, bokmål', 'so', ''], n),
    Tolk: at(['nei', 'ja', ''], n),
    Voksne: at(['1', '2'], n),
    Barn: at(['', '', '2012; 2016', '', '', '', '2015', ''], n),
    Husdyr: at(['nei', ''], n),
  }
}

/** Needs of people in Alna, each with all that is usually known. */
export function needRows(count: number): Cells[] {
  const numbers = personalNumbers()
  return Array.from({ length: count }, (_, n) => ({
    Kilde: 'Fagsystem',
    'Ekstern id': `N-${n}`,
    ...personCells(n, numbers.next().value ?? ''),
    Boligformer: at(['Kommunal bolig; Kommunal bolig med booppfølging', 'municipal', 'Overgangsbolig'], n),
    'Hvor personen er': at(['Uten bolig', 'Midlertidig botilbud', 'vel'], n),
    'Slik siden': `202${n % 6}-03-0${1 + (n % 9)}`,
    Hastegrunner: at(['', 'Har ikke noe sted å sove i natt'], n),
    Krav: at(['Heis', '', 'Første etasje; Eget bad'], n),
    Ønsker: at(['Rolig nabolag', ''], n),
    Rus: at(['Vil bo rusfritt', 'Ikke avklart'], n),
    Atferdsnivå: at(['Noe', '0', ''], n),
    'Trengs fra': '2026-10-01',
    'Privat leie': at(['Ikke mulig', 'Ikke vurdert'], n),
    'Hva er viktig for deg': at(['Å bo nær søsteren min; og ha fred', '', '«Ro» og "hage"\ntil hunden'], n),
    Registrert: `2026-0${1 + (n % 8)}-15`,
  }))
}

/**
 * Stays of people in Alna in the places of `placeRows`, one after the other in each: none overlaps.
 * @param strangers how many of the people of `needRows` are passed over
 */
export function stayRows(count: number, places: number, strangers = 0): Cells[] {
  const numbers = personalNumbers()
  for (let passed = 0; passed < strangers; passed += 1) numbers.next()
  return Array.from({ length: count }, (_, n) => {
    const turn = Math.floor(n / places)
    return {
      Kilde: 'Fagsystem',
      'Ekstern id': `S-${n}`,
      ...personCells(n + strangers, numbers.next().value ?? ''),
      'Plassens kilde': 'Boligbygg',
      'Plassens id': `P-${n % places}`,
      'Flyttet inn': `${2015 + turn}-02-01`,
      'Flyttet ut': `${2016 + turn}-02-01`,
      'Forventet til': `${2016 + turn}-01-01`,
    }
  })
}
