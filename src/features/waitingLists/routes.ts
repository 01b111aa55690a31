import type { z } from 'zod'
import { openIdentity } from '../../access/identity.ts'
import { needRows, situationOf } from '../../db/needs.ts'
import { urgencyOf } from '../../domain/urgency.ts'
import { waitingListOf } from '../../domain/waitingList.ts'
import { reading } from '../../http/acting.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { URGENCY_POLICY } from '../../reference/policies.ts'
import { lastOutcomes } from './queries.ts'
import { waitingList, waitingListQuery } from './schema.ts'
import { waitingListTable } from './table.ts'

const TARGET_NOTICE = 'Målet for ventetid er en antakelse i løsningen til byen har satt et.'
type Queue = z.infer<typeof waitingList>
type Entry = z.infer<typeof waitingList>['items'][number]

/** The queue of one's own district in its order, each position with its reason. */
export function waitingListRoutes(app: App, deps: Deps): void {
  app.get(
    '/waiting-lists',
    {
      config: { capability: 'read_needs' },
      schema: {
        operationId: 'readWaitingList',
        tags: ['needs'],
        summary: 'My district’s queue',
        description:
          'Registered needs in the order of the urgency policy, each with the reason for its position and what the newest run said.',
        querystring: waitingListQuery,
        response: {
          200: listContent('The whole queue of the reader’s district.', waitingList),
          ...problems(400, 401, 403, 406),
        },
      },
    },
    (request, reply) => {
      const read = () =>
        reading(deps, request, async ({ trx, today }): Promise<Queue> => {
          const { form, district } = request.query
          const rows = (await needRows(trx).where('need.status', '=', 'registered').execute()).filter(
            (row) =>
              (form === undefined || row.forms.includes(form)) &&
              (district === undefined || row.holdingDistrict === district),
          )
          const byId = new Map(rows.map((row) => [row.id, row]))
          const outcomes = await lastOutcomes(trx)
          const positions = waitingListOf(
            rows.map((row) => ({
              id: row.id,
              urgency: urgencyOf(situationOf(row), today),
              registeredAt: row.registeredAt ?? row.startedAt,
            })),
          )
          return {
            asOf: today,
            notice: URGENCY_POLICY.notice,
            targetNotice: TARGET_NOTICE,
            daysCap: {
              inSituation: URGENCY_POLICY.parameters.daysInSituationCap,
              sinceRegistration: URGENCY_POLICY.parameters.daysSinceRegistrationCap,
            },
            items: positions.flatMap(({ id, position, urgency, ...rest }): Entry[] => {
              const row = byId.get(id)
              if (row === undefined) return []
              return [
                {
                  position,
                  needId: id,
                  residentName: openIdentity(deps.keyring, row.residentId, row.ciphertext).name,
                  forms: row.forms as Entry['forms'],
                  urgencyClass: urgency.urgencyClass,
                  urgencyName: urgency.className,
                  grounds: urgency.grounds.map(({ name }) => name),
                  daysInSituation: urgency.daysInSituation,
                  daysSinceRegistration: urgency.daysSinceRegistration,
                  lastRun: (outcomes.get(id) ?? null) as Entry['lastRun'],
                  ...rest,
                },
              ]
            }),
          }
        })
      return listInFormAsked(
        request,
        reply,
        { limit: 0 },
        async () => ({ ...(await read()), nextCursor: null }),
        (rows, first) => waitingListTable(rows, first),
      )
    },
  )
}
