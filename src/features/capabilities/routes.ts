import { z } from 'zod'
import { CAPABILITIES, type Capability, ROLE_NAMES, ROLES, SCOPES, scopeOf } from '../../access/capabilities.ts'
import { AREAS, CAPABILITY_NAMES, SCOPE_NAMES } from '../../access/capabilityNames.ts'
import { noQuery } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App } from '../../http/types.ts'

const capabilities = z
  .object({
    roles: z.array(z.object({ id: z.enum(ROLES), name: z.string() })),
    areas: z.array(
      z.object({
        name: z.string(),
        items: z.array(
          z.object({
            id: z.string(),
            may: z.string().describe('What one may do, after «kan».'),
            people: z.boolean().describe('It shows somebody who can be recognised.'),
            scopes: z
              .array(z.object({ role: z.enum(ROLES), scope: z.enum(SCOPES), name: z.string() }))
              .describe('The roles that have it, and how far it reaches for each.'),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Capabilities' })

const ids = Object.keys(CAPABILITIES) as Capability[]

/** Who may do what, as it is enforced. */
export function capabilityRoutes(app: App): void {
  app.get(
    '/capabilities',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'listCapabilities',
        tags: ['reference'],
        summary: 'Who may do what',
        description: 'Role, action and scope. What is listed here is what every route asks.',
        querystring: noQuery,
        response: { 200: capabilities.describe('The whole table.'), ...problems(400) },
      },
    },
    () => ({
      roles: ROLES.map((role) => ({ id: role, name: ROLE_NAMES[role] })),
      areas: AREAS.map((area) => ({
        name: area,
        items: ids.filter((id) => CAPABILITY_NAMES[id].area === area).map((id) => row(id)),
      })),
    }),
  )
}

function row(id: Capability) {
  const { may, people } = CAPABILITY_NAMES[id]
  const scopes = ROLES.flatMap((role) => {
    const scope = scopeOf(role, id)
    return scope === undefined ? [] : [{ role, scope, name: SCOPE_NAMES[scope] }]
  })
  return { id, may, people, scopes }
}
