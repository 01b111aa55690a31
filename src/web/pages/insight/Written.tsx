import { BodyShort } from '@navikt/ds-react'
import { writtenInWords } from './insightWords.ts'

/** When something was written down, where that is another day than the one it is dated. */
export function Written({ at, recordedAt }: { at: string; recordedAt: string }) {
  const written = writtenInWords(at, recordedAt)
  return written === null ? null : <BodyShort size="small">{written}</BodyShort>
}
