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
  /** What it stands beside, in the order shown: earlier years, places against needs. */
  against: readonly { label: string; value: number | null; unit: string }[]
  /** Since when it has been so, where the data say; null: since it was first measured. */
  since: Day | null
  /** `reported`: a source says it, and our own data cannot. */
  basis: 'computed' | 'reported'
}

/** The parts of a stored flag that decide what becomes of it. */
export interface StandingFlag {
  id: string
  ruleId: FlagRuleId
  district: string | null
  subject: string | null
  closed: boolean
  resolvedOn: Day | null
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
  /** No longer so. */
  close: { id: string; measured: number }[]
}

/**
 * What becomes of the standing flags by today's measurements. Raised from `opensAt`, closed below `closesBelow`; between the two
 * what stands stays and nothing is raised. A cause that is not measured any more is at zero.
 */
export function flagChanges(
  standing: readonly StandingFlag[],
  measurements: readonly Measurement[],
  today: Day,
): FlagChanges {
  const byCause = new Map(measurements.map((measurement) => [causeOf(measurement), measurement]))
  if (byCause.size !== measurements.length) throw new RangeError('a cause is measured twice')
  const changes: FlagChanges = { raise: [], reopen: [], keep: [], close: [] }
  const known = new Set<string>()
  for (const flag of standing) {
    const cause = causeOf(flag)
    known.add(cause)
    const rule = flagRuleById(flag.ruleId)
    const measurement = byCause.get(cause)
    const measured = measurement?.measured ?? 0
    if (flag.closed) {
      if (measurement !== undefined && measured >= rule.opensAt) changes.reopen.push({ id: flag.id, measurement })
    } else if (measurement === undefined || measured < rule.closesBelow) changes.close.push({ id: flag.id, measured })
    else if (
      flag.resolvedOn !== null &&
      measured >= rule.opensAt &&
      addDays(flag.resolvedOn, RESOLVED_GRACE_DAYS) <= today
    )
      changes.reopen.push({ id: flag.id, measurement })
    else changes.keep.push({ id: flag.id, measurement })
  }
  for (const [cause, measurement] of byCause) {
    if (!known.has(cause) && measurement.measured >= flagRuleById(measurement.ruleId).opensAt)
      changes.raise.push(measurement)
  }
  return changes
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

/** Where, how much, how it is known, and the threshold; what it is about stands in its title. */
export function flagSentence({
  ruleId,
  district,
  measured,
  basis,
}: Pick<Measurement, 'ruleId' | 'district' | 'measured' | 'basis'>): string {
  const { unit, opensAt } = flagRuleById(ruleId)
  const how = basis === 'reported' ? 'oppgitt av kilden' : 'beregnet'
  return `${scopeName({ district })}: ${inUnit(measured, unit)}, ${how}. Grensen er ${inUnit(opensAt, unit)}.`
}

/** Needs of one run's shortages: the innermost shortage, whose they are, how many. */
export interface ShortageCount {
  shortage: number
  district: string
  needs: number
}

/**
 * How many of each district's needs certainly go without by themselves: shortages that are all of one district's people, the
 * outermost of these only, since those within it are part of it; and needs that no place fits, each a shortage of its own.
 * What a district shares with others is in the city's number only.
 */
export function certifiedByDistrict(
  shortages: readonly { shortage: number; within: number | null; needs: number; deficit: number }[],
  counts: readonly ShortageCount[],
): Map<string, number> {
  const inner = Map.groupBy(
    shortages.filter(({ within }) => within !== null),
    ({ within }) => within,
  )
  const direct = Map.groupBy(counts, ({ shortage }) => shortage)
  const byNumber = new Map(shortages.map((entry) => [entry.shortage, entry]))
  const certified = new Map<string, number>()
  const add = (district: string, needs: number) => certified.set(district, (certified.get(district) ?? 0) + needs)
  const districtsOf = (shortage: number): Map<string, number> => {
    const own = new Map<string, number>()
    for (const { district, needs } of direct.get(shortage) ?? []) own.set(district, (own.get(district) ?? 0) + needs)
    for (const child of inner.get(shortage) ?? []) {
      for (const [district, needs] of districtsOf(child.shortage)) own.set(district, (own.get(district) ?? 0) + needs)
    }
    return own
  }
  const visit = (shortage: number) => {
    const entry = byNumber.get(shortage)
    if (entry === undefined) return
    const districts = districtsOf(shortage)
    const [only] = districts.keys()
    if (entry.deficit === entry.needs) for (const [district, needs] of districts) add(district, needs)
    else if (districts.size === 1 && only !== undefined) add(only, entry.deficit)
    else for (const child of inner.get(shortage) ?? []) visit(child.shortage)
  }
  for (const { shortage, within } of shortages) if (within === null) visit(shortage)
  return certified
}
