import { z } from 'zod'
import { CAPABILITIES, type Capability, ROLE_NAMES, ROLES, scopeOf } from '../../access/capabilities.ts'
import { stateName } from '../../domain/placement/decide.ts'
import { preconditionById } from '../../domain/placement/preconditions.ts'
import type { Transition } from '../../domain/placement/transition.ts'
import { TRANSITIONS } from '../../domain/placement/transitions.ts'
import { noQuery } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App } from '../../http/types.ts'
import { CASE_STEPS, READINESS_ITEMS } from '../../reference/readiness.ts'

const named = z.object({ id: z.string(), name: z.string() })

const transition = z
  .object({
    id: z.string(),
    subject: z.enum(['need', 'hold', 'referral', 'offer', 'decision', 'appeal', 'stay', 'chain']),
    action: z.string(),
    operation: z.string().nullable().describe('The operation that asks for it; null: nobody does.'),
    from: z.array(named),
    to: z.array(named).describe('What it can be afterwards; `same`: what it was.'),
    roles: z.array(named).describe('Who may; none: time alone does it, or it follows from another step.'),
    readiness: z.array(named).describe('What the need must have first, where its form calls for it.'),
    preconditions: z.array(z.object({ id: z.string(), code: z.string(), sentence: z.string() })),
    consequence: z.string(),
    sentence: z.string(),
    source: z.string(),
  })
  .meta({ id: 'PlacementTransition' })

const rows: readonly Transition[] = TRANSITIONS

/** The table of placement, as it is followed. */
export function placementTransitionRoutes(app: App): void {
  app.get(
    '/placement-transitions',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'listPlacementTransitions',
        tags: ['reference'],
        summary: 'The steps of placement',
        description:
          'From where to where, who, what it needs and what follows. What is listed here is what is enforced.',
        querystring: noQuery,
        response: { 200: z.object({ items: z.array(transition) }).describe('All of them.'), ...problems(400) },
      },
    },
    () => ({
      items: rows.map(({ capability, steps, preconditions, from, to, refusal: _, ...row }) => ({
        ...row,
        from: from.map((state) => ({ id: state, name: stateName(row.subject, state) })),
        to: to.map((state) => ({ id: state, name: stateName(row.subject, state) })),
        roles: ROLES.filter(
          (role) => capability in CAPABILITIES && scopeOf(role, capability as Capability) !== undefined,
        ).map((role) => ({ id: role, name: ROLE_NAMES[role] })),
        readiness: READINESS_ITEMS.filter(({ stops }) =>
          CASE_STEPS.some((step) => step === stops && steps.includes(step)),
        ).map(({ id, title }) => ({ id, name: title })),
        preconditions: preconditions
          .map((id) => preconditionById(id))
          .map(({ id, code, sentence }) => ({ id, code, sentence })),
      })),
    }),
  )
}
