import { counted } from '../../ui/numbers.ts'

/** How many places fit, as a heading: «Passer for 14 plasser nå». Undefined: still counting. */
export function placesFit(total: number | undefined): string {
  if (total === undefined) return 'Teller plasser …'
  if (total === 0) return 'Passer for ingen plasser nå'
  return `Passer for ${placesInWords(total)} nå`
}

/** «1 plass», «16 774 plasser». */
export function placesInWords(count: number): string {
  return counted(count, 'plass', 'plasser')
}
