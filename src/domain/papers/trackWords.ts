import { LEGAL_TRACKS, type LegalTrackId } from '../../reference/legalTracks.ts'
import { formatDay } from '../words.ts'
import type { TrackStanding } from './decision.ts'

/** A track's title as the code carries it; the table's own versions may word it otherwise. */
export function trackTitle(track: LegalTrackId): string {
  return LEGAL_TRACKS.find(({ id }) => id === track)?.title ?? track
}

/** How a track stands, in one or two bokmål sentences; an alarm is said, and so is that the deadline is a choice. */
export function standingInWords({ standing, dueOn, alarm, recordedOn }: TrackStanding): string {
  if (recordedOn !== null)
    return `Vedtaket er fattet ${formatDay(recordedOn)}. Det er registrert på behovet, og skrives ikke en gang til.`
  if (standing === 'granted') return 'Vedtaket er fattet: ja.'
  if (standing === 'refused') return 'Vedtaket er fattet: nei.'
  const what = standing === 'drafted' ? 'Det finnes et utkast.' : 'Vedtaket mangler.'
  if (alarm === 'beside_refusal')
    return `${what} Kommunal bolig er avslått, og avslaget erstatter ikke dette vedtaket. Det skulle vært fattet samtidig.`
  if (dueOn === null) return what
  const day = formatDay(dueOn)
  return alarm === 'overdue' ? `${what} Fristen gikk ut ${day}.` : `${what} Fristen er ${day}.`
}
