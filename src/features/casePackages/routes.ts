import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { openIdentity } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { Acting } from '../../db/actor.ts'
import { notFound } from '../../domain/error.ts'
import { reading } from '../../http/acting.ts'
import { idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { changesOfRows, peopleOf, SECTIONS_OF_ROWS, sectionOf } from './queries.ts'
import { casePackage, SECTIONS, type Section } from './schema.ts'

type Content = z.output<typeof casePackage>['content']

/** The table behind each section whose rows' changes are told. */
const LOGGED: Partial<Record<Section, string>> = {
  residents: 'resident',
  household: 'household',
  children: 'household_child',
  needs: 'need',
  assessments: 'assessment',
  consents: 'consent',
  stays: 'stay',
  offers: 'offer',
  referrals: 'referral',
  decisions: 'decision',
  appeals: 'appeal',
  rentalWorksheets: 'rental_worksheet',
  returnPlans: 'return_plan',
  callOffs: 'call_off',
  locks: 'record_lock',
}

/** Everything that is kept of a household, for the case system: instead of erasing it, it is handed over and locked. */
export function casePackageRoutes(app: App, deps: Deps): void {
  app.get(
    '/residents/:id/case-package',
    {
      config: { capability: 'export_cases', fileEvent: 'case_exported' },
      schema: {
        operationId: 'exportCase',
        tags: ['residents'],
        summary: 'Everything of a person’s household, for the case system',
        description: 'One JSON document, described in docs/case-package.md. It is logged who took it.',
        params: idParams,
        response: { 200: casePackage.describe('The package.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request, reply) =>
      reading(deps, request, async (acting) => {
        const residentId = request.params.id
        const content = await contentOf(acting, deps.keyring, residentId)
        reply.header('content-disposition', `attachment; filename="sak-${residentId.slice(-8)}.json"`)
        return {
          format: 'boligtrapp.case' as const,
          formatVersion: 1 as const,
          residentId,
          exportedAt: acting.now,
          exportedBy: request.actor?.name ?? '',
          sha256: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
          content,
        }
      }),
  )
}

async function contentOf({ trx }: Acting, keyring: Keyring, residentId: string): Promise<Content> {
  const people = await peopleOf(trx, residentId)
  if (people.length === 0) throw notFound()
  const sections: Partial<Content> = {
    residents: people.map(({ id, row, ciphertext }) => ({ ...row, ...openIdentity(keyring, id, ciphertext) })),
  }
  for (const section of SECTIONS_OF_ROWS) sections[section] = await sectionOf(trx, section, residentId)
  const keys = Object.entries(LOGGED).flatMap(([section, table]) =>
    (sections[section as Section] ?? []).map(({ id }) => [table, String(id)] as const),
  )
  sections.changes = await changesOfRows(trx, keys)
  // in the order in which it is answered, which is what the hash is of
  return Object.fromEntries(
    (Object.keys(SECTIONS) as Section[]).map((section) => [section, sections[section] ?? []]),
  ) as Content
}
