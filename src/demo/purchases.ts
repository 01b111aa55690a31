import { officerOf } from './accounts.ts'
import { type DayNumber, dayOf, instantOn, numberOf, startOf, yearOf } from './calendar.ts'
import type { Random } from './random.ts'
import type { AccountRow, CallOffRow, DemoCity, FrameworkAgreementRow, StayRow, SupplierRow } from './rows.ts'
import { qualityNoteText } from './wording.ts'

interface PurchaseContext {
  readonly today: DayNumber
  readonly keptFrom: DayNumber
  readonly newId: (day: DayNumber) => string
  readonly accounts: readonly AccountRow[]
}

type PurchaseRows = Pick<
  DemoCity,
  'suppliers' | 'frameworkAgreements' | 'qualityNotes' | 'callOffs' | 'purchaseBudgets'
>

/** Kroner a day in the demo's last year, between which every made-up price lies (law.md: a hint, no price of anybody). */
const LOWEST = 7000
const HIGHEST = 14_000
/** How much less a day cost for each year further back, in thousandths. */
const YEARLY = 35
const AGREEMENT_YEARS = 4
/** One in so many who live in a bought place today has no registered price yet. */
const UNPRICED_ONE_IN = 25

const REASONS = ['no_own_place', 'staffing_hse', 'competence', 'acute', 'wished'] as const
const REASON_WEIGHTS = [46, 18, 14, 18, 4] as const

/**
 * Suppliers behind the city's private houses with agreements of four years, one purchase for every stay in a bought place, what
 * the districts note of the suppliers, and budgets. Every price is made up and marked as such.
 */
export function purchaseRows(
  city: Pick<DemoCity, 'facilities' | 'places' | 'occupancies' | 'stays'>,
  context: PurchaseContext,
  random: Random,
): PurchaseRows {
  const operators = new Map<string, string>()
  const bought = city.facilities.filter(({ operatorKind }) => operatorKind === 'private')
  const houses = new Map(bought.map((house) => [house.id, house]))
  for (const { id, facilityId, form } of city.places) {
    const house = houses.get(facilityId)
    if (form === 'private_institution' && house !== undefined) operators.set(id, house.operator)
  }
  const names = [...new Set(operators.values())].sort()
  const suppliers: SupplierRow[] = names.map((name) => ({
    id: context.newId(context.keptFrom),
    createdAt: instantOn(context.keptFrom, 30),
    name,
    synthetic: true,
  }))
  const supplierByName = new Map(suppliers.map((supplier) => [supplier.name, supplier]))
  const agreements = suppliers.flatMap((supplier) => agreementRows(supplier, context, random))
  const placeOf = new Map(city.occupancies.map(({ id, placeId }) => [id, placeId]))
  const callOffs: CallOffRow[] = []
  let present = 0
  for (const stay of city.stays) {
    const supplier = supplierByName.get(operators.get(placeOf.get(stay.occupancyId ?? '') ?? '') ?? '')
    if (stay.form !== 'private_institution' || supplier === undefined) continue
    if (stay.during.to === null) present += 1
    if (stay.during.to === null && present % UNPRICED_ONE_IN === 0) continue
    callOffs.push(callOffRow(stay, supplier, agreements, context, random))
  }
  return {
    suppliers,
    frameworkAgreements: agreements,
    qualityNotes: suppliers.flatMap((supplier) => noteRows(supplier, city.stays, context, random)),
    callOffs,
    purchaseBudgets: budgetRows(callOffs, city.stays, context, random),
  }
}

function agreementRows(
  { id: supplierId }: SupplierRow,
  { today, keptFrom, newId }: PurchaseContext,
  random: Random,
): FrameworkAgreementRow[] {
  const level = random.between(LOWEST, HIGHEST - 2000)
  const dualDiagnosis = random.chance(500)
  const rows: FrameworkAgreementRow[] = []
  const begins = Math.floor(yearOf(today)) - random.below(AGREEMENT_YEARS)
  for (let year = begins; startOf(year + AGREEMENT_YEARS) > keptFrom; year -= AGREEMENT_YEARS) {
    const from = startOf(year)
    rows.unshift({
      id: newId(from),
      createdAt: instantOn(from, 90),
      supplierId,
      title: `Heldøgnstjenester ${year}–${year + AGREEMENT_YEARS - 1}`,
      pricePerDay: inYear(level, year, today),
      valid: { from: dayOf(from), to: dayOf(startOf(year + AGREEMENT_YEARS)) },
      places: random.chance(600) ? random.between(8, 60) : null,
      dualDiagnosis,
      note: null,
      synthetic: true,
    })
  }
  return rows
}

