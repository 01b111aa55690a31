import { ROLE_NAMES, type Role } from '../../access/capabilities.ts'
import { nameIn, personRef } from '../../access/identity.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import { notFound } from '../../domain/error.ts'
import { reading, writing } from '../../http/acting.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { addToCircle, keptCircles, membersOf, officersOf, removeFromCircle } from './queries.ts'
import { type CircleBody, circle, circles, memberParams, newMember } from './schema.ts'

const tags = ['circles']

/** Who is in the circle of somebody with a protected address: she is seen by nobody else. */
export function circleRoutes(app: App, deps: Deps): void {
  /** @throws {DomainError} `not_found`: nobody's, or not hers to keep */
  const one = async (acting: Acting, actor: Actor, id: string): Promise<CircleBody> => {
    const [found] = await bodies(deps, acting, actor, id)
    if (found === undefined) throw notFound()
    return found
  }

  app.get(
    '/circles',
    {
      config: { capability: 'maintain_circles' },
      schema: {
        operationId: 'listCircles',
        tags,
        summary: 'Circles around protected people',
        description:
          'For a manager those of her bydel, without names; for an officer those she is in. A protected person is seen by her circle alone.',
        response: { 200: circles.describe('All of them.'), ...problems(400, 401, 403) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const { actor } = request
        if (actor === null) throw notFound()
        const items = await bodies(deps, acting, actor)
        const officers = await officersOf(acting.trx, actor.districts, actor.accountId)
        return {
          items: items.toSorted((a, b) => a.members.length - b.members.length),
          officers: officers.map(({ role, ...officer }) => ({ ...officer, roleName: ROLE_NAMES[role as Role] })),
        }
      }),
  )

  app.post(
    '/circles/:id/members',
    {
      config: { capability: 'maintain_circles' },
      schema: {
        operationId: 'addCircleMember',
        tags,
        summary: 'Let a colleague into a circle',
        description: 'An officer or manager of the same bydel, and never oneself. One who is in it already stays.',
        params: idParams,
        body: newMember,
        response: { 200: circle.describe('The circle.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const { id } = request.params
        await one(acting, actor, id)
        await addToCircle(acting.trx, id, request.body.accountId)
        return { status: 200, body: await one(acting, actor, id) }
      }),
  )

  app.post(
    '/circles/:id/members/:accountId/removal',
    {
      config: { capability: 'maintain_circles' },
      schema: {
        operationId: 'removeCircleMember',
        tags,
        summary: 'Take somebody out of a circle',
        description: 'Somebody is always left in it. One who is not in it is no error.',
        params: memberParams,
        response: { 200: circle.describe('The circle.'), ...problems(400, 401, 403, 404, 409) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const { id, accountId } = request.params
        const before = await one(acting, actor, id)
        await removeFromCircle(acting.trx, id, accountId)
        const [after] = await bodies(deps, acting, actor, id)
        // an officer who left it keeps it no longer: she gets what is left without seeing it
        return {
          status: 200,
          body: after ?? {
            ...before,
            residentName: null,
            members: before.members.filter((m) => m.accountId !== accountId),
          },
        }
      }),
  )
}

async function bodies({ keyring }: Deps, { trx }: Acting, actor: Actor, id?: string): Promise<CircleBody[]> {
  const kept = await keptCircles(trx, id)
  const members = Map.groupBy(
    await membersOf(
      trx,
      kept.map(({ residentId }) => residentId),
    ),
    ({ residentId }) => residentId,
  )
  return kept.map(({ residentId, holdingDistrict, addressProtection, ciphertext }) => ({
    residentId,
    personRef: personRef(residentId),
    residentName: nameIn(keyring, { residentId, ciphertext }),
    district: holdingDistrict,
    protection: addressProtection,
    members: (members.get(residentId) ?? []).map(({ accountId, name, role, grantedAt, disabled }) => ({
      accountId,
      name,
      role: role as Role,
      roleName: ROLE_NAMES[role as Role],
      since: grantedAt,
      me: accountId === actor.accountId,
      disabled,
    })),
  }))
}
