import type { Acting, Actor } from '../../db/actor.ts'
import { purchasesBetween } from '../../db/purchases.ts'
import { caseCosts } from '../../domain/costs.ts'
import { addDays } from '../../domain/day.ts'
import { notFound } from '../../domain/error.ts'
import { formById, type HousingForm } from '../../domain/ladder.ts'
import type { UsualPlace } from '../../domain/matching/possiblePlaces.ts'
import type { PlacePrice, PriceMove } from '../../domain/matching/price.ts'
import { monthOfPlace } from '../../domain/matching/release.ts'
import { decimal, districtName } from '../../domain/words.ts'
import { COST_ASSUMPTIONS } from '../../reference/costAssumptions.ts'
import { sourceLabel } from '../../reference/sources.ts'
import { pricedRun, priceRows } from './queries.ts'
import type { PlacePrices, PlacePricesQuery, PriceRow } from './schema.ts'
import { NOTICE, placeInWords, VARIANT_NAMES } from './words.ts'

/** What one more place would change, by a run that the reader may see. */
export async function placePricesOf(
  { trx, today }: Acting,
  actor: Actor | null,
  asked: PlacePricesQuery,
): Promise<PlacePrices> {
  const run = await pricedRun(trx, asked.runId)
  if (run === undefined && asked.runId !== undefined) throw notFound()
  const period = { from: today, to: addDays(today, 1) }
  const purchases = await purchasesBetween(trx, period)
  const boughtPerDay = meanOf(caseCosts(purchases, period, today).flatMap(({ perDayToday }) => perDayToday ?? []))
  const usual = (run?.pricedPlaces ?? null) as unknown as UsualPlace[] | null
  const rows = run === undefined ? [] : await priceRows(trx, run.id, asked)
  const items = rows.map((row): PriceRow => {
    const { district, fits, people, byClass } = row
    const { form, variant, released, moves } = row as unknown as PlacePrice
    return {
      form: placeForm(form),
      formName: formById(form).name,
      variant,
      variantName: VARIANT_NAMES[variant],
      district,
      districtName: districtName(district),
      fits,
      people,
      byClass: Object.fromEntries(byClass.map((more, i) => [i + 1, more])),
      released,
      month: monthOfPlace({ form, released }, boughtPerDay),
      moves: moves.map((move) => moveFor(move, actor)),
    }
  })
  const ordered = items.toSorted(asked.by === 'kroner' ? byKroner : byPeopleIn(items))
  return {
    runId: run?.id ?? null,
    asOf: run?.asOf ?? null,
    priced: usual !== null,
    notice: NOTICE,
    boughtPerDay,
    assumptions: assumptionsOf(boughtPerDay),
    places: (usual ?? []).map((place) => ({
      form: placeForm(place.form),
      formName: formById(place.form).name,
      variant: place.variant,
      variantName: VARIANT_NAMES[place.variant],
      features: place.features as PlacePrices['places'][number]['features'],
      basedOn: place.basedOn,
      sentence: placeInWords(place),
    })),
    items: asked.most === undefined ? ordered : betterOfEach(ordered).slice(0, asked.most),
  }
}

/** In the order of the run; of those that give the same classes as many, the one that releases most kroner first. */
function byPeopleIn(items: readonly PriceRow[]): (a: PriceRow, b: PriceRow) => number {
  const given = ({ byClass }: PriceRow) => Object.values(byClass).join()
  const rank = new Map([...new Set(items.map(given))].map((classes, i) => [classes, i]))
  return (a, b) => (rank.get(given(a)) ?? 0) - (rank.get(given(b)) ?? 0) || byKroner(a, b)
}

/** Those whose release in kroner is not known come last; what is alike stays as it was. */
function byKroner(a: Pick<PriceRow, 'month'>, b: Pick<PriceRow, 'month'>): number {
  const [first, second] = [a.month.released, b.month.released]
  if (first === null || second === null) return Number(first === null) - Number(second === null)
  return second - first
}

/** The database holds forms that have places only. */
const placeForm = (form: HousingForm) => form as PriceRow['form']

/** Of each form in a district the variant that releases more; the usual one where they are alike. */
function betterOfEach(items: readonly PriceRow[]): PriceRow[] {
  return [...Map.groupBy(items, ({ form, district }) => `${form}/${district}`).values()].flatMap(
    ([first]) => first ?? [],
  )
}

/** A planner is told which district's need it is; a manager of none, since one left out would be a protected person of her own. */
function moveFor({ to, district, ...rest }: PriceMove, actor: Actor | null): PriceRow['moves'][number] {
  return {
    ...rest,
    district: actor?.role === 'planner' ? district : null,
    to: to === null ? null : { ...to, form: placeForm(to.form) },
  }
}

function meanOf(amounts: readonly number[]): number | null {
  return amounts.length === 0 ? null : Math.round(amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length)
}

function assumptionsOf(boughtPerDay: number | null): string[] {
  return [
    'Kroner er det hullet koster i måneden for dem som får plass, slik de bor i dag, og hva en plass til er regnet å koste. En månedspris er døgnprisen ganget med 365/12.',
    boughtPerDay === null
      ? 'Kjøpte plasser: ingen pris er registrert i dag, så beløpet er ukjent der noen flytter fra en.'
      : `Kjøpte plasser: ${decimal(boughtPerDay)} kr i døgnet, snittet av dem som er kjøpt i dag med registrert pris.`,
    ...COST_ASSUMPTIONS.map(
      ({ name, kronerPerDay, synthetic, source, version }) =>
        `${name}: ${decimal(kronerPerDay)} kr i døgnet${synthetic ? ' (antatt, ikke en pris)' : ''}. ${sourceLabel(source)}. Versjon ${version}.`,
    ),
    'Plasser i andre boligformer har ingen antatt døgnpris. Der står det ikke hva plassen koster.',
    'Plassen som en person flytter fra, kan bli brukt av en annen og koster da fortsatt.',
  ]
}
