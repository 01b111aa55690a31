import { type Kysely, sql } from 'kysely'
import type { Acting } from '../../db/actor.ts'
import { type ClosingStandingRow, closingStanding } from '../../db/closings.ts'
import { newestValues } from '../../db/statistics.ts'
import type { DB } from '../../db/types.generated.ts'
import { type ClosingState, changeBetween, closingState } from '../../domain/closing.ts'
import type { Day } from '../../domain/day.ts'
import { formById } from '../../domain/ladder.ts'
import { districtName } from '../../domain/words.ts'
import { DISTRICTS } from '../../reference/districts.ts'
import { RETURN_POLICY, VEL_PLAN_FORMS, VEL_PLAN_YEARS } from '../../reference/returnPlans.ts'
import type { ClosingAccount, CommitmentStanding } from './schema.ts'

/** From when places are counted, and the day by which. */
export const COUNTED_FROM = RETURN_POLICY.parameters.placesCountedFrom as Day
export const THE_DAY = RETURN_POLICY.parameters.settledBy as Day

type VelForm = (typeof VEL_PLAN_FORMS)[number]['form']

interface VelPlace {
  form: VelForm
  opensOn: Day
  closesOn: Day | null
  /** How certain its opening and its closing are said to be; null: nobody has said. */
  opens: Certainty
  closes: Certainty
}

type Certainty = 'decided' | 'planned' | 'possible' | null

async function velPlaces(db: Kysely<DB>): Promise<VelPlace[]> {
  const { rows } = await sql<VelPlace>`
    select p.form, lower(p.open_during) as opens_on, least(upper(p.open_during), upper(f.open_during)) as closes_on,
      opening.certainty as opens, closing.certainty as closes
    from place p join facility f on f.id = p.facility_id
      left join capacity_change opening on opening.place_id = p.id and opening.kind = 'opening'
      left join capacity_change closing on closing.place_id = p.id and closing.kind = 'closing' where p.form like 'vel\\_%'`.execute(
    db,
  )
  return rows
}

const FIELD_OF: Record<Exclude<ClosingState, 'empty'>, keyof ReturnType<typeof nobody>> = {
  closes_first: 'red',
  no_plan: 'noPlan',
  undecided: 'undecided',
  stays_without_place: 'staysWithoutPlace',
  no_commitment: 'noCommitment',
  no_home: 'noHome',
  no_support: 'noSupport',
  accounted: 'accounted',
}

const nobody = () => ({
  people: 0,
  red: 0,
  noPlan: 0,
  undecided: 0,
  staysWithoutPlace: 0,
  noCommitment: 0,
  noHome: 0,
  noSupport: 0,
  accounted: 0,
})

/** How those who live on places that close are accounted for. */
function peopleOf(rows: readonly ClosingStandingRow[], today: Day): ReturnType<typeof nobody> {
  const counts = nobody()
  for (const row of rows) {
    counts.people += 1
    const state = closingState(row, today)
    if (state !== 'empty') counts[FIELD_OF[state]] += 1
  }
  return counts
}

