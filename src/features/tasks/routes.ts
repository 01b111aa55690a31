import { nameIn } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import { type Day, daysBetween } from '../../domain/day.ts'
import { outcomesFor, TASK_OUTCOMES } from '../../domain/placement/taskOutcome.ts'
import { taskName } from '../../domain/taskNames.ts'
import { dayFor, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf } from '../../http/cursor.ts'
import { dayCursor } from '../../http/cursorKeys.ts'
import { versionFrom } from '../../http/etag.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { complete } from './complete.ts'
import { type TaskRow, taskPage } from './queries.ts'
import { completion, type TaskBody, task, taskQuery } from './schema.ts'
import { taskTable } from './table.ts'

const tags = ['tasks']

/** What has to be done by a day, and why now. */
export function taskRoutes(app: App, deps: Deps): void {
  app.get(
    '/tasks',
    {
      config: { capability: 'read_tasks' },
      schema: {
        operationId: 'listTasks',
        tags,
        summary: 'Tasks',
        description: 'Of my district, the one that is due first first, a page at a time; each says why it is there.',
        querystring: taskQuery,
        response: { 200: listContent('A page.', pageOf(task)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, async ({ trx, today }) => {
            const after = dayCursor(cursor)
            const rows = await taskPage(trx, { ...request.query, limit }, after)
            const page = cutPage(rows, limit, (row) => [row.dueOn, row.id])
            return { items: page.items.map((row) => taskBody(deps.keyring, row, today)), nextCursor: page.nextCursor }
          }),
        async (rows) => taskTable(rows, await dayFor(deps, request)),
      ),
  )

  app.post(
    '/tasks/:id/completion',
    {
      config: { capability: 'complete_tasks' },
      schema: {
        operationId: 'completeTask',
        tags,
        summary: 'End a task with what came of it',
        description: 'Takes If-Match. Some outcomes lead to another task, as each outcome says.',
        params: idParams,
        body: completion,
        response: { 200: task.describe('The task.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const row = await complete(acting, actor, request.params.id, versionFrom(request), request.body)
        return { status: 200, body: taskBody(deps.keyring, row, acting.today), version: row.version }
      }),
  )
}

function taskBody(keyring: Keyring, row: TaskRow, today: Day): TaskBody {
  const { residentId, ciphertext } = row
  const state = row.doneAt === null ? (row.droppedAt === null ? 'open' : 'dropped') : 'done'
  return {
    id: row.id,
    version: row.version,
    state,
    kind: row.kind,
    kindName: taskName(row.kind),
    dueOn: row.dueOn,
    daysLeft: daysBetween(today, row.dueOn),
    reason: row.reason,
    holdingDistrict: row.holdingDistrict,
    residentId,
    residentName: nameIn(keyring, { residentId, ciphertext }),
    needId: row.needId,
    offerId: row.offerId,
    referralId: row.referralId,
    stayId: row.stayId,
    decisionId: row.decisionId,
    chainId: row.chainId,
    createdAt: row.createdAt,
    outcomes:
      state === 'open'
        ? outcomesFor(row.kind).map(({ id, name, consequence, noteRequired }) => ({
            id,
            name,
            consequence,
            noteRequired,
          }))
        : [],
    droppedBecause: state === 'dropped' ? row.note : null,
    done: doneOf(row),
  }
}

function doneOf({ doneAt, doneByName, outcome, note }: TaskRow): TaskBody['done'] {
  if (doneAt === null || outcome === null) return null
  const known: readonly { id: string; name: string }[] = TASK_OUTCOMES
  const outcomeName = known.find(({ id }) => id === outcome)?.name ?? outcome
  return { at: doneAt, by: doneByName ?? '', outcome, outcomeName, note }
}
