import type { DayNumber } from './calendar.ts'
import type { Random } from './random.ts'
import type { NeverTogetherRow } from './rows.ts'
import type { SimNeed, SimStay } from './simulated.ts'
import { neverTogetherReason } from './wording.ts'

interface ApartContext {
  readonly applicantIds: ReadonlyMap<number, string>
  readonly today: DayNumber
  readonly newId: (day: DayNumber) => string
  /** How many of the open needs, in thousandths. */
  readonly thousandths: number
}

/** Pairs of somebody who waits and somebody who lives in a house of a form she asks for, so that the rule has something to say. */
export function neverTogetherRows(
  open: readonly SimNeed[],
  stays: readonly SimStay[],
  { applicantIds, today, newId, thousandths }: ApartContext,
  random: Random,
): NeverTogetherRow[] {
  const living = new Map<string, SimStay[]>()
  for (const stay of stays) {
    if (stay.to !== null || stay.place === null) continue
    const key = `${stay.household.district}/${stay.form}`
    living.set(key, [...(living.get(key) ?? []), stay])
  }
  const rows: NeverTogetherRow[] = []
  let credit = 0
  for (const { household, forms } of open) {
    credit += thousandths
    if (credit < 1000) continue
    const neighbours = forms.flatMap((form) => living.get(`${household.district}/${form}`) ?? [])
    const others = neighbours.filter((stay) => stay.household !== household)
    if (others.length === 0) continue
    credit -= 1000
    rows.push({
      id: newId(today - 30),
      holdingDistrict: household.district,
      residentId: applicantIds.get(household.index) ?? '',
      otherResidentId: applicantIds.get(random.pick(others).household.index) ?? '',
      reason: neverTogetherReason(random),
    })
  }
  return rows
}
