import { z } from 'zod'
import { instant } from './fields.ts'

const STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const

/** How a job stands, as every kind of it says it on the wire. */
export const standingFields = {
  status: z.enum(STATUSES),
  progress: z.number().min(0).max(1),
  stage: z.string(),
  error: z.string().nullable(),
}

/** When a job was asked for and by whom, and what it was made from. */
export const madeFields = {
  requestedAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  cityVersion: z.number().int().nullable().describe('The version of the city that it was made from.'),
  mine: z.boolean().describe('I asked for it, so I may cancel it.'),
  notice: z.string().describe('How to read it, in bokmål.'),
}
