/**
 * What can need somebody now, in the order in which equals are listed. One thing may be of several kinds: somebody who cannot
 * wait, and whose need lacks something, is found under both and stands once.
 */
export const WORK_KINDS = [
  { id: 'urgent', name: 'Haster' },
  { id: 'discharge_ready', name: 'Utskrivningsklare' },
  { id: 'offer', name: 'Tilbud uten svar' },
  { id: 'chain', name: 'Boligkjeder' },
  { id: 'stay', name: 'Opphold over tiden' },
  { id: 'decision', name: 'Vedtak og klager' },
  { id: 'task', name: 'Andre oppgaver' },
  { id: 'match', name: 'Nye treff' },
  { id: 'not_ready', name: 'Behov som ikke er klare' },
] as const
export type WorkKind = (typeof WORK_KINDS)[number]['id']

/** Kinds of tasks that are about something with a kind of its own. */
const OF_TASKS: ReadonlyMap<string, WorkKind> = new Map([
  ['offer_reply_due', 'offer'],
  ['chain_offer_due', 'chain'],
  ['chain_firm', 'chain'],
  ['chain_broken', 'chain'],
  ['stay_overdue', 'stay'],
  ['decision_due', 'decision'],
  ['forward_appeal', 'decision'],
  ['appeal_answer_due', 'decision'],
])

/** Under which kind a task is listed; there is one kind of task for the decision of each legal track. */
export function workKindOfTask(taskKind: string): WorkKind {
  if (taskKind.startsWith('decide_')) return 'decision'
  return OF_TASKS.get(taskKind) ?? 'task'
}
