import type { Day } from '../domain/day.ts'
import { HOME_FORMS } from '../domain/returnPlan/plan.ts'
import { type DayNumber, dayOf, instantOn, numberOf } from './calendar.ts'
import type { Random } from './random.ts'
import type { CapacityChangeRow, HomeCommitmentRow, ReturnPlanDemoRow } from './returnRows.ts'
import type { DemoCity } from './rows.ts'

interface Home {
  id: string
  opens: DayNumber
}

/** Homes that are free today or open later, by bydel and form, the first to open first; taken out as they are set aside. */
export type HomeStock = Map<string, Home[]>

const WITH_HELP = ['colocated_24h', 'colocated_day', 'municipal_support', 'transitional', 'private_support']

const keyOf = (district: string, form: string) => `${district}/${form}`

export function homesToCome(city: DemoCity): HomeStock {
  const districts = new Map(city.facilities.map(({ id, districtCode }) => [id, districtCode]))
  const taken = new Set(city.occupancies.filter(({ during }) => during.to === null).map(({ placeId }) => placeId))
  const stock: HomeStock = new Map()
  for (const { id, facilityId, form, openDuring } of city.places) {
    if (!HOME_FORMS.includes(form) || openDuring.to !== null || taken.has(id)) continue
    const key = keyOf(districts.get(facilityId) ?? '', form)
    stock.set(key, [...(stock.get(key) ?? []), { id, opens: numberOf(openDuring.from) }])
  }
  for (const homes of stock.values()) homes.sort((a, b) => a.opens - b.opens)
  return stock
}

/**
 * What the bydel has bound itself to for somebody: three in five whose place closes, and one in four of the others with a day.
 * Some name no home yet, and some a home that opens after the place has closed.
 */
export function homeCommitmentRow(
  plan: ReturnPlanDemoRow,
  closesOn: Day | null,
  stock: HomeStock,
  { today, newId }: { today: DayNumber; newId: (day: DayNumber) => string },
  random: Random,
): HomeCommitmentRow | undefined {
  const bound = random.chance(closesOn === null ? 320 : 760)
  const late = random.chance(190)
  const nameless = random.chance(180)
  const committed = today - random.between(3, 120)
  const slip = random.between(20, 150)
  const { targetOn, targetForm, verdict } = plan
  if (!bound || verdict !== 'right' || targetOn === null || targetForm === null || numberOf(targetOn) <= today)
    return undefined
  const limit = closesOn === null || late ? numberOf(targetOn) : Math.min(numberOf(targetOn), numberOf(closesOn))
  // the form of the plan first, then the others that come with help
  const lists = [targetForm, ...WITH_HELP].map((form) => stock.get(keyOf(plan.homeDistrict, form)) ?? [])
  const wanted = (home: Home) => (late && closesOn !== null ? home.opens > numberOf(closesOn) : home.opens <= limit)
  const homes = nameless ? undefined : lists.find((list) => list.some(wanted))
  const home = homes?.find(wanted)
  if (homes !== undefined && home !== undefined) homes.splice(homes.indexOf(home), 1)
  const ready = late && closesOn !== null ? numberOf(closesOn) + slip : limit
  const on = Math.max(committed, numberOf(plan.createdAt.slice(0, 10) as Day) + 1)
  if (on > today) return undefined
  return {
    id: newId(on),
    createdAt: instantOn(on, 380),
    returnPlanId: plan.id,
    householdId: plan.householdId,
    holdingDistrict: plan.holdingDistrict,
    readyOn: dayOf(Math.max(ready, home?.opens ?? 0, today + 1)),
    placeId: home?.id ?? null,
    committedOn: dayOf(on),
    synthetic: true,
  }
}

const CERTAINTIES = ['decided', 'planned', 'possible'] as const

/** How certain what is to come is: most of the next year is decided, later is less, and of some nobody has said. */
export function capacityChangeRows(
  city: DemoCity,
  { today, newId }: { today: DayNumber; newId: (day: DayNumber) => string },
  random: Random,
): CapacityChangeRow[] {
  return city.places.flatMap(({ id, form, openDuring: { from, to } }) => {
    const coming = numberOf(from) > today ? ('opening' as const) : ('closing' as const)
    const day = coming === 'opening' ? numberOf(from) : to === null ? 0 : numberOf(to)
    if (day <= today || (coming === 'closing' && !form.startsWith('vel_'))) return []
    const [decided, planned, possible, unsaid] = day < today + 365 ? [80, 12, 0, 8] : [22, 46, 18, 14]
    const certainty = CERTAINTIES[random.weighted([decided ?? 0, planned ?? 0, possible ?? 0, unsaid ?? 0])]
    if (certainty === undefined) return []
    return [
      {
        id: newId(today - 60),
        createdAt: instantOn(today - 60, 300),
        placeId: id,
        kind: coming,
        certainty,
        synthetic: true,
      },
    ]
  })
}
