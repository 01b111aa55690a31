import { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import { dateRange, rangeFrom, rangeTo } from '../../db/range.ts'
import { invalid, notFound, stale } from '../../domain/error.ts'
import { districtName } from '../../domain/words.ts'
import { dayFor, reading, writing } from '../../http/acting.ts'
import { cutPage, pageOf, pageQuery } from '../../http/cursor.ts'
import { readCursor } from '../../http/cursorKeys.ts'
import { tagged, versionFrom } from '../../http/etag.ts'
import { listContent, listInFormAsked } from '../../http/exportTable.ts'
import { dayRange, districtCode, id, idParams, text } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { Table } from '../../http/table.ts'
import { day, note, number, tableOf, yesNo } from '../../http/tableFields.ts'
import type { App, Deps } from '../../http/types.ts'

const tags = ['return plans']

const fields = {
  name: text(200),
  capacity: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .nullable()
    .describe('How many people it follows up at once; null: nobody has said.'),
  newPerMonth: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .nullable()
    .describe('How many new people it can begin with in a month; null: nobody has said.'),
  outsideOfficeHours: z.boolean().describe('Also evenings and weekends.'),
  during: dayRange.describe('While the team exists.'),
}

const newSupportTeam = z
  .strictObject({
    ...fields,
    district: districtCode,
    capacity: fields.capacity.default(null),
    newPerMonth: fields.newPerMonth.default(null),
    outsideOfficeHours: fields.outsideOfficeHours.default(false),
  })
  .meta({ id: 'NewSupportTeam' })

const changedSupportTeam = z.strictObject(fields).partial().meta({ id: 'ChangedSupportTeam' })

const supportTeam = z
  .object({
    id,
    version: z.number().int(),
    district: z.string(),
    districtName: z.string(),
    name: z.string(),
    capacity: z.number().int().nullable(),
    newPerMonth: z.number().int().nullable(),
    outsideOfficeHours: z.boolean(),
    during: z.object({ from: z.string(), to: z.string().nullable() }),
    synthetic: z.boolean(),
  })
  .meta({ id: 'SupportTeam' })

/** Teams that follow people up in their homes, by bydel. Nobody is in them. */
export function supportTeamRoutes(app: App, deps: Deps): void {
  app.get(
    '/support-teams',
    {
      config: { capability: 'read_inventory' },
      schema: {
        operationId: 'listSupportTeams',
        tags,
        summary: 'Support teams',
        description: 'By bydel and name, with how many people each can follow up.',
        querystring: pageQuery.extend({ district: districtCode.optional() }),
        response: { 200: listContent('A page.', pageOf(supportTeam)), ...problems(400, 401, 403, 406, 422) },
      },
    },
    (request, reply) =>
      listInFormAsked(
        request,
        reply,
        request.query,
        ({ limit, cursor }) =>
          reading(deps, request, ({ trx }) => teamPage(trx, { district: request.query.district, limit, cursor })),
        async (rows) => teamTable(rows, await dayFor(deps, request)),
      ),
  )

  app.post(
    '/support-teams',
    {
      config: { capability: 'maintain_support_teams' },
      schema: {
        operationId: 'addSupportTeam',
        tags,
        summary: 'Add a support team',
        description: 'Of one’s own bydel.',
        body: newSupportTeam,
        response: { 201: supportTeam.describe('The team.'), ...problems(400, 401, 403, 409, 422) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const { during, ...team } = request.body
        if (!actor.districts.includes(team.district))
          throw invalid('/district', 'not_own_district', 'Du kan bare registrere team i din egen bydel.')
        const { id: added } = await acting.trx
          .insertInto('supportTeam')
          .values({ ...team, during: dateRange(during), createdAt: acting.now })
          .returning('id')
          .executeTakeFirstOrThrow()
        const row = await existing(acting, added)
        return { status: 201, body: teamBody(row), version: row.version, location: `/api/v1/support-teams/${added}` }
      }),
  )

  app.get(
    '/support-teams/:id',
    {
      config: { capability: 'read_inventory' },
      schema: {
        operationId: 'readSupportTeam',
        tags,
        summary: 'One support team',
        description: 'With how many people it can follow up.',
        params: idParams,
        response: { 200: supportTeam.describe('The team.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const row = await existing(acting, request.params.id)
        tagged(reply, row.version)
        return teamBody(row)
      }),
  )

  app.patch(
    '/support-teams/:id',
    {
      config: { capability: 'maintain_support_teams' },
      schema: {
        operationId: 'changeSupportTeam',
        tags,
        summary: 'Change a support team',
        description: 'Of one’s own bydel; changes what is sent and leaves the rest. Takes If-Match.',
        params: idParams,
        body: changedSupportTeam,
        response: { 200: supportTeam.describe('As changed.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async (acting, actor) => {
        const version = versionFrom(request)
        const before = await existing(acting, request.params.id)
        // who may be named by everybody is another's to change: it answers like one that is not there
        if (!actor.districts.includes(before.district)) throw notFound()
        const { name = before.name, capacity = before.capacity, newPerMonth = before.newPerMonth } = request.body
        const { outsideOfficeHours = before.outsideOfficeHours, during = { from: before.from, to: before.to } } =
          request.body
        const { numUpdatedRows } = await acting.trx
          .updateTable('supportTeam')
          .set({ name, capacity, newPerMonth, outsideOfficeHours, during: dateRange(during) })
          .where('id', '=', before.id)
          .where('version', '=', version)
          .executeTakeFirst()
        if (numUpdatedRows === 0n) throw stale()
        const row = await existing(acting, before.id)
        return { status: 200, body: teamBody(row), version: row.version }
      }),
  )
}

async function teamPage(
  trx: Acting['trx'],
  { district, limit, cursor }: { district: string | undefined; limit: number; cursor: string | undefined },
) {
  const after = readCursor(cursor, z.string(), z.string(), z.uuid())
  const rows = await teamRows(trx)
    .$if(district !== undefined, (query) => query.where('district', '=', district ?? ''))
    .$if(after !== undefined, (query) =>
      query.where(({ refTuple, tuple, eb }) =>
        eb(refTuple('district', 'name', 'id'), '>', tuple(after?.[0] ?? '', after?.[1] ?? '', after?.[2] ?? '')),
      ),
    )
    .orderBy('district')
    .orderBy('name')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const page = cutPage(rows, limit, (row) => [row.district, row.name, row.id])
  return { items: page.items.map(teamBody), nextCursor: page.nextCursor }
}

/** Teams as a list: how many each can follow up. */
function teamTable(rows: AsyncIterable<z.infer<typeof supportTeam>>, asOf: string): Table {
  return tableOf<z.infer<typeof supportTeam>>(
    {
      name: 'oppfolgingsteam',
      title: 'Oppfølgingsteam',
      asOf,
      notes: ['Der ingen har sagt hvor mange, står det ingenting.'],
    },
    [
      note('id', 'Teamets id', (team) => team.id),
      note('districtName', 'Bydel', (team) => team.districtName),
      note('name', 'Team', (team) => team.name),
      number('capacity', 'Kan følge opp samtidig', (team) => team.capacity),
      number('newPerMonth', 'Nye i måneden', (team) => team.newPerMonth),
      note('outsideOfficeHours', 'Også kveld og helg', (team) => yesNo(team.outsideOfficeHours)),
      day('from', 'Fra', (team) => team.during.from),
      day('to', 'Til', (team) => team.during.to),
    ],
    rows,
  )
}

function teamRows(trx: Acting['trx']) {
  return trx
    .selectFrom('supportTeam')
    .select(['id', 'version', 'district', 'name', 'capacity', 'newPerMonth', 'outsideOfficeHours', 'synthetic'])
    .select([rangeFrom('supportTeam.during').as('from'), rangeTo('supportTeam.during').as('to')])
}

type TeamRow = Awaited<ReturnType<ReturnType<typeof teamRows>['executeTakeFirstOrThrow']>>

async function existing({ trx }: Acting, teamId: string): Promise<TeamRow> {
  const row = await teamRows(trx).where('id', '=', teamId).executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

function teamBody({ from, to, ...row }: TeamRow): z.infer<typeof supportTeam> {
  return { ...row, districtName: districtName(row.district), during: { from, to } }
}
