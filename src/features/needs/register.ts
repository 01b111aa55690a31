import type { UpdateObject } from 'kysely'
import type { Acting, Actor } from '../../db/actor.ts'
import { districtsKnown } from '../../db/districts.ts'
import { type NeedRow, needById, readinessFactsOf } from '../../db/needs.ts'
import { addPaperTask, dropPaperTasks } from '../../db/paperTasks.ts'
import { dateRange } from '../../db/range.ts'
import type { DB } from '../../db/types.generated.ts'
import { DomainError, type FieldError, invalid, notFound, stale } from '../../domain/error.ts'
import { servicesDecided } from '../../domain/papers/decision.ts'
import { decisionTasks } from '../../domain/papers/tasks.ts'
import { blockerSentence, blockersOf, permit } from '../../domain/placement/decide.ts'
import { transitionById } from '../../domain/placement/transitions.ts'
import { readinessOf } from '../../domain/readiness.ts'
import { facilitiesKnown, householdOf, openNeedOf } from './queries.ts'
import type { NeedFields, NewNeed } from './schema.ts'

/** Dates that lie in the past by their meaning. */
const PAST = ['situationSince', 'readyToMoveOnSince', 'privateRentalConsideredOn'] as const

/** What the fields say together, and whether what they point at exists; every wrong one is named at once. */
async function checkFields({ trx, today }: Acting, fields: NeedFields, before: NeedFields): Promise<void> {
  const errors: FieldError[] = []
  const wrong = (field: keyof NeedFields, code: string, detail: string) =>
    errors.push({ pointer: `/${field}`, code, detail })
  for (const field of PAST) {
    const value = fields[field]
    if (value !== undefined && value !== null && value > today)
      wrong(field, 'in_the_future', 'Datoen kan ikke være i fremtiden.')
  }
  const privateRental = fields.privateRental ?? before.privateRental
  const reason = fields.privateRentalReason === undefined ? before.privateRentalReason : fields.privateRentalReason
  if (privateRental === 'overridden' && (reason === null || reason === undefined)) {
    wrong('privateRentalReason', 'missing', 'Skriv hvorfor dere går videre uten å ha vurdert privat leie.')
  }
  const required = fields.requiredFeatures ?? before.requiredFeatures ?? []
  const wanted = fields.wantedFeatures ?? before.wantedFeatures ?? []
  const chosen = fields.requiredFeatures !== undefined || fields.wantedFeatures !== undefined
  if (chosen && required.some((feature) => wanted.includes(feature)))
    wrong('wantedFeatures', 'also_required', 'Noe står både som krav og som ønske. Velg ett av stedene.')
  for (const field of ['responsibleDistrict', 'stayDistrict', 'excludedDistricts', 'wantedDistricts'] as const) {
    const value = fields[field]
    const codes = value === undefined || value === null ? [] : typeof value === 'string' ? [value] : value
    const known = await districtsKnown(trx, codes, today)
    if (codes.some((code) => !known.has(code))) wrong(field, 'unknown_district', 'Denne bydelen finnes ikke i dag.')
  }
  const facilities = fields.excludedFacilities ?? []
  const houses = await facilitiesKnown(trx, facilities)
  if (facilities.some((id) => !houses.has(id))) {
    wrong('excludedFacilities', 'unknown_facility', 'Et av botilbudene finnes ikke.')
  }
  if (errors.length > 0) throw new DomainError('invalid_value', 'Rett det som er markert, og prøv igjen.', errors)
}

function columns({ neededDuring, ...fields }: NeedFields) {
  return {
    ...fields,
    ...(neededDuring === undefined ? {} : { neededDuring: neededDuring === null ? null : dateRange(neededDuring) }),
  }
}

/**
 * Starts a draft for a household of the officer's own district; a draft may lack everything but whose it is.
 * @throws {DomainError} `open_need_exists`, `invalid_value` (also for a person of another district: she is not there)
 */
