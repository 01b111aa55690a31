import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { checkPersonalNumber, sealIdentity } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import { DomainError } from '../../domain/error.ts'
import { folded } from '../../domain/importCell.ts'
import type { ImportColumn, ImportKind, ImportPart } from '../../domain/importColumns.ts'
import type { RowError, RowValues } from '../../domain/importRow.ts'
import { statusAfter } from '../../domain/placement/consequences.ts'
import { reasonCode } from '../../reference/reasonCodes.ts'
import type { StagedRow } from './staging.ts'

export interface Preparing {
  readonly kind: ImportKind
  readonly columns: readonly ImportColumn[]
  readonly keyring: Keyring
  /** For telling whether a row says the same as last time; see `contentKey`. */
  readonly contentKey: KeyObject
  /** False when nothing will be written: then nobody needs an id that her identity is sealed to. */
  readonly seals: boolean
  /** Synthetic numbers are the demo's, and the demo takes no others. */
  readonly demo: boolean
  /** Those the importer acts for; a row that says nothing is of the only one. */
  readonly districts: readonly string[]
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** A range as PostgreSQL reads it, undefined without a beginning. */
function range(from: unknown, to: unknown): string | undefined {
  return typeof from === 'string' ? `[${from},${textOf(to) ?? ''})` : undefined
}

/** The instant a day begins in Oslo, as PostgreSQL reads it. */
const midnight = (day: unknown) => (typeof day === 'string' ? `${day} 00:00 Europe/Oslo` : undefined)

/** The values of a part under the names of its fields; undefined ones are left out when it becomes JSON. */
function part({ columns }: Preparing, values: RowValues, wanted: ImportPart): Record<string, unknown> {
  const chosen = columns.filter((column) => column.part === wanted && values[column.key] !== undefined)
  return Object.fromEntries(chosen.map(({ field, key }) => [field, values[key]]))
}

/**
 * The key that rows are hashed with: made from the keyring's, since a row holds a person's number, and made into a key once,
 * since that costs more than a hash.
 */
export function contentKey(keyring: Keyring): KeyObject {
  return createSecretKey(keyring.fingerprint('the content of imported rows'))
}

function hashOf({ contentKey: key }: Preparing, said: unknown): string {
  return `\\x${createHmac('sha256', key).update(JSON.stringify(said)).digest('hex')}`
}

/** Everything that the row says and that another import of it would say again; a facility is not changed by its places' rows. */
function contentOf({ columns, kind }: Preparing, values: RowValues, district: string | null): unknown {
  const said = columns.filter(({ part: of, required }) => kind !== 'places' || of !== 'facility' || required)
  return [kind, district, said.flatMap(({ key }) => (values[key] === undefined ? [] : [[key, values[key]]]))]
}

const BLANK: Omit<StagedRow, 'row' | 'source' | 'external_id' | 'hash' | 'record'> = {
  district: null,
  person_key: null,
  person_id: null,
  fingerprint: null,
  person_hash: null,
  candidate: null,
  ciphertext: null,
  has_identity: false,
  named: false,
  resident: null,
  household: null,
  living: null,
  visiting: null,
  facility_key: null,
  facility_name: null,
  facility_hash: null,
  facility: null,
  served: null,
  place_source: null,
  place_external_id: null,
  label: null,
  during: null,
}

/**
 * What is wrong with whose row it is: another district's, or a number that is nobody's. Of a place nothing is.
 * @param misread columns whose cells could not be read, of which nothing more is said
 */
export function ownershipErrors(
  preparing: Preparing,
  values: RowValues,
  misread: ReadonlySet<string | null>,
): RowError[] {
  if (preparing.kind === 'places') return []
  const number = personalNumberOf(values)
  return [
    ...(misread.has('district') ? [] : districtErrors(preparing, values)),
    ...(number === null ? [] : numberErrors(number, preparing.demo)),
  ]
}

/** What of a good row is staged, with its person's identity sealed to `candidate` (null: not sealed). */
export function prepareRow(preparing: Preparing, row: number, values: RowValues, candidate: string | null): StagedRow {
  const source = textOf(values.source) ?? ''
  const externalId = textOf(values.externalId) ?? ''
  if (preparing.kind === 'places') {
    const hash = hashOf(preparing, contentOf(preparing, values, null))
    return { ...BLANK, ...placePart(preparing, values), row, source, external_id: externalId, hash }
  }
  const district = districtOf(preparing, values) ?? ''
  const number = personalNumberOf(values)
  const said = number === null ? values : { ...values, personalNumber: number }
  const about = preparing.kind === 'needs' ? { record: needRecord(preparing, values) } : stayPart(preparing, values)
  return {
    ...BLANK,
    ...personPart(preparing, said, district, candidate, externalId),
    ...about,
    row,
    source,
    external_id: externalId,
    district,
    hash: hashOf(preparing, contentOf(preparing, said, district)),
  }
}

/** What a row says, or the only one that the importer acts for. */
export function districtOf({ districts }: Preparing, values: RowValues): string | null {
  return textOf(values.district) ?? (districts.length === 1 ? (districts[0] ?? null) : null)
}

/** The sentence is the same whatever is registered there: it tells nothing of another district. */
function districtErrors(preparing: Preparing, values: RowValues): RowError[] {
  const district = districtOf(preparing, values)
  if (district === null) {
    return [{ column: 'district', code: 'missing', detail: 'Skriv hvilken bydel raden gjelder.' }]
  }
  if (preparing.districts.includes(district)) return []
  const detail = 'Du kan bare importere rader for din egen bydel.'
  return [{ column: 'district', code: 'not_own_district', detail }]
}

/** Eleven digits; a spreadsheet that took the number for an amount has dropped a zero in front. */
function personalNumberOf(values: RowValues): string | null {
  const written = textOf(values.personalNumber)?.replaceAll(/\s/g, '') ?? null
  return written !== null && /^\d{10}$/.test(written) ? `0${written}` : written
}

function numberErrors(number: string, demo: boolean): RowError[] {
  if (!/^\d{11}$/.test(number)) {
    return [
      { column: 'personalNumber', code: 'invalid_personal_number', detail: 'Fødselsnummeret i raden må ha 11 siffer.' },
    ]
  }
  try {
    checkPersonalNumber(number, demo)
    return []
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.errors.map(({ code, detail }) => ({ column: 'personalNumber', code, detail }))
  }
}

function personPart(
  preparing: Preparing,
  values: RowValues,
  district: string,
  candidate: string | null,
  externalId: string,
): Partial<StagedRow> {
  const { keyring } = preparing
  const { personalNumber = null, name = null, phone = null } = part(preparing, values, 'identity')
  const number = textOf(personalNumber)
  const identity = { name: textOf(name), personalNumber: number, phone: textOf(phone) }
  const resident = part(preparing, values, 'resident')
  const { living = null, visiting = null, ...household } = part(preparing, values, 'household')
  const personId = textOf(values.personId)
  const fingerprint = number === null ? null : keyring.fingerprint(number).toString('hex')
  const facts = [name, phone, ...Object.entries(resident), ...Object.entries(household), living, visiting]
  // a number that the person is found by says nothing more of her; beside an id it is something to agree on
  const says = facts.some((fact) => fact !== null) || (personId !== null && number !== null)
  const key =
    personId === null ? (fingerprint ?? `row ${values.source}\n${externalId}`) : `id ${values.source}\n${personId}`
  return {
    person_key: `${district} ${key}`,
    person_id: personId,
    fingerprint: fingerprint === null ? null : `\\x${fingerprint}`,
    person_hash: says ? hashOf(preparing, [facts, number]) : null,
    candidate,
    ciphertext:
      candidate === null
        ? null
        : `\\x${sealIdentity(keyring, candidate, { ...identity, name: identity.name ?? '' }).toString('hex')}`,
    has_identity: Object.values(identity).some((value) => value !== null),
    named: identity.name !== null,
    resident,
    household,
    living: living as number[] | null,
    visiting: visiting as number[] | null,
  }
}

/** What a need is that ended: met without a reason or by one that says so, else withdrawn. */
function endedAs(reason: unknown): 'closed' | 'withdrawn' {
  const code = typeof reason === 'string' ? reasonCode('withdrawal', reason) : undefined
  return reason === undefined || (code !== undefined && statusAfter(code) === 'closed') ? 'closed' : 'withdrawn'
}

function needRecord(preparing: Preparing, values: RowValues): object {
  const said = part(preparing, values, 'need')
  const { needed_from, needed_to, registered_on, ended_on, ended_reason, ...record } = said
  const registered = Array.isArray(record.forms) && record.forms.length > 0
  const ended = ended_on === undefined ? undefined : endedAs(ended_reason)
  return {
    ...record,
    needed_during: range(needed_from, needed_to),
    status: ended ?? (registered ? 'registered' : undefined),
    registered_at: midnight(registered_on),
    ended_at: midnight(ended_on),
    ended_reason,
  }
}

function stayPart(preparing: Preparing, values: RowValues) {
  const { from, to, ...record } = part(preparing, values, 'stay')
  const named = part(preparing, values, 'place')
  const during = range(from, to) ?? ''
  return {
    record: { ...record, during },
    during,
    place_source: textOf(named.source),
    place_external_id: textOf(named.external_id),
    facility_name: textOf(named.facility),
    label: textOf(named.label),
  }
}

function placePart(preparing: Preparing, values: RowValues) {
  const { opens, closes, served_districts, ...facility } = part(preparing, values, 'facility')
  const { opens: from, closes: to, ...record } = part(preparing, values, 'place')
  const whole = { ...facility, open_during: range(opens, closes) }
  const identity = [facility.name, facility.operator, facility.district_code].map((name) => folded(String(name)))
  const says = Object.keys(facility).length > identity.length || opens !== undefined
  const during = range(from, to)
  return {
    facility_key: identity.join('\n'),
    facility_name: textOf(facility.name),
    facility_hash: says ? hashOf(preparing, [whole, served_districts]) : null,
    facility: whole,
    served: (served_districts ?? null) as string[] | null,
    label: textOf(record.label),
    during: during ?? null,
    record: { ...record, open_during: during },
  }
}
