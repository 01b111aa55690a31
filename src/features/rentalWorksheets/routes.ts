import type { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import { landlordById } from '../../db/landlords.ts'
import { type NeedRow, needById } from '../../db/needs.ts'
import { type WorksheetRow, worksheetOf } from '../../db/rentalWorksheets.ts'
import { DomainError, type FieldError, notFound, stale } from '../../domain/error.ts'
import { referralRightInWords, rentalCost, shortLease } from '../../domain/papers/rental.ts'
import { reading, writing } from '../../http/acting.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { LEASE_POLICY } from '../../reference/policies.ts'
import { offeredRental } from './queries.ts'
import { worksheet, worksheetFields } from './schema.ts'

const tags = ['papers']
type Fields = z.output<typeof worksheetFields>

/** Before anything has been saved: nothing is known. */
const BLANK: WorksheetRow = {
  version: 0,
  landlordId: null,
  address: null,
  rentMonth: null,
  electricityMonth: null,
  guarantee: 'not_decided',
  guaranteeAmount: null,
  housingAllowance: 'not_applied',
  housingAllowanceMonth: null,
  leaseFrom: null,
  leaseUntil: null,
}

/** The private-rental worksheet of a need: what a lease takes, and the conclusion that the need carries. */
export function rentalWorksheetRoutes(app: App, deps: Deps): void {
  app.get(
    '/needs/:id/rental-worksheet',
    {
      config: { capability: 'read_papers' },
      schema: {
        operationId: 'readRentalWorksheet',
        tags,
        summary: 'A need’s private-rental worksheet',
        description:
          'Version 0 while none has been saved: it then begins with what is registered of the private home that is offered.',
        params: idParams,
        response: { 200: worksheet.describe('The worksheet.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const need = await existing(acting, request.params.id)
        const body = await worksheetBody(acting, need)
        tagged(reply, body.version)
        return body
      }),
  )

  app.put(
    '/needs/:id/rental-worksheet',
    {
      config: { capability: 'write_papers' },
      schema: {
        operationId: 'saveRentalWorksheet',
        tags,
        summary: 'Save a need’s private-rental worksheet',
        description:
          'The whole of it; If-Match is the version that was read, 0 the first time. A conclusion is written to the need, dated today.',
        params: idParams,
        body: worksheetFields,
        response: { 200: worksheet.describe('As saved.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const body = await save(acting, request.params.id, versionFrom(request), request.body)
        return { status: 200, body, version: body.version }
      }),
  )
}

async function existing({ trx }: Acting, id: string): Promise<NeedRow> {
  const need = await needById(trx, id)
  if (need === undefined) throw notFound()
  return need
}

/** What the fields say together. */
async function check({ trx }: Acting, need: NeedRow, fields: Fields): Promise<void> {
  const errors: FieldError[] = []
  const wrong = (pointer: string, code: string, detail: string) => errors.push({ pointer, code, detail })
  if (fields.landlordId !== null) {
    const landlord = await landlordById(trx, fields.landlordId)
    if (landlord === undefined || landlord.holdingDistrict !== need.holdingDistrict)
      wrong('/landlordId', 'unknown_landlord', 'Utleieren finnes ikke i bydelen.')
  }
  if ((fields.guarantee === 'none' || fields.guarantee === 'not_decided') && fields.guaranteeAmount !== null)
    wrong('/guaranteeAmount', 'not_called_for', 'Beløpet hører til en garanti eller et depositum. Velg hva det er.')
  if (fields.housingAllowance !== 'granted' && fields.housingAllowanceMonth !== null)
    wrong('/housingAllowanceMonth', 'not_granted', 'Skriv beløpet når bostøtten er innvilget.')
  if (fields.conclusion?.privateRental === 'not_possible' && fields.conclusion.reason === null)
    wrong('/conclusion/reason', 'missing', 'Skriv hvorfor det ikke går å leie privat nå.')
  if (errors.length > 0) throw new DomainError('invalid_value', 'Rett det som er markert, og prøv igjen.', errors)
}

async function save(
  acting: Acting,
  needId: string,
  version: number,
  fields: Fields,
): Promise<z.infer<typeof worksheet>> {
  const { trx, now, today } = acting
  const need = await existing(acting, needId)
  if (need.status !== 'draft' && need.status !== 'registered')
    throw new DomainError('need_not_open', 'Behovet er avsluttet, og regnearket kan ikke endres.')
  await check(acting, need, fields)
  const { conclusion, leaseDuring, ...columns } = fields
  const values = { ...columns, leaseFrom: leaseDuring?.from ?? null, leaseUntil: leaseDuring?.to ?? null }
  if (version === 0) {
    const inserted = await trx
      .insertInto('rentalWorksheet')
      .values({ ...values, needId, holdingDistrict: need.holdingDistrict, createdAt: now })
      .onConflict((conflict) => conflict.column('needId').doNothing())
      .executeTakeFirst()
    if ((inserted.numInsertedOrUpdatedRows ?? 0n) === 0n) throw stale()
  } else {
    const result = await trx
      .updateTable('rentalWorksheet')
      .set(values)
      .where('needId', '=', needId)
      .where('version', '=', version)
      .executeTakeFirst()
    if (result.numUpdatedRows === 0n) throw stale()
  }
  if (conclusion !== null) {
    await trx
      .updateTable('need')
      .set({
        privateRental: conclusion.privateRental,
        privateRentalReason: conclusion.reason,
        privateRentalConsideredOn: today,
      })
      .where('id', '=', needId)
      .execute()
  }
  return worksheetBody(acting, await existing(acting, needId))
}

async function worksheetBody({ trx, today }: Acting, need: NeedRow): Promise<z.infer<typeof worksheet>> {
  const row = (await worksheetOf(trx, need.id)) ?? (await begun(trx, need.id))
  const landlord = row.landlordId === null ? undefined : await landlordById(trx, row.landlordId)
  const { leaseFrom, leaseUntil, ...fields } = row
  const { atLeastYears } = LEASE_POLICY.private
  return {
    ...fields,
    needId: need.id,
    leaseDuring: leaseFrom === null ? null : { from: leaseFrom, to: leaseUntil },
    landlord:
      landlord === undefined
        ? null
        : { id: landlord.id, name: landlord.name, referralInWords: referralRightInWords(landlord, today) },
    cost: rentalCost(row),
    shortLease: shortLease(row, atLeastYears),
    warnings: shortLease(row, atLeastYears)
      ? [
          `Leietiden er kortere enn ${atLeastYears} år. Det er bare lov i noen få tilfeller (husleieloven § 9-3, ikke kontrollert).`,
        ]
      : [],
    privateRental: need.privateRental as RentalPrivate,
    privateRentalReason: need.privateRentalReason,
    privateRentalConsideredOn: need.privateRentalConsideredOn,
  }
}

/** A worksheet that nobody has saved begins with what is registered of the home that is offered. */
async function begun(db: Acting['trx'], needId: string): Promise<WorksheetRow> {
  const home = await offeredRental(db, needId)
  if (home === undefined) return BLANK
  const { address, landlordId, leaseSignedOn, leaseFrom, leaseUntil, moveInOn } = home
  return leaseSignedOn === null
    ? { ...BLANK, address, landlordId, leaseFrom: moveInOn }
    : { ...BLANK, address, landlordId, leaseFrom, leaseUntil }
}
type RentalPrivate = z.infer<typeof worksheet>['privateRental']
