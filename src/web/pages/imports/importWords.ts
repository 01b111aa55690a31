import type { ImportKind, ImportReport } from '../../api/imports.ts'
import type { Capability } from '../../api/session.ts'
import { counted } from '../../ui/numbers.ts'

export const kindNames: Record<ImportKind, string> = {
  places: 'Plasser',
  needs: 'Boligbehov',
  stays: 'Opphold',
  statistics: 'Statistikk',
}

/** Which capability each kind of file takes. */
export const kindCapabilities: Record<ImportKind, Capability> = {
  places: 'import_places',
  needs: 'import_needs',
  stays: 'import_stays',
  statistics: 'import_statistics',
}

const rows = (count: number) => counted(count, 'rad', 'rader')

/** What came of a file, in a sentence or two. */
export function reportInWords({ mode, written, counts }: Pick<ImportReport, 'mode' | 'written' | 'counts'>): string {
  const changing = counts.new + counts.changed
  if (mode === 'dry_run') {
    const bad =
      counts.bad === 0
        ? 'Ingen rader har feil.'
        : counts.bad === 1
          ? '1 rad har feil og kan ikke tas inn slik den er.'
          : `${rows(counts.bad)} har feil og kan ikke tas inn slik de er.`
    return `Ingenting er lagret ennå. ${rows(changing)} kan tas inn. ${bad}`
  }
  if (!written && counts.bad > 0) return `Ingenting er lagret, for ${rows(counts.bad)} har feil.`
  if (changing === 0) return 'Ingenting er endret. Alle de gode radene var tatt inn før.'
  return counts.bad === 0
    ? `${rows(changing)} er lagret.`
    : `${rows(changing)} er lagret. ${rows(counts.bad)} med feil er ikke lagret.`
}
