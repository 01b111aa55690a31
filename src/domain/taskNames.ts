import { LEGAL_TRACKS } from '../reference/legalTracks.ts'
import { TASK_KINDS } from './placement/tasks.ts'

/** What a task is called in a list, by its kind; one that is not known stands for itself. */
export function taskName(kind: string): string {
  return NAMES.get(kind) ?? kind
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ...TASK_KINDS.map(({ id, name }) => [id, name] as const),
  ...LEGAL_TRACKS.map(({ id, title }) => [`decide_${id}`, `Fatt vedtak: ${title}`] as const),
  ['answer_break_glass', 'Svar på en nødåpning'],
  ['review_break_glass', 'Gå gjennom en nødåpning'],
  ['forward_appeal', 'Ta stilling til klagen'],
  ['appeal_answer_due', 'Spør etter svar på klagen'],
])
