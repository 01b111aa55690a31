import { openIdentity } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { Acting } from '../../db/actor.ts'
import type { Day } from '../../domain/day.ts'
import { formatDay } from '../../domain/words.ts'
import type { FlagRuleId } from '../../reference/flagRules.ts'
import { type OpenRecord, placesOfStep, staleFacilities, vacantPlaces } from './places.ts'
import {
  type FlagRow,
  largestPurchases,
  needsBought,
  needsOfForms,
  needsOutside,
  needsShort,
  needsSkipped,
  type PersonRecord,
  staysBehind,
} from './queries.ts'
import type { FlagRecordBody } from './schema.ts'

const kroner = new Intl.NumberFormat('nb-NO', { maximumFractionDigits: 0 })

/** A page of what stands behind a flag, and one more: under the reader's own rights, so of people only her own district's. */
export async function recordsOf(
  acting: Acting,
  keyring: Keyring,
  flag: FlagRow,
  district: string,
  limit: number,
  after: string | undefined,
): Promise<FlagRecordBody[]> {
  const { trx, today } = acting
  const asked = { district, subject: flag.subject, limit, after }
  const named = (kind: 'need' | 'stay', rows: readonly PersonRecord[], note: (text: string) => string) =>
    rows.map(
      ({ residentId, ciphertext, note: text, ...row }): FlagRecordBody => ({
        ...row,
        kind,
        title: openIdentity(keyring, residentId, ciphertext).name,
        note: note(text),
        vacancy: null,
      }),
    )
  const people = (kind: 'need' | 'stay', rows: readonly PersonRecord[], note: (day: string) => string) =>
    named(kind, rows, (day) => note(day === '' ? '' : formatDay(day as Day)))
  const open = (kind: 'place' | 'facility', rows: readonly OpenRecord[], note: (day: string) => string) =>
    rows.map(
      ({ note: day, vacant, vacancyConfirmedAt, ...row }): FlagRecordBody => ({
        ...row,
        kind,
        needId: null,
        note: note(day === '' ? '' : formatDay(day as Day)),
        vacancy: vacant ? { confirmedAt: vacancyConfirmedAt } : null,
      }),
    )
  const registered = (day: string) => `Behovet ble registrert ${day}`
  switch (flag.ruleId as FlagRuleId) {
    case 'growth_since_base':
    case 'step_without_places':
      return people('need', await needsOfForms(trx, asked), registered)
    case 'certified_shortfall':
      if (flag.runId === null) return []
      return people('need', await needsShort(trx, asked, flag.runId, flag.shortages), (day) =>
        day === '' ? 'Fikk ikke forslag i siste kjøring' : `Fikk forslag om å flytte ${day}`,
      )
    case 'bought_beside_own':
      return people('need', await needsBought(trx, asked), (day) => `Kan flytte ${day} etter siste kjøring`)
    case 'forced_skip':
      return people('need', await needsSkipped(trx, asked), (day) => `Registrert ${day}`)
    case 'outside_responsible_district':
      return people('need', await needsOutside(trx, asked, today), registered)
    case 'overstay':
      return people('stay', await staysBehind(trx, asked, today, 'overdue'), (day) => `Avtalt til ${day}`)
    case 'waiting_while_ready':
      return people('stay', await staysBehind(trx, asked, today, 'ready'), (day) => `Klar til å flytte siden ${day}`)
    case 'closing_before_next_home':
      return people('stay', await staysBehind(trx, asked, today, 'closing'), (day) => `Plassen legges ned ${day}`)
    case 'high_occupancy':
      return open('place', await placesOfStep(acting, asked), (day) =>
        day === '' ? 'Ikke opptatt' : `Opptatt siden ${day}`,
      )
    case 'vacancy_beside_queue':
      return open('place', await vacantPlaces(acting, asked, 'beside'), (day) => `Ledig siden ${day}`)
    case 'long_vacancy':
      return open('place', await vacantPlaces(acting, asked, 'long'), (day) => `Ledig siden ${day}`)
    case 'budget_in_few_cases':
      return named(
        'stay',
        await largestPurchases(acting, asked),
        (amount) => `${kroner.format(Number(amount))} kroner i år`,
      )
    case 'stale_data':
      return open('facility', await staleFacilities(acting, asked), (day) =>
        day === '' ? 'Aldri bekreftet' : `Bekreftet ${day}`,
      )
  }
}
