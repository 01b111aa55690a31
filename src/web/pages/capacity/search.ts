import type { DayAsk, LengthAsk, SeriesAsk } from '../../api/capacity.ts'
import type { PlaceForm } from '../../api/types.ts'
import { dayAfter } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import type { MeasureId } from '../../ui/measureNames.ts'
import { isDay, isId, readDistrict, readForm } from '../../ui/searchValues.ts'

const SPLITS = ['bydel', 'botilbud', 'egenskaper'] as const
const DRAWN = [
  'occupied',
  'places',
  'capacity',
  'admitting',
  'free',
  'closed',
  'notAdmitting',
  'queue',
  'movedIn',
  'departed',
] as const satisfies readonly MeasureId[]
const YEARS = [1, 3, 5, 10] as const
const MONTHS = [6, 12, 24, 60] as const

export type Drawn = (typeof DRAWN)[number]

/** What is asked of capacity, as it stands in the address, in Norwegian. */
export type CapacitySearch = {
  dag?: string
  bydel?: string
  boligform?: string
  trinn?: number
  bosted?: string
  /** Ids of features with commas between: only places with all of them. */
  egenskaper?: string
  /** What the figures are told apart by; absent: the ladder's steps and forms. */
  del?: (typeof SPLITS)[number]
  /** What is drawn over time; absent: occupied. */
  vis?: Drawn
  /** How many years are drawn; absent: five. */
  aar?: number
  /** Over how many months turnover, stays and waits are counted; absent: twelve. */
  mnd?: number
}

export const drawn: readonly Drawn[] = DRAWN
export const years: readonly number[] = YEARS
export const months: readonly number[] = MONTHS
export const USUAL_YEARS = 5
export const USUAL_MONTHS = 12

/** Reads the address. What is malformed is left out; the page then shows more, never an error. */
export function readCapacitySearch(search: Record<string, unknown>): CapacitySearch {
  const { dag, bydel, boligform, trinn, bosted, egenskaper, del, vis, aar, mnd } = search
  return {
    ...(isDay(dag) ? { dag } : {}),
    ...readDistrict(bydel),
    ...readForm(boligform),
    ...(typeof trinn === 'number' && [0, 1, 2, 3, 4].includes(trinn) ? { trinn } : {}),
    ...(isId(bosted) ? { bosted } : {}),
    ...(typeof egenskaper === 'string' && /^[a-zA-Z_0-9]+(,[a-zA-Z_0-9]+){0,9}$/.test(egenskaper)
      ? { egenskaper }
      : {}),
    ...oneOf('del', SPLITS, del),
    ...oneOf('vis', DRAWN, vis),
    ...oneOf('aar', YEARS, aar),
    ...oneOf('mnd', MONTHS, mnd),
  }
}

function oneOf<K extends string, T>(name: K, values: readonly T[], given: unknown): Partial<Record<K, T>> {
  const found = values.find((value) => value === given)
  return found === undefined ? {} : ({ [name]: found } as Partial<Record<K, T>>)
}

/** The forms and features that exist; others of the address are left out. */
export type Known = { forms: readonly { id: string }[]; features: readonly { id: string }[] }

/** The same as the service takes it, for each part of the page. */
export function asksOf(search: CapacitySearch, today: string, { forms, features }: Known) {
  const on = search.dag ?? today
  const form = forms.find(({ id }) => id === search.boligform)?.id as PlaceForm | undefined
  const wanted = (search.egenskaper ?? '').split(',').filter((id) => features.some((feature) => feature.id === id))
  const place = {
    ...(search.bydel === undefined ? {} : { district: search.bydel }),
    ...(form === undefined ? {} : { form }),
    ...(search.trinn === undefined ? {} : { step: search.trinn }),
    ...(search.bosted === undefined ? {} : { facilityId: search.bosted }),
    ...(wanted.length === 0 ? {} : { features: wanted.join(',') }),
  }
  const groupBy =
    search.del === 'bydel'
      ? 'district'
      : search.del === 'botilbud'
        ? 'facility'
        : search.del === 'egenskaper'
          ? 'features'
          : 'step,form'
  const count = search.mnd ?? USUAL_MONTHS
  const ended = on > today ? today : on
  const day: DayAsk = { on, groupBy, ...place }
  const series: SeriesAsk = {
    ...seriesSpan(on, search.aar ?? USUAL_YEARS),
    every: 'month',
    ...(drawnBy(search) === null ? {} : { groupBy: drawnBy(search) ?? '' }),
    ...place,
  }
  const moves: SeriesAsk = { from: monthsBefore(ended, count), to: ended, every: 'period', groupBy, ...place }
  const lengths: LengthAsk = {
    on: ended,
    months: count,
    groupBy: search.del === 'bydel' ? 'district' : 'form',
    ...(place.district === undefined ? {} : { district: place.district }),
    ...(form === undefined ? {} : { form }),
  }
  return { on, day, series, moves, lengths }
}

/** What each small picture is of: what a reader has not narrowed yet. */
function drawnBy({ del, boligform, trinn }: CapacitySearch): string | null {
  if (del === 'bydel') return 'district'
  if (boligform !== undefined) return null
  return trinn === undefined ? 'step' : 'form'
}

/** Whole months up to the one that the day lies in. */
function seriesSpan(day: string, years: number): { from: string; to: string } {
  const to = `${day.slice(0, 8)}01`
  return { from: monthsBefore(to, 12 * years), to }
}

/** The day so many months earlier; the last of the month where it is shorter. */
export function monthsBefore(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 - count, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return dayAfter(first.toISOString().slice(0, 10), Math.min(date, last) - 1)
}

/** The address of an answer, with its filters, as files are asked for. */
export function addressOf(path: string, ask: Record<string, string | number>): string {
  const query = new URLSearchParams(Object.entries(ask).map(([name, value]) => [name, String(value)]))
  return `/api/v1/${path}?${query}`
}

type Names = { form(id: string): string; district(code: string): string; feature(id: string): string }

/** What is chosen, as a sentence: on paper the filters are not seen. */
export function chosenInWords(search: CapacitySearch, names: Names, facility: string | undefined): string {
  const { bydel, boligform, trinn, bosted, egenskaper } = search
  const chosen = [
    bydel === undefined ? 'hele byen' : `Bydel ${names.district(bydel)}`,
    ...(trinn === undefined ? [] : [`trinn ${trinn}`]),
    ...(boligform === undefined ? [] : [inText(names.form(boligform))]),
    ...(bosted === undefined ? [] : [facility ?? 'ett botilbud']),
    ...(egenskaper === undefined
      ? []
      : [
          `bare plasser med ${egenskaper
            .split(',')
            .map((id) => inText(names.feature(id)))
            .join(' og ')}`,
        ]),
  ]
  return chosen.join(', ')
}
