import type { Flag, FlagWithHistory, NeedGrowth } from '../../api/flags.ts'
import { dayInWords } from '../../ui/days.ts'
import { inNumbers } from '../../ui/numbers.ts'

const UNITS: Record<string, (value: number) => string> = {
  percent: () => 'prosent',
  needs: () => 'behov',
  people: (value) => (value === 1 ? 'person' : 'personer'),
  places: (value) => (value === 1 ? 'plass' : 'plasser'),
  facilities: () => 'botilbud',
  kroner: () => 'kroner',
}

/** A number with its unit, as «12 plasser». */
export function withUnit(value: number, unit: string): string {
  return `${inNumbers(value)} ${UNITS[unit]?.(Math.round(value)) ?? unit}`
}

const EVENTS: Record<FlagWithHistory['events'][number]['kind'], string> = {
  opened: 'Varslet',
  reopened: 'Varslet igjen',
  acknowledged: 'Sett',
  assigned: 'Noen følger opp',
  resolved: 'Løst',
  closed: 'Lukket av seg selv',
}

export function eventName(kind: FlagWithHistory['events'][number]['kind']): string {
  return EVENTS[kind]
}

/** A flag’s heading: its title, and what it is about where the rule looks at several. */
export function flagTitle({ title, subject }: Pick<Flag, 'title' | 'subject'>): string {
  return subject === null ? title : `${title}: ${subject}`
}

type Limits = Pick<Flag, 'closesBelow' | 'closesAfterDays' | 'unit'>

/** «Lukkes når det har vært under 1 person i 7 dager.» */
export function closesInWords({ closesBelow, closesAfterDays, unit }: Limits): string {
  const below = `under ${withUnit(closesBelow, unit)}`
  return closesAfterDays === 0 ? `Lukkes ${below}.` : `Lukkes når det har vært ${below} i ${closesAfterDays} dager.`
}

/** How a flag is measured, from which threshold, and where the rule comes from. */
export function howItIsMeasured(
  flag: Limits & Pick<Flag, 'measure' | 'threshold' | 'source' | 'ruleId' | 'ruleVersion'>,
): string {
  return `${flag.measure} Varsles fra ${withUnit(flag.threshold, flag.unit)}. ${closesInWords(flag)} Kilde: ${flag.source}. Regel ${flag.ruleId}, versjon ${flag.ruleVersion}.`
}

/** «Slik har det vært siden 2. august 2026.», and where nothing tells it: since it was raised. */
export function sinceInWords({ since, sinceFrom }: Pick<Flag, 'since' | 'sinceFrom'>): string {
  return sinceFrom === 'history'
    ? `Slik har det vært minst siden ${dayInWords(since)}.`
    : `Varslet ${dayInWords(since)}. Hvor lenge det hadde vært slik da, vet vi ikke.`
}

/** What is below its limit and not yet closed. */
export function quietInWords({ belowSince, closesOn }: Pick<Flag, 'belowSince' | 'closesOn'>): string {
  if (belowSince === null || closesOn === null) return ''
  return `Ikke over grensen siden ${dayInWords(belowSince)}. Lukkes ${dayInWords(closesOn)} hvis det holder seg slik.`
}

/** A figure beside what was measured; where there is none, why. */
export function figureInWords({ value, unit, unknown }: Flag['against'][number]): string {
  if (value === null) return unknown ?? 'ukjent'
  return withUnit(value, unit)
}

/** How many stand behind a flag, and how many of them the reader sees. */
export function behindInWords(
  { behind, district }: Pick<Flag, 'behind' | 'district'>,
  seen: number,
  more: boolean,
): string {
  const all = behind === 0 ? 'Ingen lå bak da det ble målt.' : `${inNumbers(behind)} lå bak da det ble målt.`
  if (more || seen === behind) return all
  if (district === null)
    return `${all} ${seen === 0 ? 'Ingen av dem er fra bydelen din.' : `${inNumbers(seen)} av dem er fra bydelen din.`} Personer ser bare de som arbeider for bydelen deres.`
  return seen === 0
    ? `${all} Personer ser bare de som arbeider for bydelen deres.`
    : `${all} Du ser ${inNumbers(seen)} nå. Noe kan ha endret seg siden, og personer med fortrolig adresse ser bare de som følger dem opp.`
}

type Grown = NeedGrowth['items'][number]

/** «135 prosent fra 2020 til 2024, fra 24 til 57 åpne behov i snitt», or why no share can be told. */
export function grownInWords({ base, until }: Pick<Grown, 'base' | 'until'>): string {
  const open = `fra ${inNumbers(Math.round(base.open))} til ${inNumbers(Math.round(until.open))} åpne behov i snitt`
  return until.percent === null
    ? `for få til å regne prosent fra ${base.year} til ${until.year}: ${open}`
    : `${inNumbers(until.percent)} prosent fra ${base.year} til ${until.year}, ${open}`
}

/** The newest whole year, where it is another than that of the source. */
export function newestInWords({ base, until, newest }: Grown): string {
  if (newest.year === until.year || newest.percent === null) return ''
  return ` Fra ${base.year} til ${newest.year}: ${inNumbers(newest.percent)} prosent.`
}
