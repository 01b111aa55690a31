import type { CapacityRow } from '../../api/capacity.ts'
import { counted, inNumbers } from '../../ui/numbers.ts'

/** A step of the ladder with the forms on it that the district has places of, or that somebody waits for. */
export interface LadderStep {
  step: number
  name: string
  forms: CapacityRow[]
  places: number
  occupied: number
  free: number
  /** Null where it is not known. */
  queue: number | null
}

const occupiedOf = ({ occupied, occupiedClosed }: CapacityRow) => occupied + occupiedClosed

/** The steps from the institutions up, each with what its forms add up to. */
export function ladderSteps(rows: readonly CapacityRow[]): LadderStep[] {
  return [...Map.groupBy(rows, ({ step }) => step ?? 0)]
    .sort(([a], [b]) => a - b)
    .map(([step, forms]) => ({
      step,
      name: forms[0]?.stepName ?? '',
      forms,
      places: sum(forms, ({ places }) => places),
      occupied: sum(forms, occupiedOf),
      free: sum(forms, ({ free }) => free),
      queue: forms.some(({ queue }) => queue === null) ? null : sum(forms, ({ queue }) => queue ?? 0),
    }))
}

function sum(rows: readonly CapacityRow[], of: (row: CapacityRow) => number): number {
  return rows.reduce((total, row) => total + of(row), 0)
}

const places = (count: number) => counted(count, 'plass', 'plasser')

/** «165 plasser. 157 er opptatt, 8 er ledige.» */
export function stepInWords({ places: all, occupied, free }: Pick<LadderStep, 'places' | 'occupied' | 'free'>): string {
  if (all === 0) return 'Bydelen har ingen plasser på dette trinnet.'
  const vacant = free === 0 ? 'ingen er ledig' : counted(free, 'er ledig', 'er ledige')
  return `${places(all)}. ${inNumbers(occupied)} er opptatt, ${vacant}.`
}

/** How many wait for the step first of all, beside what is free on it. */
export function queueInWords({ queue, free }: Pick<LadderStep, 'queue' | 'free'>): string {
  if (queue === null) return 'Vi vet ikke hvor mange som venter.'
  if (queue === 0) return 'Ingen venter.'
  const more = queue - free
  const beside =
    more > 0
      ? `, ${inNumbers(more)} flere enn de ledige plassene`
      : more === 0
        ? ', like mange som de ledige plassene'
        : ''
  return `${inNumbers(queue)} venter${beside}.`
}

/** What opens and closes later of a form, or null where nothing is planned. */
export function plannedInWords({
  openingLater,
  closingLater,
}: Pick<CapacityRow, 'openingLater' | 'closingLater'>): string | null {
  const planned = [
    ...(openingLater === 0 ? [] : [`${places(openingLater)} åpner`]),
    ...(closingLater === 0 ? [] : [`${places(closingLater)} stenger`]),
  ]
  return planned.length === 0 ? null : planned.join(', ')
}
