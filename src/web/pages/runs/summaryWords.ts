import type { Achievement, MatchingSummary } from '../../api/runs.ts'
import { inText } from '../../ui/inText.ts'
import { inARow } from '../../ui/listing.ts'
import { counted, inNumbers } from '../../ui/numbers.ts'

/** The ways of placing people, in the order they are compared. */
export const ways = [
  'best',
  'without_chains',
  'hardest_place_first',
  'first_come',
] as const satisfies Achievement['id'][]

/** What each way is called here. */
const wayNames: Record<Achievement['id'], string> = {
  best: 'Beste sett av flyttinger',
  without_chains: 'Uten boligkjeder',
  hardest_place_first: 'Vanskeligste plass først',
  first_come: 'Først registrert, først ute',
}

/** What a way is called, with a word when it is not certain that it is the best of its kind. */
export function wayName({ id, proven }: Pick<Achievement, 'id' | 'proven'>): string {
  return proven === false ? `${wayNames[id]} (ikke bevist at det er best)` : wayNames[id]
}

/** A need is a household's: people are counted apart. */
const more = (count: number) => counted(count, 'husstand', 'husstander')

/** The classes that are singled out: those that cannot wait. */
export const mostUrgent = 'hasteklasse 1 og 2'

/** How many of those that a way places are in them. */
export function urgentPlaced({ byClass }: Pick<Achievement, 'byClass'>): number {
  return (byClass[1] ?? 0) + (byClass[2] ?? 0)
}

/** What a way achieves, as the label of its bar: «Først registrert, først ute: 673, av dem 87 i hasteklasse 1 og 2». */
export function wayInWords(way: Achievement): string {
  return `${wayName(way)}: ${inNumbers(way.placed)}, av dem ${inNumbers(urgentPlaced(way))} i ${mostUrgent}`
}

/** What the comparison says, in a few sentences. */
export function comparisonInWords(comparison: Achievement[]): string {
  const best = comparison.find(({ id }) => id === 'best')
  if (best === undefined) return 'Kjøringen ble ikke sammenlignet med andre måter.'
  const others = ways.slice(1).flatMap((id) => {
    const way = comparison.find((other) => other.id === id)
    return way === undefined
      ? []
      : [`«${inText(wayNames[id])}» ${inNumbers(way.placed)} (${inNumbers(urgentPlaced(way))})`]
  })
  return [
    `Det ${best.proven === true ? 'beste settet av flyttinger' : 'beste settet av flyttinger som ble funnet,'} gir plass til ${more(best.placed)}, ${inNumbers(urgentPlaced(best))} av dem i ${mostUrgent}.`,
    ...(others.length === 0 ? [] : [`Andre måter på de samme plassene: ${inARow(others)}.`]),
    'Det beste settet legger mest vekt på dem som har det vanskeligst, ikke bare på antallet.',
  ].join(' ')
}

const GIVEN = 'Beviset gjelder reglene, prioriteringen og opplysningene som kjøringen brukte.'

const LIMITS = 'grensene for boligkjedene, for hvem som kan bo sammen, og for hva hus, team og kvoter tar imot'

/**
 * What is certain of the answer, and what is not: whether something better exists within the limits, how much better it could
 * be at most, and how far the answer is from what would be reached without them. By the weightiest criterion that differs.
 */
export function certaintyInWords({
  values,
  boundValues,
  unboundedValues,
  proven,
}: Pick<MatchingSummary, 'values' | 'boundValues' | 'unboundedValues' | 'proven'>): string[] {
  const without = lackOf(values, unboundedValues)
  if (!proven) {
    return [
      'Det er ikke bevist at dette er det beste settet av flyttinger: Kjøringen sluttet å lete etter et bedre før det var sikkert.',
      betterAtMost(lackOf(values, boundValues)),
      'Det er kontrollert at alle flyttingene holder seg innenfor reglene.',
    ]
  }
  if (without === undefined) {
    return [
      `Det er bevist at ingen andre flyttinger gir et bedre resultat. Det gjelder også uten ${LIMITS}: De kostet ingenting.`,
      GIVEN,
    ]
  }
  const within = `Det er bevist at ingen andre flyttinger gir et bedre resultat innenfor ${LIMITS}.`
  if (without.urgencyClass === undefined) {
    return [
      within,
      'Grensene endret ikke hvor mange som får plass i noen hasteklasse. De endret bare hvem i samme klasse det ble, eller hvor godt plassen passer.',
      GIVEN,
    ]
  }
  return [
    within,
    `Uten de grensene kunne ${more(without.gap)} til i hasteklasse ${without.urgencyClass} ha fått plass${nobodyBefore(without.urgencyClass)}.`,
    GIVEN,
  ]
}

/** A limit with what it kept away: «Plass i booppfølgingen: 3 flyttinger». */
export function limitInWords({ name, moves }: NonNullable<MatchingSummary['limits']>[number]): string {
  return `${name}: ${counted(moves, 'flytting', 'flyttinger')}`
}

/** What was put off, in a sentence; undefined when nothing was. */
export function putOffInWords({ putOff = 0 }: Pick<MatchingSummary, 'putOff'>): string | undefined {
  if (putOff === 0) return undefined
  const moves = counted(putOff, 'flytting', 'flyttinger')
  return `${moves} er lagt til en senere måned, fordi huset eller booppfølgingen ikke tar imot flere før.`
}

interface Lack {
  /** The urgency class that the criterion counts households of, if it does. */
  urgencyClass: number | undefined
  gap: number
}

/** What `values` lack of `best`, in the weightiest criterion that differs. */
function lackOf(values: MatchingSummary['values'], best: MatchingSummary['values']): Lack | undefined {
  const reached = new Map(best.map(({ id, value }) => [id, value]))
  const first = values.find(({ id, value }) => (reached.get(id) ?? value) !== value)
  if (first === undefined) return undefined
  const [, urgencyClass] = first.id.split('class_')
  return {
    urgencyClass: urgencyClass === undefined ? undefined : Number(urgencyClass),
    gap: (reached.get(first.id) ?? 0) - first.value,
  }
}

function betterAtMost(lack: Lack | undefined): string {
  if (lack?.urgencyClass === undefined) {
    return 'Det er bevist at ikke flere kan få plass i noen hasteklasse uten at en klasse foran får færre. Det som kan bli bedre, er hvem i samme klasse som får plass, og hvor godt plassen passer.'
  }
  return `Det beste som kan finnes, har høyst ${more(lack.gap)} til i hasteklasse ${lack.urgencyClass}${nobodyBefore(lack.urgencyClass)}.`
}

function nobodyBefore(urgencyClass: number): string {
  return urgencyClass === 1 ? '' : ', og ingen flere i klassene foran'
}
