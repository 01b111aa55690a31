import { type FlagRule, type FlagRuleId, flagRuleById, RESOLVED_GRACE_DAYS } from '../reference/flagRules.ts'
import { addDays, type Day } from './day.ts'
import { STEP_NAMES, type Step } from './ladder.ts'
import { districtName } from './words.ts'

/** What a rule found in one place: the same cause is the same flag, however often it is measured. */
export interface Measurement {
  ruleId: FlagRuleId
  /** Null: the whole city. */
  district: string | null
  /** What it is about where a rule looks at several: a step, a group of forms; null where it looks at one thing. */
  subject: string | null
  /** In the rule's unit. */
  measured: number
  /** What is compared with the two thresholds, where that is not the figure itself: the newest of a figure of some years ago. */
  decides?: number
  /** What it stands beside, in the order shown: earlier years, places against needs. */
  against: readonly Against[]
  /** Since when it has been so without a break, as far as history tells; null: since it was first measured. */
  since: Day | null
  /** `reported`: a source says it, and our own data cannot. */
  basis: 'computed' | 'reported'
  /** How many records stand behind it, and can be opened by whoever may see them; where it is not the figure itself. */
  behind?: number
  /** Of a run's shortages: which run, and which of them are counted; null: all. */
  run?: { id: string; shortages: readonly number[] | null }
  /** Of which period the figure is, after the figure in a sentence: «fra 2020 til 2024». */
  period?: string
  /** A sentence that belongs to the figure: a newer one, or another rule that sees the same. */
  addition?: string
}

/** A figure beside what was measured. */
export interface Against {
  label: string
  value: number | null
  unit: string
  /** What it was worked out from. */
  note?: string
  /** Why there is no value. */
  unknown?: string
  /** The same figure of each district, apart from what the rule itself compares. */
  part?: 'districts'
}

/** The parts of a stored flag that decide what becomes of it. */
export interface StandingFlag {
  id: string
  ruleId: FlagRuleId
  district: string | null
  subject: string | null
  closed: boolean
  resolvedOn: Day | null
  /** The first day in a row on which it was below what closes it; null: it is not. */
  belowSince: Day | null
}

export const FLAG_STATES = ['closed', 'resolved', 'assigned', 'acknowledged', 'open'] as const
export type FlagState = (typeof FLAG_STATES)[number]

/** Each state as a user reads it. */
export const FLAG_STATE_NAMES: Record<FlagState, string> = {
  closed: 'Lukket av seg selv',
  resolved: 'Løst',
  assigned: 'Noen følger opp',
  acknowledged: 'Sett',
  open: 'Ikke sett',
}

/** The state of a flag; the first that holds, in the order of `FLAG_STATES`. Nothing of it is stored beside the dates. */
export function flagState(flag: {
  closedAt: string | null
  resolvedAt: string | null
  assignedAt: string | null
  acknowledgedAt: string | null
}): FlagState {
  if (flag.closedAt !== null) return 'closed'
  if (flag.resolvedAt !== null) return 'resolved'
  if (flag.assignedAt !== null) return 'assigned'
  return flag.acknowledgedAt === null ? 'open' : 'acknowledged'
}

/** One flag for one cause: what a rule finds about one subject of one district. */
export function causeOf({ ruleId, district, subject }: Pick<Measurement, 'ruleId' | 'district' | 'subject'>): string {
  return [ruleId, district ?? 'city', subject ?? '-'].join('/')
}

/** What a day's measurements change; flags that are closed and stay so are not named. */
export interface FlagChanges {
  raise: Measurement[]
  /** Closed, or resolved and still so after the grace: raised again with its history. */
  reopen: { id: string; measurement: Measurement }[]
  /** Still so. */
  keep: { id: string; measurement: Measurement }[]
  /** Below what closes it, and not yet for as long as the rule wants. */
  quiet: { id: string; measurement: Measurement | undefined; belowSince: Day }[]
  /** No longer so. */
  close: { id: string; measurement: Measurement | undefined }[]
}

/**
 * What becomes of the standing flags by today's measurements. Raised from `opensAt`, closed when it has been below `closesBelow`
 * for `closesAfterDays` days; between the two what stands stays and nothing is raised. A cause that is not measured any more is
 * at zero.
 */
export function flagChanges(
  standing: readonly StandingFlag[],
  measurements: readonly Measurement[],
  today: Day,
): FlagChanges {
  const byCause = new Map(measurements.map((measurement) => [causeOf(measurement), measurement]))
  if (byCause.size !== measurements.length) throw new RangeError('a cause is measured twice')
  const changes: FlagChanges = { raise: [], reopen: [], keep: [], quiet: [], close: [] }
  const known = new Set<string>()
  for (const { id, ruleId, closed, resolvedOn, belowSince, ...cause } of standing) {
    const name = causeOf({ ruleId, ...cause })
    known.add(name)
    const rule = flagRuleById(ruleId)
    const measurement = byCause.get(name)
    const opens = measurement !== undefined && decidingOf(measurement) >= rule.opensAt
    if (closed) {
      if (opens) changes.reopen.push({ id, measurement })
    } else if (measurement === undefined || decidingOf(measurement) < rule.closesBelow) {
      const since = belowSince ?? today
      if (addDays(since, rule.closesAfterDays) <= today) changes.close.push({ id, measurement })
      else changes.quiet.push({ id, measurement, belowSince: since })
    } else if (opens && resolvedOn !== null && addDays(resolvedOn, RESOLVED_GRACE_DAYS) <= today)
      changes.reopen.push({ id, measurement })
    else changes.keep.push({ id, measurement })
  }
  for (const [cause, measurement] of byCause) {
    if (!known.has(cause) && decidingOf(measurement) >= flagRuleById(measurement.ruleId).opensAt)
      changes.raise.push(measurement)
  }
  return changes
}

