import { z } from 'zod'
import { ending, openIdentity } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import { invalid, notFound, stale } from '../../domain/error.ts'
import { reading, writing } from '../../http/acting.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import {
  consentById,
  consentsOf,
  neverTogetherOf,
  type ResidentRow,
  residentByFingerprint,
  residentById,
  sealedResidents,
} from './queries.ts'
import { changeResident, registerResident } from './register.ts'
import {
  changedResident,
  consent,
  neverTogether,
  newConsent,
  newNeverTogether,
  newResident,
  resident,
  residentHits,
  residentSearch,
  revocation,
} from './schema.ts'

const HITS = 20
const tags = ['residents']

/** People and their households: registered, found by a search in a body, changed; consents and who must not live together. */
export function residentRoutes(app: App, deps: Deps): void {
  const { keyring } = deps
  const demo = deps.demoDate !== undefined

  app.post(
    '/residents',
    {
      config: { capability: 'register_residents' },
      schema: {
        operationId: 'registerResident',
        tags,
        summary: 'Register a person',
        description:
          'Registers a person with her household. The district holds her; a number it knows already is a conflict.',
        body: newResident,
        response: { 201: resident.describe('The person.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await registerResident(acting, actor, keyring, demo, request.body)
        return {
          status: 201,
          body: residentBody(keyring, row),
          version: row.version,
          location: `/api/v1/residents/${row.id}`,
        }
      }),
  )

  app.post(
    '/residents/search',
    {
      config: { capability: 'read_residents' },
      schema: {
        operationId: 'searchResidents',
        tags,
        summary: 'Find a person',
        description:
          'By personal number or by part of a name, among the people of the reader’s own district; never in an address.',
        body: residentSearch,
        response: { 200: residentHits.describe('At most twenty hits.'), ...problems(400, 401, 403, 422) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        const { personalNumber, name } = request.body
        const rows =
          personalNumber === undefined
            ? await sealedResidents(trx)
            : await residentByFingerprint(trx, keyring.fingerprint(personalNumber))
        const wanted = name?.toLocaleLowerCase('nb')
        const hits = rows
          .map((row) => ({ row, identity: openIdentity(keyring, row.id, row.ciphertext) }))
          .filter(({ identity }) => wanted === undefined || identity.name.toLocaleLowerCase('nb').includes(wanted))
        return {
          items: hits.slice(0, HITS).map(({ row, identity }) => ({
            id: row.id,
            name: identity.name,
            birthYear: birthYear(row.birthDate),
            personalNumberEnding: ending(identity.personalNumber),
            addressProtection: row.addressProtection as z.infer<typeof resident>['addressProtection'],
            openNeedId: row.openNeedId,
          })),
          more: hits.length > HITS,
        }
      }),
  )

  app.get(
    '/residents/:id',
    {
      config: { capability: 'read_residents' },
      schema: {
        operationId: 'readResident',
        tags,
        summary: 'One person',
        description:
          'A person of the reader’s own district or facility; another district’s person answers like a missing one.',
        params: idParams,
        response: { 200: resident.describe('The person.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async ({ trx }) => {
        const row = await residentById(trx, request.params.id)
        if (row === undefined) throw notFound()
        tagged(reply, row.version)
        return residentBody(keyring, row)
      }),
  )

  app.patch(
    '/residents/:id',
    {
      config: { capability: 'register_residents' },
      schema: {
        operationId: 'changeResident',
        tags,
        summary: 'Change a person',
        description: 'Changes what is sent and leaves the rest; takes If-Match.',
        params: idParams,
        body: changedResident,
        response: {
          200: resident.describe('The person as changed.'),
          ...problems(400, 401, 403, 404, 409, 412, 422, 428),
        },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting) => {
        const version = versionFrom(request)
        const row = await changeResident(acting, keyring, demo, request.params.id, version, request.body)
        return { status: 200, body: residentBody(keyring, row), version: row.version }
      }),
  )

  app.get(
    '/residents/:id/consents',
    {
      config: { capability: 'read_residents' },
      schema: {
        operationId: 'listConsents',
        tags,
        summary: 'A person’s consents',
        description: 'Consents to share with others, given and revoked.',
        params: idParams,
        response: {
          200: z.object({ items: z.array(consent) }).describe('All of them, oldest first.'),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        if ((await residentById(trx, request.params.id)) === undefined) throw notFound()
        return { items: (await consentsOf(trx, request.params.id)).map(consentBody) }
      }),
  )

  app.post(
    '/residents/:id/consents',
    {
      config: { capability: 'register_residents' },
      schema: {
        operationId: 'giveConsent',
        tags,
        summary: 'Record a consent',
        description: 'The person agrees to sharing within one scope. It is dated and can be revoked.',
        params: idParams,
        body: newConsent,
        response: { 201: consent.describe('The consent.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async ({ trx, today }) => {
        const row = await residentById(trx, request.params.id)
        if (row === undefined) throw notFound()
        if (request.body.givenOn > today)
          throw invalid('/givenOn', 'in_the_future', 'Samtykket kan ikke være gitt i fremtiden.')
        const { id } = await trx
          .insertInto('consent')
          .values({ ...request.body, residentId: row.id, holdingDistrict: row.holdingDistrict })
          .returning('id')
          .executeTakeFirstOrThrow()
        const given = await consentById(trx, id)
        if (given === undefined) throw notFound()
        return { status: 201, body: consentBody(given), version: given.version }
      }),
  )

  app.post(
    '/consents/:id/revocation',
    {
      config: { capability: 'register_residents' },
      schema: {
        operationId: 'revokeConsent',
        tags,
        summary: 'Revoke a consent',
        description: 'Takes If-Match. What was shared before stays shared; nothing more is.',
        params: idParams,
        body: revocation,
        response: { 200: consent.describe('The consent as revoked.'), ...problems(400, 401, 403, 404, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async ({ trx, today }) => {
        const version = versionFrom(request)
        const given = await consentById(trx, request.params.id)
        if (given === undefined) throw notFound()
        const { revokedOn } = request.body
        if (revokedOn < given.givenOn || revokedOn > today) {
          throw invalid('/revokedOn', 'out_of_range', 'Datoen må være mellom dagen samtykket ble gitt, og i dag.')
        }
        const updated = await trx
          .updateTable('consent')
          .set({ revokedOn })
          .where('id', '=', given.id)
          .where('version', '=', version)
          .executeTakeFirst()
        if (updated.numUpdatedRows === 0n) throw stale()
        return { status: 200, body: consentBody({ ...given, revokedOn, version: version + 1 }), version: version + 1 }
      }),
  )

  app.get(
    '/residents/:id/never-together',
    {
      // the reason is for those who may write one, not for the staff of the house she lives in
      config: { capability: 'register_residents' },
      schema: {
        operationId: 'listNeverTogether',
        tags,
        summary: 'Who must not live in the same house',
        description: 'The people whom this person must not live with; a name is shown only of the reader’s own people.',
        params: idParams,
        response: {
          200: z.object({ items: z.array(neverTogether) }).describe('All of them.'),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        if ((await residentById(trx, request.params.id)) === undefined) throw notFound()
        const rows = await neverTogetherOf(trx, request.params.id)
        return {
          items: rows.map(({ ciphertext, ...row }) => ({
            ...row,
            otherName: ciphertext === null ? null : openIdentity(keyring, row.otherResidentId, ciphertext).name,
          })),
        }
      }),
  )

  app.post(
    '/residents/:id/never-together',
    {
      config: { capability: 'register_residents' },
      schema: {
        operationId: 'addNeverTogether',
        tags,
        summary: 'Record that two people must not live in the same house',
        description: 'Effective for both, wherever they live. The reason stays with the district that wrote it.',
        params: idParams,
        body: newNeverTogether,
        response: { 201: neverTogether.describe('The pair.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async ({ trx }) => {
        const { otherResidentId, reason } = request.body
        const row = await residentById(trx, request.params.id)
        const other = await residentById(trx, otherResidentId)
        if (row === undefined) throw notFound()
        if (other === undefined)
          throw invalid('/otherResidentId', 'unknown_resident', 'Vi finner ikke den andre personen.')
        if (other.id === row.id) throw invalid('/otherResidentId', 'same_resident', 'Velg en annen person.')
        const { id } = await trx
          .insertInto('neverTogether')
          .values({ residentId: row.id, holdingDistrict: row.holdingDistrict, otherResidentId, reason })
          .onConflict((conflict) => conflict.columns(['residentId', 'otherResidentId']).doUpdateSet({ reason }))
          .returning('id')
          .executeTakeFirstOrThrow()
        const otherName = openIdentity(keyring, other.id, other.ciphertext).name
        return { status: 201, body: { id, otherResidentId, otherName, reason } }
      }),
  )
}

function birthYear(birthDate: string | null): number | null {
  return birthDate === null ? null : Number(birthDate.slice(0, 4))
}

function consentBody(row: NonNullable<Awaited<ReturnType<typeof consentById>>>): z.infer<typeof consent> {
  return { ...row, scope: row.scope as z.infer<typeof consent>['scope'] }
}

function residentBody(keyring: Keyring, row: ResidentRow): z.infer<typeof resident> {
  const { name, phone, personalNumber } = openIdentity(keyring, row.id, row.ciphertext)
  return {
    id: row.id,
    version: row.version,
    district: row.holdingDistrict,
    name,
    phone,
    personalNumberEnding: ending(personalNumber),
    synthetic: row.synthetic,
    birthDate: row.birthDate,
    gender: row.gender as z.infer<typeof resident>['gender'],
    addressProtection: row.addressProtection as z.infer<typeof resident>['addressProtection'],
    language: row.language as z.infer<typeof resident>['language'],
    interpreter: row.interpreter,
    contactPerson: row.contactPerson,
    individualPlanOfferedOn: row.individualPlanOfferedOn,
    individualPlanAnsweredOn: row.individualPlanAnsweredOn,
    individualPlanAnswer: row.individualPlanAnswer as z.infer<typeof resident>['individualPlanAnswer'],
    household: {
      id: row.householdId,
      adults: row.adults,
      pets: row.pets,
      children: row.children.map(({ birthYear: year, arrangement }) => ({
        birthYear: year,
        arrangement: arrangement as z.infer<typeof resident>['household']['children'][number]['arrangement'],
      })),
    },
    openNeedId: row.openNeedId,
  }
}
