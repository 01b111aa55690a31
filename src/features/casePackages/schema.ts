import { z } from 'zod'
import { id, instant } from '../../http/fields.ts'

const rows = (what: string) => z.array(z.record(z.string(), z.unknown())).describe(what)

/** The sections of a package, each with what its rows are; docs/case-package.md has the same list. */
export const SECTIONS = {
  residents: 'Everybody in the household, with names and numbers.',
  household: 'The household.',
  children: 'Children who live there or visit.',
  needs: 'Registered needs, also those that ended.',
  assessments: 'Assessments of the needs.',
  consents: 'Consents, given and revoked.',
  stays: 'Homes, with the days they were lived in.',
  stayEvents: 'What happened to the stays.',
  offers: 'Places that were offered, and the answers.',
  referrals: 'Referrals to Felles inntak, with what they said and what came back.',
  decisions: 'Decisions with their texts.',
  appeals: 'Appeals against the decisions.',
  rentalWorksheets: 'Worksheets of private rental.',
  returnPlans: 'Plans for moving home from VEL’s institutions.',
  callOffs: 'Bought places.',
  locks: 'When the record was locked and lifted.',
  changes: 'Every change of it, with when it happened and when it was written down.',
  showings: 'Who saw it, when and why.',
} as const
export type Section = keyof typeof SECTIONS

export const casePackage = z
  .object({
    format: z.literal('boligtrapp.case'),
    formatVersion: z.literal(1),
    residentId: id,
    exportedAt: instant,
    exportedBy: z.string(),
    sha256: z.string().describe('Of `content` as JSON without spaces, in hexadecimal.'),
    content: z.object(
      Object.fromEntries(Object.entries(SECTIONS).map(([section, what]) => [section, rows(what)])) as Record<
        Section,
        ReturnType<typeof rows>
      >,
    ),
  })
  .meta({
    id: 'CasePackage',
    description: 'Everything that is kept of a household, for the case system. Rows have the columns of the database.',
  })
