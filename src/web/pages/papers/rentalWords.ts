import type { Worksheet, WorksheetFields } from '../../api/rental.ts'
import { dayAfter, dayInWords, endFrom, lastFrom } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { kroner } from '../../ui/kroner.ts'

export const guarantees: { value: Worksheet['guarantee']; label: string }[] = [
  { value: 'not_decided', label: 'Ikke avklart' },
  { value: 'none', label: 'Ingen' },
  { value: 'guarantee', label: 'Garanti fra kommunen' },
  { value: 'deposit', label: 'Depositum' },
]

export const allowances: { value: Worksheet['housingAllowance']; label: string }[] = [
  { value: 'not_applied', label: 'Ikke søkt' },
  { value: 'applied', label: 'Søkt, venter på svar' },
  { value: 'granted', label: 'Innvilget' },
  { value: 'refused', label: 'Avslått' },
]

/** Nothing has been saved. */
export function isBlank({ version }: Pick<Worksheet, 'version'>): boolean {
  return version === 0
}

/** «Boligen koster 9 400 kr i måneden etter bostøtte. 2 ting mangler.» */
export function costInWords({ cost }: Pick<Worksheet, 'cost'>): string {
  const { grossMonth, netMonth, missing } = cost
  const costs =
    netMonth === null
      ? 'Hva boligen koster, er ikke kjent ennå.'
      : netMonth === grossMonth
        ? `Boligen koster ${kroner(netMonth)} i måneden.`
        : `Boligen koster ${kroner(netMonth)} i måneden etter bostøtte.`
  const lacks =
    missing.length === 0
      ? 'Ingenting mangler.'
      : missing.length === 1
        ? '1 ting mangler.'
        : `${missing.length} ting mangler.`
  return `${costs} ${lacks}`
}

/** Whether renting privately works; `none`: nothing is concluded now, and the need keeps what it says. */
export type Conclusion = NonNullable<WorksheetFields['conclusion']>['privateRental'] | 'none'

const answers: { value: Exclude<Conclusion, 'none'>; label: string }[] = [
  { value: 'possible', label: 'Det kan gå å leie privat' },
  { value: 'not_possible', label: 'Det går ikke nå' },
]

/** What can be concluded. What the need says already stands first, and is kept without being answered again. */
export function conclusions(
  standing: Pick<Worksheet, 'privateRental' | 'privateRentalConsideredOn'>,
): { value: Conclusion; label: string }[] {
  const { privateRental, privateRentalConsideredOn: on } = standing
  const said = privateRental === 'overridden' ? 'fraveket' : answers.find(({ value }) => value === privateRental)?.label
  const keep = said === undefined ? 'Ingen vurdering nå' : `Behold det som er registrert: ${inText(said)}`
  return [{ value: 'none', label: on === null || said === undefined ? keep : `${keep}, ${dayInWords(on)}` }, ...answers]
}

/** The worksheet as it is filled in: the lease by its first and last day, and the conclusion to draw. */
export type FilledIn = Omit<WorksheetFields, 'leaseDuring' | 'conclusion'> & {
  firstDay: string | null
  lastDay: string | null
  conclusion: Conclusion
  reason: string
}

/** The fields of a saved worksheet. */
export function filledIn(sheet: Worksheet): FilledIn {
  const { landlordId, address, rentMonth, electricityMonth, guarantee, guaranteeAmount } = sheet
  const { housingAllowance, housingAllowanceMonth, leaseDuring } = sheet
  return {
    ...{ landlordId, address, rentMonth, electricityMonth, guarantee, guaranteeAmount },
    ...{ housingAllowance, housingAllowanceMonth },
    firstDay: leaseDuring?.from ?? null,
    lastDay: lastFrom(leaseDuring?.to ?? null),
    conclusion: 'none',
    reason: sheet.privateRentalReason ?? '',
  }
}

/** True where an amount belongs to what was chosen. */
export function asksAmount({ guarantee }: Pick<FilledIn, 'guarantee'>): boolean {
  return guarantee === 'guarantee' || guarantee === 'deposit'
}

/** What is sent: an amount goes only with what it is the amount of, and the last day is in the lease. */
export function worksheetFields({ firstDay, lastDay, conclusion, reason, ...fields }: FilledIn): WorksheetFields {
  return {
    ...fields,
    guaranteeAmount: asksAmount(fields) ? fields.guaranteeAmount : null,
    housingAllowanceMonth: fields.housingAllowance === 'granted' ? fields.housingAllowanceMonth : null,
    leaseDuring: firstDay === null ? null : { from: firstDay, to: endFrom(lastDay) },
    conclusion:
      conclusion === 'none' ? null : { privateRental: conclusion, reason: reason.trim() === '' ? null : reason },
  }
}

/** How long a lease lasts: «Fra 1. oktober 2026, uten sluttdato». */
export function leaseInWords({ from, to }: { from: string; to: string | null }): string {
  return to === null
    ? `Fra ${dayInWords(from)}, uten sluttdato`
    : `Fra ${dayInWords(from)} til og med ${dayInWords(dayAfter(to, -1))}`
}
