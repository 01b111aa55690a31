import type { ExpansionAnswer, ExpansionPlan } from '../../api/expansion.ts'
import { dayInWords } from '../../ui/days.ts'
import { kroner } from '../../ui/kroner.ts'

const number = new Intl.NumberFormat('nb-NO', { maximumFractionDigits: 0 })
const one = new Intl.NumberFormat('nb-NO', { maximumFractionDigits: 1 })

/** «318 mill. kr», or kroner where it is less than a million. */
export function millions(amount: number): string {
  return Math.abs(amount) >= 1_000_000 ? `${one.format(amount / 1_000_000)} mill. kr` : kroner(amount)
}

/** «12 flere», «3 færre», «like mange». */
export function moreOrFewer(difference: number): string {
  if (difference === 0) return 'like mange'
  return difference > 0 ? `${number.format(difference)} flere` : `${number.format(-difference)} færre`
}

/** «20 mill. kr mer», «20 mill. kr mindre», «det samme». */
export function dearerOrCheaper(difference: number): string {
  if (difference === 0) return 'det samme'
  return `${millions(Math.abs(difference))} ${difference > 0 ? 'mer' : 'mindre'}`
}

export const placesInWords = (count: number) => (count === 1 ? '1 plass' : `${number.format(count)} plasser`)

export function askInWords({ level, by }: Pick<ExpansionPlan, 'level' | 'by'>): string {
  return `Høyst ${level} uten ledig plass i hver bydel ${dayInWords(by)}`
}

const STATUS = {
  queued: 'Venter på tur',
  running: 'Regner',
  completed: 'Ferdig',
  failed: 'Feilet',
  cancelled: 'Avbrutt',
} as const

const STAGES: Record<string, string> = {
  queued: 'Utregningen venter på tur.',
  reading: 'Leser historien.',
  simulating: 'Prøver planer i framskrivingen.',
  storing: 'Lagrer svaret.',
}

export function statusInWords({ status, answer }: ExpansionPlan): string {
  if (answer === null) return STATUS[status].toLowerCase()
  return `${placesInWords(answer.places)}, ${answer.met ? 'når målet' : 'når ikke målet'}`
}

export function stageInWords({ stage }: Pick<ExpansionPlan, 'stage'>): string {
  return STAGES[stage] ?? 'Regner.'
}

/** The answer in a sentence or two. */
export function answerInWords({ level }: ExpansionPlan, { met, places, cost, districts }: ExpansionAnswer): string {
  if (places === 0 && met) return `Ingen nye plasser trengs. Alle bydeler ligger på høyst ${level} uten at noe bygges.`
  const built = `${placesInWords(places)} til ${millions(cost)}`
  const above = districts.filter((district) => !district.met).length
  return met
    ? `${built} er den minste utbyggingen vi fant som holder i alle bydeler.`
    : `Målet nås ikke innenfor grensene. Den nærmeste planen er ${built}. Da er fortsatt ${
        above === 1 ? 'én bydel' : `${above} bydeler`
      } over.`
}