/** A price of today as it was in an earlier year, in whole tens. */
function inYear(price: number, year: number, today: DayNumber): number {
  const back = Math.max(0, Math.floor(yearOf(today)) - year)
  return Math.round((price * (1 - YEARLY / 1000) ** back) / 10) * 10
}

function callOffRow(
  stay: StayRow,
  supplier: SupplierRow,
  agreements: readonly FrameworkAgreementRow[],
  { today, newId }: PurchaseContext,
  random: Random,
): CallOffRow {
  const { from, to } = stay.during
  const begun = numberOf(from)
  const agreement = agreements.find(
    ({ supplierId, valid }) =>
      supplierId === supplier.id && valid.from <= from && (valid.to === null || from < valid.to),
  )
  // one in five is bought beside the agreement, and dearer
  const outside = agreement === undefined || random.chance(200)
  const base = agreement?.pricePerDay ?? inYear(LOWEST + 3000, Math.floor(yearOf(begun)), today)
  const price = Math.min(HIGHEST, Math.round((base * (outside ? 1.12 : 1) + 500 * random.below(5)) / 10) * 10)
  // most run until somebody ends them, the others to the next review
  const until = to !== null || random.chance(600) ? null : today + random.between(14, 150)
  return {
    id: newId(begun),
    createdAt: instantOn(begun, 360),
    stayId: stay.id,
    holdingDistrict: stay.holdingDistrict,
    supplierId: supplier.id,
    agreementId: outside ? null : agreement.id,
    pricePerDay: price,
    ordered: { from, to: to ?? (until === null ? null : dayOf(until)) },
    reason: REASONS[random.weighted(REASON_WEIGHTS)] ?? 'no_own_place',
    note: null,
    synthetic: true,
  }
}

function noteRows(
  supplier: SupplierRow,
  stays: readonly StayRow[],
  { today, newId, accounts }: PurchaseContext,
  random: Random,
): DemoCity['qualityNotes'] {
  const districts = [...new Set(stays.map(({ holdingDistrict }) => holdingDistrict))].sort()
  return Array.from({ length: random.between(1, 4) }, () => today - random.between(5, 700))
    .sort((a, b) => a - b)
    .map((on) => {
      const district = random.pick(districts)
      return {
        id: newId(on),
        createdAt: instantOn(on, 400),
        supplierId: supplier.id,
        district,
        notedOn: dayOf(on),
        ...qualityNoteText(random),
        writtenBy: officerOf(accounts, district).id,
      }
    })
}

/** For the last three years and this one: about what the year before cost. */
function budgetRows(
  callOffs: readonly CallOffRow[],
  stays: readonly StayRow[],
  { today, newId }: PurchaseContext,
  random: Random,
): DemoCity['purchaseBudgets'] {
  const lived = new Map(stays.map(({ id, during }) => [id, during]))
  const thisYear = Math.floor(yearOf(today))
  const years = [thisYear - 3, thisYear - 2, thisYear - 1, thisYear]
  const districts = [...new Set(callOffs.map(({ holdingDistrict }) => holdingDistrict))].sort()
  return districts.flatMap((district) =>
    years.map((year) => {
      const [from, to] = [startOf(year - 1), startOf(year)]
      const spent = callOffs
        .filter(({ holdingDistrict }) => holdingDistrict === district)
        .reduce((sum, { stayId, pricePerDay }) => {
          const during = lived.get(stayId)
          if (during === undefined) return sum
          const first = Math.max(from, numberOf(during.from))
          const last = Math.min(to, during.to === null ? to : numberOf(during.to))
          return sum + Math.max(0, last - first) * pricePerDay
        }, 0)
      return {
        id: newId(startOf(year)),
        createdAt: instantOn(startOf(year), 60),
        district,
        year,
        amount: Math.round((spent * random.between(88, 106)) / 10_000_000) * 100_000,
        synthetic: true,
      }
    }),
  )
}
