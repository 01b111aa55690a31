import type { Flag, FlagWithHistory } from '../../api/flags.ts'
import { inNumbers } from '../../ui/numbers.ts'

const UNITS: Record<string, (value: number) => string> = {
  percent: () => 'prosent',
  needs: () => 'behov',
  people: (value) => (value === 1 ? 'person' : 'personer'),
  places: (value) => (value === 1 ? 'plass' : 'plasser'),
  facilities: () => 'botilbud',
  kroner: () => 'kroner',
}

/** A number with its unit, as «12 plasser». */
export function withUnit(value: number, unit: string): string {
  return `${inNumbers(value)} ${UNITS[unit]?.(Math.round(value)) ?? unit}`
}

const EVENTS: Record<FlagWithHistory['events'][number]['kind'], string> = {
  opened: 'Varslet',
  reopened: 'Varslet igjen',
  acknowledged: 'Sett',
  assigned: 'Noen følger opp',
  resolved: 'Løst',
  closed: 'Lukket av seg selv',
}

export function eventName(kind: FlagWithHistory['events'][number]['kind']): string {
  return EVENTS[kind]
}

/** A flag’s heading: its title, and what it is about where the rule looks at several. */
export function flagTitle({ title, subject }: Pick<Flag, 'title' | 'subject'>): string {
  return subject === null ? title : `${title}: ${subject}`
}
