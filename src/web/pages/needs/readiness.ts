import type { ReadinessItem } from '../../api/types.ts'

const stopping: Record<ReadinessItem['stops'], string> = {
  ranking: 'Stopper: å stå i køen',
  preview: 'Stopper: å se forslag',
  referral: 'Stopper: henvisning',
  offer: 'Stopper: tilbud om plass',
  move_in: 'Stopper: innflytting',
  none: 'Stopper ingenting',
}

/** Which step the lack of an item stops, in words. */
export function stopsInWords(item: Pick<ReadinessItem, 'stops'>): string {
  return stopping[item.stops]
}

/** How many things are missing: «3 ting mangler», «Ingenting mangler». */
export function missingInWords(count: number): string {
  if (count === 0) return 'Ingenting mangler'
  return `${count} ting mangler`
}

/** What is missing, that which stops the earliest step first. */
export function missingItems(items: ReadinessItem[]): ReadinessItem[] {
  const order = Object.keys(stopping)
  return items.filter(({ present }) => !present).sort((a, b) => order.indexOf(a.stops) - order.indexOf(b.stops))
}