/** VEL's places from the plan's first year to the day, form by form: every one is a named place, and what is none is said. */
export async function closingAccountOf({ trx, today }: Acting): Promise<ClosingAccount> {
  const places = await velPlaces(trx)
  const people = await closingStanding(trx, THE_DAY)
  const series = VEL_PLAN_FORMS.map((entry) => entry.series)
  const figures = await newestValues(trx, '0301', series)
  const planned = (id: string, year: number) =>
    figures.find((row) => row.seriesId === id && row.year === year)?.value ?? null
  const items = VEL_PLAN_FORMS.map(({ form, series: of }) => ({
    form,
    formName: formById(form).name,
    ...accountOf(
      places.filter((place) => place.form === form),
      people.filter((row) => row.form === form),
      planned(of, VEL_PLAN_YEARS.first),
      planned(of, VEL_PLAN_YEARS.last),
      today,
    ),
  }))
  const sumOf = (values: (number | null)[]) =>
    values.some((value) => value === null) ? null : values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
  return {
    asOf: today,
    from: COUNTED_FROM,
    until: THE_DAY,
    source: 'Temaplan for rusinstitusjoner 2021–2030, offentlig sammendrag. Ikke kontrollert.',
    notes: [
      'Planen gir tall for 2021 og 2030, og ikke for årene mellom.',
      'Hver plass som åpner eller legges ned, er en navngitt plass i registeret.',
      'Åpninger og nedleggelser som bare er sagt å være mulige, eller der ingen har sagt hvor sikre de er, er regnet med.',
      '«Ikke gjort rede for» er det planen har i 2030, minus det registeret har den dagen.',
      'Om en plass legges ned før boligen er klar, vises for den som bor der i dag. Den som bor på en plass som alt er lagt ned, telles med.',
    ],
    items,
    total: accountOf(
      places,
      people,
      sumOf(items.map((item) => item.planned2021)),
      sumOf(items.map((item) => item.planned2030)),
      today,
    ),
  }
}

function accountOf(
  places: readonly VelPlace[],
  people: readonly ClosingStandingRow[],
  planned2021: number | null,
  planned2030: number | null,
  today: Day,
) {
  const changed = (kind: 'opening' | 'closing', first: Day, last: Day) =>
    places.filter((place) => changeBetween(place, first, last) === kind)
  const between = (kind: 'opening' | 'closing', first: Day, last: Day) => changed(kind, first, last).length
  const coming = (kind: 'opening' | 'closing', certainty: Certainty) =>
    changed(kind, today, THE_DAY).filter((place) => (kind === 'opening' ? place.opens : place.closes) === certainty)
      .length
  const openOn = (on: Day) =>
    places.filter(({ opensOn, closesOn }) => opensOn <= on && (closesOn === null || closesOn > on)).length
  const [openAtStart, openToday, openOnTheDay] = [openOn(COUNTED_FROM), openOn(today), openOn(THE_DAY)]
  const closing = between('closing', today, THE_DAY)
  const living = peopleOf(people, today)
  return {
    planned2021,
    planned2030,
    plannedChange: planned2021 === null || planned2030 === null ? null : planned2030 - planned2021,
    openAtStart,
    closed: between('closing', COUNTED_FROM, today),
    opened: between('opening', COUNTED_FROM, today),
    openToday,
    closing,
    closingPossible: coming('closing', 'possible'),
    closingUnsaid: coming('closing', null),
    opening: between('opening', today, THE_DAY),
    openingPossible: coming('opening', 'possible'),
    openingUnsaid: coming('opening', null),
    openOnTheDay,
    change: openOnTheDay - openAtStart,
    unaccounted: planned2030 === null ? null : planned2030 - openOnTheDay,
    empty: closing - people.filter(({ closesOn }) => closesOn > today).length,
    ...living,
  }
}

/** Those who live on places that close, by the bydel that is to have a home ready for them. */
export async function closingsByDistrict(
  { trx, today }: Acting,
  district: string | undefined,
): Promise<CommitmentStanding> {
  const rows = await closingStanding(trx, THE_DAY)
  const known: readonly string[] = DISTRICTS.map(({ code }) => code)
  const of = (own: readonly ClosingStandingRow[]) => ({
    firstClosesOn: own.map(({ closesOn }) => closesOn).sort()[0] ?? null,
    committed: own.filter(({ readyOn }) => readyOn !== null).length,
    ...peopleOf(own, today),
  })
  return {
    asOf: today,
    until: THE_DAY,
    items: known
      .filter((code) => district === undefined || code === district)
      .map((code) => ({
        district: code,
        districtName: districtName(code),
        ...of(rows.filter((row) => row.district === code)),
      })),
    total: of(rows.filter((row) => district === undefined || row.district === district)),
  }
}