export async function startNeed(acting: Acting, actor: Actor, { residentId, ...fields }: NewNeed): Promise<NeedRow> {
  const { trx, now } = acting
  const household = await householdOf(trx, residentId)
  if (household === undefined || !actor.districts.includes(household.holdingDistrict)) {
    throw invalid('/residentId', 'unknown_resident', 'Vi finner ikke personen i bydelen din.')
  }
  await checkFields(acting, fields, {})
  const standing = await openNeedOf(trx, household.householdId)
  permit('need.start', {
    state: 'none',
    readiness: [],
    failing: standing === undefined ? [] : ['no_open_need'],
    overridden: [],
    blocking: standing === undefined ? undefined : { kind: 'need', id: standing.id },
  })
  const { id } = await trx
    .insertInto('need')
    .values({
      responsibleDistrict: household.holdingDistrict,
      ...columns(fields),
      householdId: household.householdId,
      holdingDistrict: household.holdingDistrict,
      startedAt: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return existing(acting, id)
}

/** @throws {DomainError} `not_found`: not there, or not hers to see */
export async function existing({ trx }: Acting, id: string): Promise<NeedRow> {
  const row = await needById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

/** @throws {DomainError} `need_not_open` for one that has ended */
export function open(row: NeedRow): NeedRow {
  if (row.status === 'draft' || row.status === 'registered') return row
  throw new DomainError(
    'need_not_open',
    'Behovet er avsluttet og kan ikke endres. Registrer et nytt hvis husstanden trenger bolig igjen.',
  )
}

/**
 * Changes what is sent and leaves the rest.
 * @throws {DomainError} `not_found`, `need_not_open`, `stale_version`, `invalid_value`
 */
export async function changeNeed(acting: Acting, id: string, version: number, fields: NeedFields): Promise<NeedRow> {
  const row = open(await existing(acting, id))
  await checkFields(acting, fields, {
    privateRental: row.privateRental as NeedFields['privateRental'],
    privateRentalReason: row.privateRentalReason,
    requiredFeatures: row.requiredFeatures as NeedFields['requiredFeatures'],
    wantedFeatures: row.wantedFeatures as NeedFields['wantedFeatures'],
  })
  if (row.status === 'registered' && fields.forms !== undefined && fields.forms.length === 0) {
    throw invalid('/forms', 'missing', 'Et registrert behov må ha minst én boligform.')
  }
  if (servicesDecided('health_and_care', fields.serviceDecisionOn ?? null, acting.today)) {
    await dropPaperTasks(acting.trx, id, ['decide_health_and_care'], acting.now)
  }
  // an update without columns would not count the version up: the status stands for "touched"
  return updated(acting, id, version, { status: row.status, ...columns(fields) })
}

/**
 * Makes a draft a registered need, which is ranked from now on. Only what ranking needs can stop it: nobody is dropped.
 * @throws {DomainError} `not_found`, `need_not_open`, `need_not_complete`, `stale_version`
 */
export async function registerNeed(acting: Acting, id: string, version: number): Promise<NeedRow> {
  const row = open(await existing(acting, id))
  const blockers = blockersOf(transitionById('need.register'), {
    state: row.status as 'draft' | 'registered',
    readiness: readinessOf(readinessFactsOf(row), acting.today),
    failing: [],
    overridden: [],
  })
  const [first] = blockers
  if (first?.kind === 'state') throw new DomainError('need_not_open', blockerSentence(first))
  if (first !== undefined) {
    throw new DomainError(
      'need_not_complete',
      'Vi trenger litt mer før behovet kan stå i køen.',
      blockers.flatMap((blocker) =>
        blocker.kind === 'readiness' ? [{ pointer: '/forms', code: blocker.id, detail: blockerSentence(blocker) }] : [],
      ),
    )
  }
  const registered = await updated(acting, id, version, { status: 'registered', registeredAt: acting.now })
  const subject = { needId: id, holdingDistrict: row.holdingDistrict }
  for (const task of decisionTasks(row.forms, acting.today, row.serviceDecisionOn))
    await addPaperTask(acting.trx, subject, task)
  return registered
}

type NeedUpdate = UpdateObject<DB, 'need'>

/** @throws {DomainError} `stale_version` when it is not the one that was seen */
export async function updated(acting: Acting, id: string, version: number, values: NeedUpdate): Promise<NeedRow> {
  const result = await acting.trx
    .updateTable('need')
    .set(values)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (result.numUpdatedRows === 0n) throw stale()
  return existing(acting, id)
}
