import { z } from 'zod'
import { day, instant } from './fields.ts'

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

/** By which versions of the policies something was computed. */
export const policyFields = {
  policies: z.record(z.string(), z.number().int()).nullable().describe('Versions of the policies it was made by.'),
  matchingPolicy: z
    .object({
      version: z.number().int(),
      validFrom: day.describe('The first day that it was in force.'),
      inForce: z.boolean().describe('It still is.'),
      sentence: z.string().describe('Said in bokmål.'),
    })
    .meta({ id: 'UsedPolicy' })
    .nullable()
    .describe('The version of how places are shared out that it was made by; null until it is completed.'),
}
