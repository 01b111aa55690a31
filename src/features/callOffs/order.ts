import type { Acting } from '../../db/actor.ts'
import { dateRange, rangeFrom, rangeTo } from '../../db/range.ts'
import { contains } from '../../domain/day.ts'
import { invalid, notFound } from '../../domain/error.ts'
import { formatDay } from '../../domain/words.ts'
import { type CallOffRow, callOffById, declinesTo } from './queries.ts'
import type { ChangedCallOff, NewCallOff } from './schema.ts'

/**
 * Registers what a stay in a bought place costs, and why it was bought.
 * @throws {DomainError} `invalid_value`; `call_off_overlaps` where the days have a price already
 */
export async function orderPlace(acting: Acting, body: NewCallOff): Promise<CallOffRow> {
  const { trx, now } = acting
  const { from, to, ...fields } = body
  const stay = await trx
    .selectFrom('stay')
    .select(['id', 'form', 'holdingDistrict', 'householdId'])
    .select([rangeFrom('stay.during').as('from'), rangeTo('stay.during').as('to')])
    .where('id', '=', body.stayId)
    .executeTakeFirst()
  if (stay === undefined || stay.form !== 'private_institution')
    throw invalid('/stayId', 'not_bought', 'Velg et opphold på en kjøpt plass i bydelen din.')
  if (from < stay.from)
    throw invalid('/from', 'before_stay', `Oppholdet begynte ${formatDay(stay.from)}. Kjøpet kan ikke begynne før det.`)
  if (stay.to !== null && from >= stay.to)
    throw invalid('/from', 'after_stay', `Oppholdet er over ${formatDay(stay.to)}. Kjøpet må begynne før det.`)
  if (to !== null && to <= from) throw invalid('/to', 'empty', 'Sluttdatoen må være etter startdatoen.')
  await checkAgreement(acting, body)
  await checkDecline(acting, body, stay.householdId)
  const { id } = await trx
    .insertInto('callOff')
    .values({ ...fields, holdingDistrict: stay.holdingDistrict, ordered: dateRange({ from, to }), createdAt: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return existingCallOff(acting, id)
}

async function checkAgreement({ trx }: Acting, { supplierId, agreementId, from }: NewCallOff): Promise<void> {
  const supplier = await trx.selectFrom('supplier').select('id').where('id', '=', supplierId).executeTakeFirst()
  if (supplier === undefined) throw invalid('/supplierId', 'unknown', 'Velg en leverandør i listen.')
  if (agreementId === null) return
  const agreement = await trx
    .selectFrom('frameworkAgreement')
    .select('supplierId')
    .select([rangeFrom('frameworkAgreement.valid').as('from'), rangeTo('frameworkAgreement.valid').as('to')])
    .where('id', '=', agreementId)
    .executeTakeFirst()
  if (agreement?.supplierId !== supplierId)
    throw invalid('/agreementId', 'unknown', 'Velg en av rammeavtalene med leverandøren.')
  if (!contains(agreement, from))
    throw invalid('/agreementId', 'not_in_force', 'Rammeavtalen gjelder ikke den dagen kjøpet begynner.')
}

type Cause = Pick<CallOffRow, 'reason' | 'declinedOfferId' | 'declinedReferralId'>

/** A no for lack of staff leads to the purchase it causes (rule 8): where one is registered it is named, and it is one of the household's own. */
async function checkDecline(
  { trx }: Acting,
  { reason, declinedOfferId, declinedReferralId }: Cause,
  householdId: string,
): Promise<void> {
  const named = declinedOfferId ?? declinedReferralId
  const pointer = declinedReferralId === null ? '/declinedOfferId' : '/declinedReferralId'
  if (reason !== 'staffing_hse') {
    if (named !== null) throw invalid(pointer, 'other_reason', 'Svaret hører bare til når egen plass sa nei.')
    return
  }
  if (declinedOfferId !== null && declinedReferralId !== null)
    throw invalid('/declinedReferralId', 'two', 'Velg ett svar: enten fra et tilbud eller fra en henvisning.')
  const declines = await declinesTo(trx, [householdId])
  const known = declines.some(({ kind, id }) => id === (kind === 'offer' ? declinedOfferId : declinedReferralId))
  if (named !== null && !known)
    throw invalid(pointer, 'unknown', 'Velg et av svarene der en egen plass sa nei til denne husstanden.')
  if (named === null && declines.length > 0)
    throw invalid('/declinedOfferId', 'missing', 'Velg hvilket svar som førte til kjøpet.')
}

/** @throws {DomainError} `not_found`, also for another district's */
export async function existingCallOff({ trx }: Pick<Acting, 'trx'>, id: string): Promise<CallOffRow> {
  const row = await callOffById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

/**
 * Changes what is sent of a purchase and leaves the rest; whether it was still as the caller saw it.
 * @throws {DomainError} `invalid_value`
 */
export async function changeCallOff(
  acting: Acting,
  before: CallOffRow,
  version: number,
  { to, ...fields }: ChangedCallOff,
): Promise<boolean> {
  if (to !== undefined && to !== null && to <= before.from)
    throw invalid('/to', 'empty', 'Sluttdatoen må være etter startdatoen.')
  const reason = fields.reason ?? before.reason
  const kept = reason === 'staffing_hse' ? before : { declinedOfferId: null, declinedReferralId: null }
  const cause = {
    reason,
    declinedOfferId: fields.declinedOfferId === undefined ? kept.declinedOfferId : fields.declinedOfferId,
    declinedReferralId: fields.declinedReferralId === undefined ? kept.declinedReferralId : fields.declinedReferralId,
  }
  await checkDecline(acting, cause, before.householdId)
  const { pricePerDay = before.pricePerDay, note = before.note } = fields
  const { numUpdatedRows } = await acting.trx
    .updateTable('callOff')
    .set({
      ...cause,
      pricePerDay,
      note,
      ...(to === undefined ? {} : { ordered: dateRange({ from: before.from, to }) }),
    })
    .where('id', '=', before.id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
