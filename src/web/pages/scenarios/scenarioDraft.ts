import type { Scenario, ScenarioChange } from '../../api/scenarios.ts'

type Kind = ScenarioChange['kind']
/** What a change is in the form: growth that stops is a growth of nought, and asked for by a name of its own. */
export type DraftKind = Kind | 'growth_stops'

/** A row of a change; its key tells rows apart in the form only. */
export interface Row {
  key: number
}

/** One change as it is filled in; what its kind does not ask for is left as it is. */
export interface ChangeDraft {
  /** Tells changes apart in the form only. */
  key: number
  kind: DraftKind
  from: string | null
  /** Empty: the whole city. */
  district: string
  /** Empty: every form. */
  form: string
  places: number | null
  /** A growth of 5 per cent a year is 5. */
  percent: number | null
  factor: number | null
  forCity: boolean
  districts: (Row & { code: string; name: string })[]
  shares: (Row & { from: string; to: string; percent: number | null })[]
}

export interface ScenarioDraft {
  name: string
  note: string
  changes: ChangeDraft[]
}

export const KIND_NAMES: Record<DraftKind, string> = {
  open_places: 'Åpne plasser',
  close_places: 'Legge ned plasser',
  growth_stops: 'Veksten i nye behov stopper',
  past_growth: 'Veksten fortsetter i takten siden 2020',
  growth: 'Nye behov vokser med en annen takt',
  arrivals: 'Flere eller færre nye behov',
  team_capacity: 'Oppfølgingsteam får annen kapasitet',
  loss_rate: 'Flere eller færre mister boligen',
  without_possible: 'Bare det som er vedtatt eller planlagt, åpner og stenger',
  redrawn_districts: 'Bydelene tegnes om',
}

/** What a kind of change asks for; `may` is a choice that can be left at the whole city or all forms. */
export const ASKS: Record<
  DraftKind,
  {
    district?: 'must' | 'may'
    form?: 'must' | 'may'
    places?: true
    percent?: true
    factor?: string
    forCity?: true
    redrawing?: true
  }
> = {
  open_places: { district: 'must', form: 'must', places: true, forCity: true },
  close_places: { district: 'may', form: 'must', places: true },
  growth_stops: { district: 'may', form: 'may' },
  past_growth: { district: 'may' },
  growth: { district: 'may', form: 'may', percent: true },
  arrivals: { district: 'may', form: 'may', factor: 'Hvor mange ganger så mange nye behov?' },
  team_capacity: { district: 'may', factor: 'Hvor mange ganger så stor kapasitet?' },
  loss_rate: { factor: 'Hvor mange ganger så mange mister boligen?' },
  without_possible: {},
  redrawn_districts: { redrawing: true },
}

/** A change that nothing is filled in of yet. */
export function emptyChange(key: number, kind: DraftKind = 'open_places'): ChangeDraft {
  return {
    key,
    kind,
    from: null,
    district: '',
    form: '',
    places: null,
    percent: null,
    factor: null,
    forCity: false,
    districts: [{ key: 0, code: '', name: '' }],
    shares: [{ key: 0, from: '', to: '', percent: null }],
  }
}

const HUNDRED = 100
/** Shares are written with few decimals, and a tenth of them must not grow a tail. */
const rounded = (value: number) => Math.round(value * 1e6) / 1e6

function draftOf(change: ScenarioChange, key: number): ChangeDraft {
  const stops = change.kind === 'growth' && change.perYear === 0
  return {
    ...emptyChange(key, stops ? 'growth_stops' : change.kind),
    from: change.from,
    ...('district' in change && change.district !== undefined ? { district: change.district } : {}),
    ...('form' in change && change.form !== undefined ? { form: change.form } : {}),
    ...('places' in change ? { places: change.places } : {}),
    ...('factor' in change ? { factor: change.factor } : {}),
    ...(change.kind === 'growth' ? { percent: rounded(change.perYear * HUNDRED) } : {}),
    ...(change.kind === 'open_places' ? { forCity: change.forCity ?? false } : {}),
    ...(change.kind === 'redrawn_districts'
      ? {
          districts: change.districts.map((row, at) => ({ key: at, ...row })),
          shares: change.shares.map(({ share, ...ends }, at) => ({
            key: at,
            ...ends,
            percent: rounded(share * HUNDRED),
          })),
        }
      : {}),
  }
}

/** The form as a scenario's newest version says it. */
export function scenarioDraftOf({ name, note, changes }: Pick<Scenario, 'name' | 'note' | 'changes'>): ScenarioDraft {
  return { name, note: note ?? '', changes: changes.map(draftOf) }
}

/** What the form sends: a value that is not filled in is left out, and the service says what is missing. */
export function changeBody(draft: ChangeDraft): object {
  const { kind, from, district, form, places, percent, factor, forCity, districts, shares } = draft
  const asked = ASKS[kind]
  const share = (value: number | null) => (value === null ? undefined : rounded(value / HUNDRED))
  const body: Record<string, unknown> = {
    kind: kind === 'growth_stops' ? 'growth' : kind,
    from: from ?? undefined,
    ...(asked.district === undefined || district === '' ? {} : { district }),
    ...(asked.form === undefined || form === '' ? {} : { form }),
    ...(asked.places === undefined ? {} : { places: places ?? undefined }),
    ...(asked.factor === undefined ? {} : { factor: factor ?? undefined }),
    ...(asked.forCity === undefined ? {} : { forCity }),
    ...(asked.percent === undefined ? {} : { perYear: share(percent) }),
    ...(kind === 'growth_stops' ? { perYear: 0 } : {}),
    ...(asked.redrawing === undefined
      ? {}
      : {
          districts: districts.map(({ key: _, ...row }) => row),
          shares: shares.map(({ key: _, percent: part, ...ends }) => ({ ...ends, share: share(part) })),
        }),
  }
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
}
