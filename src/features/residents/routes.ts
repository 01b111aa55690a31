import type { z } from 'zod'
import { ending, openIdentity } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import { notFound } from '../../domain/error.ts'
import { reading, writing } from '../../http/acting.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { consentRoutes } from './consentRoutes.ts'
import { neverTogetherRoutes } from './neverTogetherRoutes.ts'
import { type ResidentRow, residentByFingerprint, residentById, sealedResidents } from './queries.ts'
import { changeResident, registerResident } from './register.ts'
import { changedResident, newResident, resident, residentHits, residentSearch } from './schema.ts'

const HITS = 20
const tags = ['residents']

/** People and their households: registered, found by a search in a body, changed. */
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

  consentRoutes(app, deps)
  neverTogetherRoutes(app, deps)
}

function birthYear(birthDate: string | null): number | null {
  return birthDate === null ? null : Number(birthDate.slice(0, 4))
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
