import { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import { DomainError, notFound, stale } from '../../domain/error.ts'
import { reading, writing } from '../../http/acting.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { districtCode } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'

const tags = ['costs']

const params = z.strictObject({ district: districtCode, year: z.coerce.number().int().min(2000).max(2100) })

const newBudget = z
  .strictObject({
    amount: z.number().int().min(0).max(10_000_000_000).describe('Whole kroner for the year.'),
  })
  .meta({ id: 'NewPurchaseBudget' })

const budget = z
  .object({
    district: z.string(),
    year: z.number().int(),
    amount: z.number().int().nullable().describe('Null: nobody has set one.'),
    version: z.number().int().describe('0 while nobody has set one.'),
    synthetic: z.boolean(),
  })
  .meta({ id: 'PurchaseBudget' })

/** What a district has set aside for bought places in a year. */
export function purchaseBudgetRoutes(app: App, deps: Deps): void {
  app.get(
    '/purchase-budgets/:district/:year',
    {
      config: { capability: 'read_costs' },
      schema: {
        operationId: 'readPurchaseBudget',
        tags,
        summary: 'A district’s budget for bought places',
        description: 'Of one year; without an amount while nobody has set one.',
        params,
        response: { 200: budget.describe('The budget.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const found = await budgetOf(acting, request.params)
        tagged(reply, found.version)
        return found
      }),
  )

  app.put(
    '/purchase-budgets/:district/:year',
    {
      config: { capability: 'set_budgets' },
      schema: {
        operationId: 'setPurchaseBudget',
        tags,
        summary: 'Set a district’s budget for bought places',
        description: 'Of one’s own district. Takes If-Match; of one that nobody has set the version is 0.',
        params,
        body: newBudget,
        response: { 200: budget.describe('As set.'), ...problems(400, 401, 403, 404, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const { district, year } = request.params
        const version = versionFrom(request)
        const before = await budgetOf(acting, request.params)
        if (!actor.districts.includes(district))
          throw new DomainError('not_allowed', 'Bare bydelens egen avdelingsleder setter budsjettet.')
        if (before.version !== version) throw stale()
        const { amount } = request.body
        if (before.version === 0) {
          const { numInsertedOrUpdatedRows } = await acting.trx
            .insertInto('purchaseBudget')
            .values({ district, year, amount, createdAt: acting.now })
            .onConflict((conflict) => conflict.columns(['district', 'year']).doNothing())
            .executeTakeFirst()
          // somebody else set it at the same moment
          if (numInsertedOrUpdatedRows !== 1n) throw stale()
        } else {
          const { numUpdatedRows } = await acting.trx
            .updateTable('purchaseBudget')
            .set({ amount })
            .where('district', '=', district)
            .where('year', '=', year)
            .where('version', '=', version)
            .executeTakeFirst()
          if (numUpdatedRows === 0n) throw stale()
        }
        const after = await budgetOf(acting, request.params)
        return { status: 200, body: after, version: after.version }
      }),
  )
}

async function budgetOf({ trx }: Acting, asked: z.infer<typeof params>): Promise<z.infer<typeof budget>> {
  const district = await trx.selectFrom('district').select('code').where('code', '=', asked.district).executeTakeFirst()
  if (district === undefined) throw notFound()
  const row = await trx
    .selectFrom('purchaseBudget')
    .select(['amount', 'version', 'synthetic'])
    .where('district', '=', asked.district)
    .where('year', '=', asked.year)
    .executeTakeFirst()
  return row === undefined
    ? { ...asked, amount: null, version: 0, synthetic: false }
    : { ...asked, ...row, amount: Number(row.amount) }
}
