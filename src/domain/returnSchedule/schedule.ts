import type { HomeSource, ScheduleLimit } from '../../reference/returnSchedulePolicy.ts'
import type { Day } from '../day.ts'
import { monthOf, type ScheduleInput, startOfMonth } from './input.ts'
import { bindingOf } from './limits.ts'
import type { Gap, Means } from './question.ts'
import { dayOf, type Schedule, solveSchedule } from './solve.ts'
import { type ToldMove, verifySchedule } from './verify.ts'

/** One mover's answer. */
export interface ScheduleRow {
  pseudonym: string
  holdingDistrict: string
  homeDistrict: string
  targetForm: string | null
  people: number
  urgencyClass: number
  /** Null: she cannot move within her plan. */
  movesOn: Day | null
  homeSource: HomeSource | null
  placeId: string | null
  limitedBy: ScheduleLimit | null
  alsoLimitedBy: ScheduleLimit[]
  couldMoveOn: Day | null
}

export interface ScheduleSummary {
  people: number
  couldMove: number
  cannotMove: number
  homes: number
  homesUsed: number
  groups: number
  groupsBoundByTeams: number
  proven: boolean
  gap: Gap[]
}

export interface ScheduleResult {
  rows: ScheduleRow[]
  summary: ScheduleSummary
}

/**
 * Who could move home when, and for everybody else which limit binds. Districts that share neither homes nor teams are
 * scheduled apart, which changes nothing.
 * @param progress told after each of them, from 0 to 1
 * @throws {Error} when a schedule does not hold what it must: a wrong one never leaves here
 */
export function scheduleOf(
  input: ScheduleInput,
  means: Means,
  progress: (share: number) => void = () => {},
): ScheduleResult {
  const parts = partsOf(input)
  const rows: ScheduleRow[] = []
  const told: ToldMove[] = []
  const gaps: Gap[] = []
  let [groups, groupsBoundByTeams] = [0, 0]
  for (const [index, part] of parts.entries()) {
    const whole = solveSchedule(part, means)
    groups += whole.groups
    groupsBoundByTeams += whole.groupsBound
    gaps.push(...whole.gaps)
    for (const mover of part.movers.keys()) {
      const { row, move } = rowOf(part, whole, mover, means)
      rows.push(row)
      if (move !== null) told.push(move)
    }
    progress((index + 1) / parts.length)
  }
  verifySchedule(input, told)
  const sum = (some: readonly ScheduleRow[]) => some.reduce((total, { people }) => total + people, 0)
  const could = rows.filter(({ movesOn }) => movesOn !== null)
  return {
    rows,
    summary: {
      people: sum(rows),
      couldMove: sum(could),
      cannotMove: sum(rows) - sum(could),
      homes: input.homes.length,
      homesUsed: told.length,
      groups,
      groupsBoundByTeams,
      proven: gaps.length === 0,
      gap: gaps,
    },
  }
}

function rowOf(
  part: ScheduleInput,
  whole: Schedule,
  mover: number,
  means: Means,
): { row: ScheduleRow; move: ToldMove | null } {
  const someone = part.movers[mover]
  if (someone === undefined) throw new RangeError(`no mover ${mover}`)
  const chosen = whole.moves[mover] ?? null
  const on = dayOf(whole, chosen)
  const home = chosen === null ? undefined : whole.homes[whole.options[chosen.option]?.home ?? -1]
  const binding = on === null ? bindingOf(part, whole, mover, means) : null
  const { pseudonym, holdingDistrict, homeDistrict, form, people } = someone
  return {
    row: {
      pseudonym,
      holdingDistrict,
      homeDistrict,
      targetForm: form,
      people,
      urgencyClass: whole.objective.urgency[mover]?.urgencyClass ?? 5,
      movesOn: on,
      homeSource: home?.source ?? null,
      placeId: home?.placeId ?? null,
      limitedBy: binding?.limitedBy ?? null,
      alsoLimitedBy: binding?.alsoLimitedBy ?? [],
      couldMoveOn: binding?.couldMoveOn ?? null,
    },
    move: on === null || home === undefined ? null : { pseudonym, homeId: home.id, on },
  }
}

/** The input district by district; those whose people share a team are together. */
function partsOf(input: ScheduleInput): ScheduleInput[] {
  const partOf = new Map<string, Set<string>>()
  const setOf = (district: string) => {
    const known = partOf.get(district) ?? new Set([district])
    partOf.set(district, known)
    return known
  }
  const join = (one: string, other: string) => {
    const [into, from] = [setOf(one), setOf(other)]
    if (into === from) return
    for (const district of from) {
      into.add(district)
      partOf.set(district, into)
    }
  }
  const firstWith = new Map<string, string>()
  const homeAt = new Map(input.homes.map(({ id, district }) => [id, district]))
  for (const { teamId, homeDistrict, committedTo } of input.movers) {
    join(homeDistrict, homeAt.get(committedTo ?? '') ?? homeDistrict)
    if (teamId === null) continue
    join(firstWith.get(teamId) ?? homeDistrict, homeDistrict)
    firstWith.set(teamId, homeDistrict)
  }
  return [...new Set(partOf.values())].map((districts) => ({
    ...input,
    movers: input.movers.filter(({ homeDistrict }) => districts.has(homeDistrict)),
    homes: input.homes.filter(({ district }) => districts.has(district)),
  }))
}

/** So many people could move in a month, or are kept by a limit. */
export interface ScheduleNumber {
  district: string
  form: string | null
  /** The first day of the month; null: they cannot move. */
  month: Day | null
  limitedBy: ScheduleLimit | null
  people: number
}

/** The rows as numbers, by district, form, month and limit. */
export function numbersOf(rows: readonly ScheduleRow[], asOf: Day): ScheduleNumber[] {
  const groups = Map.groupBy(rows, ({ homeDistrict, targetForm, movesOn, limitedBy }) =>
    [homeDistrict, targetForm, movesOn?.slice(0, 7), limitedBy].join('/'),
  )
  return [...groups.values()].flatMap((same): ScheduleNumber[] => {
    const [first] = same
    if (first === undefined) return []
    const { homeDistrict: district, targetForm: form, movesOn, limitedBy } = first
    const month = movesOn === null ? null : startOfMonth(asOf, monthOf(asOf, movesOn))
    return [{ district, form, month, limitedBy, people: same.reduce((sum, { people }) => sum + people, 0) }]
  })
}
