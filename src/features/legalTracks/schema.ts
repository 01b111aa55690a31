import { z } from 'zod'
import { day, text } from '../../http/fields.ts'
import { LEGAL_TRACKS } from '../../reference/legalTracks.ts'

const track = z.enum(LEGAL_TRACKS.map(({ id }) => id))
export const trackParams = z.strictObject({ id: track })

const fields = {
  title: text(200),
  legalBasis: text(500).describe('As it stands in letters after «Vi har brukt».'),
  content: text(1000).describe('What a decision on the track is about.'),
  appealBody: text(200),
  appealBodySource: z.string(),
  deadlineWeeks: z.number().int().min(1).max(26).describe('Calendar weeks from the day of the letter.'),
  deadlineSource: z.string(),
  source: z.string(),
  validFrom: day,
  reason: text(1000).describe('Why this version was made.'),
}

const version = z
  .object({
    ...fields,
    version: z.number().int(),
    author: z.string(),
    checked: z.boolean().describe('False: «ikke kontrollert», said on every screen and letter.'),
    checkedOn: day.nullable().describe('The day of the confirmation: see the rule `legal.` and the track’s id.'),
  })
  .meta({ id: 'LegalTrackVersion' })

export const legalTrack = z
  .object({
    id: track,
    inForce: version,
    lackMayRefuse: z.boolean().describe('May be refused for lack of a suitable home alone.'),
    versions: z.array(version).describe('Newest first; also those that are not in force yet.'),
  })
  .meta({ id: 'LegalTrack' })

export const newTrackVersion = z
  .strictObject({
    title: fields.title,
    legalBasis: fields.legalBasis,
    content: fields.content,
    appealBody: fields.appealBody,
    deadlineWeeks: fields.deadlineWeeks,
    validFrom: day.describe('Today or later: what has been decided keeps its version.'),
    reason: fields.reason,
  })
  .meta({ id: 'NewLegalTrackVersion' })
