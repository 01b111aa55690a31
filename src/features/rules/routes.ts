import type { z } from 'zod'
import type { Acting, Actor } from '../../db/actor.ts'
import { insertRuleCheck, lockRule, ruleChecks, standingCheck } from '../../db/ruleConfirmations.ts'
import { notFound } from '../../domain/error.ts'
import { nextCheck } from '../../domain/ruleConfirmation.ts'
import { reading, writing } from '../../http/acting.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { sourceLabel } from '../../reference/sources.ts'
import { type RuleVersionRow, versionsOfRule } from './queries.ts'
import { check, ruleHistory, ruleParams, versionParams } from './schema.ts'

const tags = ['reference']

/** One rule with all its versions, and the administrator’s confirmation of each: given, taken back, never rewritten. */
export function ruleRoutes(app: App, deps: Deps): void {
  app.get(
    '/rules/:id',
    {
      config: { capability: 'read_reference' },
      schema: {
        operationId: 'readRule',
        tags,
        summary: 'One rule with its versions',
        description: 'Each version with its source, who wrote it and why, and who has confirmed it or taken that back.',
        params: ruleParams,
        response: { 200: ruleHistory.describe('The rule.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) => reading(deps, request, (acting) => history(acting, request.params.id)),
  )

  app.post(
    '/rules/:id/versions/:version/confirmation',
    {
      config: { capability: 'confirm_rules' },
      schema: {
        operationId: 'confirmRule',
        tags,
        summary: 'Confirm a version of a rule',
        description:
          'The administrator has checked this version, legal tracks too. Pages and letters then say on what day instead of «ikke kontrollert». A later version is not confirmed by it.',
        params: versionParams,
        body: check,
        response: { 201: ruleHistory.describe('The rule.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => ({
        status: 201,
        body: await say(acting, actor, request.params, true, request.body.note),
      })),
  )

  app.post(
    '/rules/:id/versions/:version/confirmation-withdrawal',
    {
      config: { capability: 'confirm_rules' },
      schema: {
        operationId: 'withdrawRuleConfirmation',
        tags,
        summary: 'Take a confirmation back',
        description: 'Both stay in the trace. The version is «ikke kontrollert» again.',
        params: versionParams,
        body: check,
        response: { 201: ruleHistory.describe('The rule.'), ...problems(400, 401, 403, 404, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => ({
        status: 201,
        body: await say(acting, actor, request.params, false, request.body.note),
      })),
  )
}

async function say(
  acting: Acting,
  actor: Actor,
  { id, version }: z.infer<typeof versionParams>,
  confirmed: boolean,
  note: string,
): Promise<z.infer<typeof ruleHistory>> {
  const { trx } = acting
  await lockRule(trx, id)
  if (!(await versionsOfRule(trx, id)).some((row) => row.version === version)) throw notFound()
  const last = (await ruleChecks(trx, id)).find((row) => row.version === version)
  const number = nextCheck(last, confirmed)
  await insertRuleCheck(trx, { ruleId: id, version, number, confirmed, note, accountId: actor.accountId })
  return history(acting, id)
}

/** @throws {DomainError} `not_found` */
async function history({ trx, today }: Acting, id: string): Promise<z.infer<typeof ruleHistory>> {
  const rows = await versionsOfRule(trx, id)
  const first = rows[0]
  if (first === undefined) throw notFound()
  const checks = await ruleChecks(trx, id)
  const inForce = rows.find(({ validFrom }) => validFrom <= today)
  return {
    id,
    kind: first.kind,
    versions: rows.map((row) => {
      const { version, title, sentence, source, validFrom, author, reason } = row
      const standing = standingCheck(checks, id, version)
      const checked = row.checked || standing !== undefined
      return {
        version,
        title,
        sentence,
        facts: facts(row, checked),
        sourceInWords: sourceLabel(source, checked),
        checked,
        checkedOn: standing?.decidedOn ?? null,
        validFrom,
        inForce: row === inForce,
        author,
        reason,
        checks: checks
          .filter((entry) => entry.version === version)
          .map(({ number, confirmed, decidedOn, decidedBy, note }) => ({
            number,
            confirmed,
            on: decidedOn,
            by: decidedBy,
            note,
          })),
      }
    }),
  }
}

/** What a legal track says beside its sentence: each part has a source of its own, and is confirmed with the rest. */
function facts({ kind, parameters, source }: RuleVersionRow, checked: boolean) {
  if (kind !== 'legal') return []
  const { legalBasis, appealBody, appealBodySource, deadlineWeeks, deadlineSource } = parameters
  const fact = (name: string, value: unknown, from: unknown) => ({
    name,
    value: String(value),
    sourceInWords: sourceLabel(typeof from === 'string' ? from : source, checked),
  })
  return [
    fact('Hjemmel', legalBasis, source),
    fact('Klageinstans', appealBody, appealBodySource),
    fact('Klagefrist i uker', deadlineWeeks, deadlineSource),
  ]
}
