import type { OccupancySegment, PlaceOccupancy } from '../../api/types.ts'
import { dayAfter, dayInShort, dayInWords, dayOf, daysFrom } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { counted } from '../../ui/numbers.ts'

type Place = Pick<PlaceOccupancy, 'openDuring' | 'admitting'>

/** The names of closure reasons, by code. */
export type ReasonName = (code: string) => string

/** Days in a row, first and last one both named: «1.–14. sep.» would hide a change of month, so both are written out. */
export function daysInWords(from: string, to: string): string {
  const last = dayAfter(to, -1)
  return from === last ? dayInShort(from) : `${dayInShort(from)} – ${dayInShort(last)}`
}

/** «1 dag», «12 dager». */
export function dayCount(days: number): string {
  return counted(days, 'dag', 'dager')
}

/** What a place is over some days, in the few words that a bar has room for. */
export function segmentInShort({ state, from, to, hold, stay }: OccupancySegment): string {
  switch (state) {
    case 'vacant':
      return `Ledig ${dayCount(daysFrom(from, to))}`
    case 'occupied':
      return `${stay?.overdue === true ? 'Opptatt, over tiden' : 'Opptatt'}${hold === null ? '' : ', holdt av for neste'}`
    case 'held':
      return 'Holdt av'
    case 'closed':
      return 'Sperret'
    case 'not_open':
      return 'Ikke åpen'
  }
}

/** The same with all that is known of it, and no person. */
export function segmentInWords(segment: OccupancySegment, place: Place, reason: ReasonName): string {
  const { state, hold, closure, stay, occupied } = segment
  switch (state) {
    case 'vacant': {
      const partly = closure === null ? '' : `, delvis sperret (${inText(reason(closure.reason))}), men kan tas i bruk`
      return `${segmentInShort(segment)}${partly}${place.admitting ? '' : ', men botilbudet tar ikke imot nå'}`
    }
    case 'occupied':
      return [
        occupied?.to == null ? 'Opptatt, ingen utflytting er registrert' : `Opptatt til ${dayInWords(occupied.to)}`,
        ...(stay?.overdue === true && stay.expectedUntil !== null
          ? [`skulle etter planen flyttet ${dayInWords(stay.expectedUntil)}`]
          : []),
        ...(hold === null ? [] : ['holdt av for den neste']),
        ...(closure === null ? [] : [`sperret (${inText(reason(closure.reason))})`]),
      ].join(', ')
    case 'held':
      return hold?.expiresAt == null
        ? 'Holdt av til innflytting: et tilbud er godtatt'
        : hold.reserved
          ? `Holdt av mens et tilbud forberedes, til ${dayInWords(dayOf(hold.expiresAt))}`
          : `Holdt av mens et tilbud venter på svar, til ${dayInWords(dayOf(hold.expiresAt))}`
    case 'closed':
      return `Sperret: ${inText(reason(closure?.reason ?? ''))}${closure?.to == null ? '' : `, til ${dayInWords(closure.to)}`}`
    case 'not_open':
      return segment.from < place.openDuring.from
        ? `Åpner ${dayInWords(place.openDuring.from)}`
        : `Lagt ned fra ${dayInWords(place.openDuring.to ?? segment.from)}`
  }
}

/** A whole row in one sentence, for those who do not see the bar. */
export function rowInWords({ segments, ...place }: PlaceOccupancy, reason: ReasonName): string {
  return segments
    .map((segment) => `${daysInWords(segment.from, segment.to)}: ${inText(segmentInWords(segment, place, reason))}`)
    .join('. ')
}