function decidingOf({ decides, measured }: Measurement): number {
  return decides ?? measured
}

const whole = new Intl.NumberFormat('nb-NO', { maximumFractionDigits: 0 })

/** «53 behov», «1 plass», «96 prosent». */
export function inUnit(value: number, unit: FlagRule['unit']): string {
  const number = whole.format(value)
  const one = Math.round(value) === 1
  switch (unit) {
    case 'percent':
      return `${number} prosent`
    case 'needs':
      return `${number} behov`
    case 'people':
      return one ? '1 person' : `${number} personer`
    case 'places':
      return one ? '1 plass' : `${number} plasser`
    case 'facilities':
      return one ? '1 botilbud' : `${number} botilbud`
  }
}

/** What a flag is about where its rule looks at several, as a user reads it inside a sentence; null where it looks at one thing. */
export function subjectName(subject: string | null): string | null {
  if (subject === 'colocated') return 'samlokaliserte boliger'
  const step = /^step_([0-4])$/.exec(subject ?? '')?.[1]
  return step === undefined ? null : STEP_NAMES[Number(step) as Step].toLowerCase()
}

/** Where a flag is about, as a user reads it. */
function scopeName({ district }: Pick<Measurement, 'district'>): string {
  return district === null ? 'Hele byen' : districtName(district)
}

/** Where, how much, of when, how it is known, and the threshold; what it is about stands in its title. */
export function flagSentence({
  ruleId,
  district,
  measured,
  basis,
  period = null,
  addition = null,
}: Pick<Measurement, 'ruleId' | 'district' | 'measured' | 'basis'> & {
  period?: string | null
  addition?: string | null
}): string {
  const { unit, opensAt } = flagRuleById(ruleId)
  const how = basis === 'reported' ? 'oppgitt av kilden' : 'beregnet'
  const figure = period === null ? inUnit(measured, unit) : `${inUnit(measured, unit)} ${period}`
  return `${scopeName({ district })}: ${figure}, ${how}.${addition === null ? '' : ` ${addition}`} Grensen er ${inUnit(opensAt, unit)}.`
}

/** Needs of one run's shortages: the innermost shortage, whose they are, how many. */
export interface ShortageCount {
  shortage: number
  district: string
  needs: number
}

/** What is certain of one district alone: how many go without, of how many who ask for the same, in which shortages. */
export interface CertifiedPart {
  deficit: number
  needs: number
  shortages: number[]
}

/**
 * How many of each district's needs certainly go without by themselves: shortages that are all of one district's people, the
 * outermost of these only, since those within it are part of it; and needs that no place fits, each a shortage of its own.
 * What a district shares with others is in the city's number only.
 */
export function certifiedParts(
  shortages: readonly { shortage: number; within: number | null; needs: number; deficit: number }[],
  counts: readonly ShortageCount[],
): Map<string, CertifiedPart> {
  const inner = Map.groupBy(
    shortages.filter(({ within }) => within !== null),
    ({ within }) => within,
  )
  const direct = Map.groupBy(counts, ({ shortage }) => shortage)
  const parts = new Map<string, CertifiedPart>()
  const add = (district: string, deficit: number, needs: number, members: readonly number[]) => {
    const part = parts.get(district) ?? { deficit: 0, needs: 0, shortages: [] }
    parts.set(district, {
      deficit: part.deficit + deficit,
      needs: part.needs + needs,
      shortages: [...part.shortages, ...members],
    })
  }
  const membersOf = (shortage: number): number[] => [
    shortage,
    ...(inner.get(shortage) ?? []).flatMap((child) => membersOf(child.shortage)),
  ]
  const visit = ({ shortage, needs, deficit }: (typeof shortages)[number]) => {
    const members = membersOf(shortage)
    const districts = new Map<string, number>()
    for (const member of members) {
      for (const count of direct.get(member) ?? [])
        districts.set(count.district, (districts.get(count.district) ?? 0) + count.needs)
    }
    const [only] = districts
    if (deficit === needs) for (const [district, own] of districts) add(district, own, own, members)
    else if (districts.size === 1 && only !== undefined) add(only[0], deficit, only[1], members)
    else for (const child of inner.get(shortage) ?? []) visit(child)
  }
  for (const shortage of shortages) if (shortage.within === null) visit(shortage)
  return parts
}

/** The same, how many alone. */
export function certifiedByDistrict(...args: Parameters<typeof certifiedParts>): Map<string, number> {
  return new Map([...certifiedParts(...args)].map(([district, { deficit }]) => [district, deficit]))
}
