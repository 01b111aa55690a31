import type { Day } from '../day.ts'
import { refusedRedrawing } from './redrawn.ts'

/**
 * What a scenario changes beside what is planned already. Districts and forms by their codes, days as ISO strings, so that a
 * scenario is stored and shown as it is written. `from` is the first day of the change.
 */
export type ScenarioChange =
  | {
      kind: 'open_places'
      from: Day
      district: string
      form: string
      places: number
      /** Given to the whole city, not to the district's own people only. */
      forCity?: boolean
    }
  | {
      kind: 'close_places'
      from: Day
      /** Absent: wherever in the city most of them are. */
      district?: string
      form: string
      places: number
    }
  | {
      /** Needs grow by so much a year from then on, instead of by the trend or by another growth; 0: growth stops. */
      kind: 'growth'
      from: Day
      district?: string
      form?: string
      perYear: number
    }
  | {
      /**
       * Needs for co-located homes grow on at the pace that they had since a base year. The pace is computed from the history
       * when the scenario is written (`paceOf`), and stands in it.
       */
      kind: 'past_growth'
      from: Day
      district?: string
      perYear: number
      baseYear: number
      untilYear: number
      /** What it has grown by between the two years, in per cent. */
      percent: number
    }
  | {
      /**
       * Districts are redrawn: each old one that is named is divided among new ones, by shares of its people and of its places.
       * The new ones are declared here. What is simplified: `redrawn.ts`.
       */
      kind: 'redrawn_districts'
      from: Day
      districts: { code: string; name: string }[]
      shares: { from: string; to: string; share: number }[]
    }
  | {
      /** So many times as many needs arise, from then on. */
      kind: 'arrivals'
      from: Day
      district?: string
      form?: string
      factor: number
    }
  | {
      /** So many times the team: a home with ambulant support waits so much shorter for its next resident. */
      kind: 'team_capacity'
      from: Day
      district?: string
      factor: number
    }
  | {
      /** What is only said to be possible, of what would open or close from then on, does not happen. */
      kind: 'without_possible'
      from: Day
    }
  | {
      /** So many times as many lose their home when they leave it. */
      kind: 'loss_rate'
      from: Day
      factor: number
    }

/** Forms whose past growth is known: co-located homes. */
export const isColocated = (form: string) => form.startsWith('colocated')

/** Forms with ambulant support, which a team's capacity bears on. */
export const TEAM_FORMS: ReadonlySet<string> = new Set(['municipal_support', 'private_support'])

/** Why a change is refused: which one, which of its fields, and a Norwegian sentence. */
export interface RefusedChange {
  index: number
  field: string
  code:
    | 'day_in_the_past'
    | 'after_the_end'
    | 'negative'
    | 'too_large'
    | 'unknown'
    | 'more_than_exist'
    | 'not_whole'
    | 'twice'
    | 'not_one'
  detail: string
}

/** Kinds that a second one would contradict, with why it is refused. */
const ONLY_ONCE: Partial<Record<ScenarioChange['kind'], string>> = {
  redrawn_districts: 'Bydelene kan tegnes om bare én gang.',
  without_possible: 'Det som bare er mulig, kan holdes utenfor bare én gang.',
}

const MOST_PLACES = 5_000
const MOST_FACTOR = 20
const GROWTH = [-0.9, 3] as const

/**
 * What is wrong with changes by themselves, `index` naming the change; whether places exist that are closed is told by
 * `planOf`, which knows them.
 */
export function refusedChanges(
  changes: readonly ScenarioChange[],
  known: { today: Day; until: Day; districts: readonly string[]; forms: readonly string[] },
): RefusedChange[] {
  return changes.flatMap((change, index) => {
    const found: RefusedChange[] = []
    const refuse = (field: string, code: RefusedChange['code'], detail: string) =>
      found.push({ index, field, code, detail })
    if (change.from < known.today) refuse('from', 'day_in_the_past', 'Dagen er passert. Velg en dag fra i dag av.')
    if (change.from >= known.until)
      refuse('from', 'after_the_end', 'Endringen skjer etter den siste dagen i framskrivingen.')
    if ('district' in change && change.district !== undefined && !known.districts.includes(change.district))
      refuse('district', 'unknown', 'Bydelen finnes ikke.')
    if ('form' in change && change.form !== undefined && !known.forms.includes(change.form))
      refuse('form', 'unknown', 'Boligformen finnes ikke, eller ingen kan plasseres i den.')
    if ('places' in change) {
      if (change.places <= 0) refuse('places', 'negative', 'Antall plasser må være større enn 0.')
      else if (!Number.isInteger(change.places)) refuse('places', 'not_whole', 'Antall plasser må være et helt tall.')
      else if (change.places > MOST_PLACES)
        refuse('places', 'too_large', `Én endring kan gjelde høyst ${MOST_PLACES} plasser.`)
    }
    if ('factor' in change) {
      if (!(change.factor >= 0)) refuse('factor', 'negative', 'Tallet kan ikke være negativt.')
      else if (change.kind === 'team_capacity' && change.factor === 0)
        refuse('factor', 'negative', 'Et team kan ikke ha 0 kapasitet. Velg et tall over 0.')
      else if (change.factor > MOST_FACTOR) refuse('factor', 'too_large', `Tallet kan være høyst ${MOST_FACTOR}.`)
    }
    if (change.kind === 'redrawn_districts') {
      for (const { field, code, detail } of refusedRedrawing(change, known.districts)) refuse(field, code, detail)
    }
    const once = ONLY_ONCE[change.kind]
    if (once !== undefined && changes.findIndex(({ kind }) => kind === change.kind) < index)
      refuse('kind', 'twice', once)
    if (change.kind === 'growth' || change.kind === 'past_growth') {
      const [least, most] = GROWTH
      if (!(change.perYear >= least))
        refuse('perYear', 'negative', 'Veksten kan ikke være lavere enn −90 prosent i året.')
      else if (change.perYear > most) refuse('perYear', 'too_large', 'Veksten kan være høyst 300 prosent i året.')
    }
    return found
  })
}
