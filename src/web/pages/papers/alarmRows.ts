import type { DecisionAlarm, TrackStanding } from '../../api/papers.ts'

/** One decision that should have been made, and whose. */
export type AlarmRow = Pick<DecisionAlarm, 'needId' | 'residentName'> & { standing: TrackStanding }

/** One row for each decision that is late, the oldest deadline first; one person may lack several, and none stands for another. */
export function alarmRows(alarms: readonly DecisionAlarm[]): AlarmRow[] {
  return alarms
    .flatMap(({ needId, residentName, tracks }) =>
      tracks.map((standing): AlarmRow => ({ needId, residentName, standing })),
    )
    .sort((a, b) => due(a).localeCompare(due(b)) || a.needId.localeCompare(b.needId))
}

function due({ standing }: AlarmRow): string {
  return standing.dueOn ?? '9999'
}

/** «3 vedtak haster, for 2 personer. 1 av dem har et utkast.» */
export function alarmsInWords(rows: readonly AlarmRow[]): string {
  if (rows.length === 0) return 'Ingen vedtak haster nå.'
  const people = new Set(rows.map(({ needId }) => needId)).size
  const drafted = rows.filter(({ standing }) => standing.draftId !== null).length
  const whose = `for ${people === 1 ? '1 person' : `${people} personer`}`
  const drafts = drafted === 0 ? 'Ingen av dem har et utkast.' : `${drafted} av dem har et utkast.`
  return `${rows.length} vedtak haster, ${whose}. ${drafts}`
}
