import type { PlacePrice, PriceMove } from '../../api/placePrices.ts'
import type { Column } from '../../ui/FigureTable.tsx'
import { inText } from '../../ui/inText.ts'
import { kroner } from '../../ui/kroner.ts'
import { inARow } from '../../ui/listing.ts'
import { inNumbers } from '../../ui/numbers.ts'

/** Kroner a month; of a form whose day nobody has priced it is said that it is not known. */
export const KRONER: readonly Column<PlacePrice>[] = [
  { name: 'Hullet koster mindre', of: ({ month }) => kroner(month.released) },
  { name: 'Plassen koster', of: ({ month }) => kroner(month.place) },
  { name: 'Forskjell', of: ({ month }) => kroner(month.net) },
]

type Gain = Pick<PlacePrice, 'people' | 'byClass'>

const changes = ({ byClass }: Pick<Gain, 'byClass'>) => Object.entries(byClass).filter(([, more]) => more !== 0)

/** Whether somebody gives way to somebody who is more urgent. */
function isExchange(gain: Pick<Gain, 'byClass'>): boolean {
  return changes(gain).some(([, more]) => more < 0)
}

/** «2 flere får plass: 1 i hasteklasse 1 og 1 i hasteklasse 4.» Where somebody gives way, more and fewer are told apart. */
export function gainInWords(gain: Gain): string {
  const { people } = gain
  const exchange = isExchange(gain)
  const of = changes(gain).map(([number, more]) => {
    return `${exchange ? countInWords(more) : inNumbers(more)} i hasteklasse ${number}`
  })
  if (of.length === 0) return 'Ingen flere får plass.'
  return `${people === 0 ? 'Like mange' : countInWords(people)} får plass: ${inARow(of)}.`
}

/** «1 til», «2 flere», «1 færre». */
function countInWords(more: number): string {
  if (more === 1) return '1 til'
  return `${inNumbers(Math.abs(more))} ${more > 0 ? 'flere' : 'færre'}`
}

/** How many more are placed, as a tile has it. */
export function peopleInTile(gain: Gain): string {
  if (gain.people === 0) return isExchange(gain) ? 'bytte' : 'ingen flere'
  return `${countInWords(gain.people)}${isExchange(gain) ? ' (bytte)' : ''}`
}

/** How many more are placed, as a cell has it; marked where somebody gives way. */
export function peopleInCell(gain: Gain): string {
  return `${inNumbers(gain.people)}${isExchange(gain) ? ' (bytte)' : ''}`
}

type Names = { form(id: string): string; district(code: string): string }

/** What somebody does with the place there; the first takes it, each that follows what is left then. */
function moveInWords({ urgencyClass, district, kind, to }: PriceMove, first: boolean, names: Names): string {
  const from = district === null ? '' : ` fra Bydel ${names.district(district)}`
  const who = `En husstand i hasteklasse ${urgencyClass}${from}`
  if (to === null) return `${who} får ikke plass likevel.`
  const what = first
    ? 'den nye plassen'
    : `plassen som da blir ledig: ${inText(names.form(to.form))} i Bydel ${names.district(to.district)}`
  return kind === 'gets_other_place' ? `${who} bytter til ${what}.` : `${who} får ${what}.`
}

/** The moves in their order, each with what tells it from the others. */
export function movesInWords(moves: readonly PriceMove[], names: Names): { key: string; sentence: string }[] {
  return moves.map((move, i) => ({ key: String(i), sentence: moveInWords(move, i === 0, names) }))
}

/** A place inside a sentence: «omsorg (VEL) i Bydel Alna», «… tilpasset rullestol …». */
function placeInText({ formName, variant, variantName, districtName }: PlacePrice): string {
  return `${inText(formName)}${variant === 'usual' ? '' : `, ${inText(variantName)},`} i Bydel ${districtName}`
}

/** The first of several that release alike, and how many more there are: what a reader should look at. */
export function mostInWords(items: readonly PlacePrice[]): string {
  const [best] = items
  if (best === undefined || changes(best).length === 0) return 'Ingen plass alene gir flere plass.'
  const alike = items.filter(
    ({ people, byClass }) =>
      people === best.people && changes(best).every(([number, more]) => byClass[number] === more),
  )
  const others =
    alike.length === 1 ? '' : ` ${inNumbers(alike.length - 1)} ${alike.length === 2 ? 'annen' : 'andre'} gir like mye.`
  return `Mest hjelper ${placeInText(best)}. ${gainInWords(best)}${others}`
}

/** Of each district the place that releases most, in the order of the districts’ codes. */
export function bestOfDistricts(items: readonly PlacePrice[]): PlacePrice[] {
  return [...Map.groupBy(items, ({ district }) => district).values()]
    .flatMap(([first]) => first ?? [])
    .sort((a, b) => (a.district < b.district ? -1 : 1))
}
