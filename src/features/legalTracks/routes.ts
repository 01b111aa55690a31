import { z } from 'zod'
import { insertLegalTrackVersion, type LegalTrackRow, legalTrackVersions } from '../../db/legalTracks.ts'
import type { Day } from '../../domain/day.ts'
import { invalid, notFound, stale } from '../../domain/error.ts'
import { lackMayRefuse } from '../../domain/papers/legalTrack.ts'
import { reading, writing } from '../../http/acting.ts'
import { versionFrom } from '../../http/etag.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { LEGAL_TRACKS, type LegalTrackId } from '../../reference/legalTracks.ts'
import { legalTrack, newTrackVersion, trackParams } from './schema.ts'

const tags = ['papers']

/** The table of legal tracks: legal basis, appeal body and deadline of each, in versions that an administrator writes. */
export function legalTrackRoutes(app: App, deps: Deps): void {
  app.get(
    '/legal-tracks',
    {
      config: { capability: 'read_reference' },
      schema: {
        operationId: 'listLegalTracks',
        tags,
        summary: 'The legal tracks',
        description:
          'What each kind of decision rests on, where and by when it is appealed, with every version. One track never answers for another.',
        response: {
          200: z.object({ items: z.array(legalTrack) }).describe('In the order of the table.'),
          ...problems(400, 401, 403),
        },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx, today }) => {
        const rows = await legalTrackVersions(trx)
        return { items: LEGAL_TRACKS.map(({ id }) => trackBody(id, rows, today)) }
      }),
  )

  app.post(
    '/legal-tracks/:id/versions',
    {
      config: { capability: 'maintain_rules' },
      schema: {
        operationId: 'addLegalTrackVersion',
        tags,
        summary: 'Change a legal track',
        description:
          'Adds a version with author, day and reason, which nobody has confirmed yet; If-Match is the newest version that was read. Issued decisions keep theirs.',
        params: trackParams,
        body: newTrackVersion,
        response: { 201: legalTrack.describe('The track.'), ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
      },
    },
    (request, reply) =>
      writing(deps, request, reply, async ({ trx, today }, actor) => {
        const { id } = request.params
        const { body } = request
        const before = (await legalTrackVersions(trx)).filter((row) => row.id === id)
        const newest = before[0]
        if (newest === undefined) throw notFound()
        if (newest.version !== versionFrom(request)) throw stale()
        if (body.validFrom < today)
          throw invalid('/validFrom', 'in_the_past', 'En ny utgave kan tidligst gjelde fra i dag.')
        if (body.validFrom < newest.validFrom)
          throw invalid('/validFrom', 'before_newest', 'En nyere utgave gjelder fra før. Velg samme dag eller senere.')
        const version = newest.version + 1
        const source = (now: string | number, then: string | number, from: string) => (now === then ? from : CHANGED)
        await insertLegalTrackVersion(trx, {
          ...body,
          id,
          version,
          author: actor.name,
          appealBodySource: source(body.appealBody, newest.appealBody, newest.appealBodySource),
          deadlineSource: source(body.deadlineWeeks, newest.deadlineWeeks, newest.deadlineSource),
          source: source(
            `${body.legalBasis}\n${body.content}`,
            `${newest.legalBasis}\n${newest.content}`,
            newest.source,
          ),
        })
        return { status: 201, body: trackBody(id, await legalTrackVersions(trx), today), version }
      }),
  )
}

/** What an administrator changed has her as its source; what she left as it was keeps its own. */
const CHANGED = 'egen endret av administrator'

function trackBody(id: LegalTrackId, rows: readonly LegalTrackRow[], today: Day): z.infer<typeof legalTrack> {
  const versions = rows.filter((row) => row.id === id).map(({ id: _, ...version }) => version)
  const inForce = versions.find(({ validFrom }) => validFrom <= today)
  if (inForce === undefined) throw new Error(`no version of ${id} is in force`)
  return { id, inForce, lackMayRefuse: lackMayRefuse(id), versions }
}
