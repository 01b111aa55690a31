import type { AlarmCounts } from '../../api/papers.ts'
import { counted } from '../../ui/numbers.ts'

/** «3 vedtak haster, for 2 personer. 1 av dem har et utkast.» */
export function alarmsInWords({ decisions, people, drafts }: AlarmCounts): string {
  if (decisions === 0) return 'Ingen vedtak haster nå.'
  const whose = `for ${counted(people, 'person', 'personer')}`
  const drafted = drafts === 0 ? 'Ingen av dem har et utkast.' : `${drafts} av dem har et utkast.`
  return `${decisions} vedtak haster, ${whose}. ${drafted}`
}
