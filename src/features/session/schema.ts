import { z } from 'zod'
import { CAPABILITIES, type Capability, ROLES } from '../../access/capabilities.ts'
import { day } from '../../http/fields.ts'

export const DEMO_PEOPLE = [
  'officer_alna',
  'officer_grunerlokka',
  'manager_alna',
  'manager_grunerlokka',
  'intake_vel',
  'planner_vel',
  'facility_staff',
  'auditor',
  'administrator',
] as const

export const demoSignIn = z.strictObject({ person: z.enum(DEMO_PEOPLE) }).meta({ id: 'DemoSignIn' })

const demoPerson = z
  .object({
    person: z.enum(DEMO_PEOPLE),
    name: z.string(),
    role: z.enum(ROLES),
    roleName: z.string(),
    districtName: z.string().nullable(),
    description: z.string(),
  })
  .meta({ id: 'DemoPerson' })

export const session = z
  .object({
    signedIn: z.boolean(),
    demo: z.boolean().describe('All people and places are synthetic.'),
    today: day,
    organisationSignIn: z.boolean().describe('People sign in by the organisation, at `/session/sign-in`.'),
    person: z
      .object({
        id: z.uuid(),
        name: z.string(),
        role: z.enum(ROLES),
        roleName: z.string(),
        districts: z.array(z.object({ code: z.string(), name: z.string() })),
        facilities: z.array(z.object({ id: z.uuid(), name: z.string() })),
        capabilities: z.array(z.enum(Object.keys(CAPABILITIES) as Capability[])),
      })
      .optional(),
    demoPeople: z.array(demoPerson).optional().describe('Who the demo lets in; only when demo sign-in is offered.'),
  })
  .meta({ id: 'Session' })

export const signedOut = z
  .object({
    continueAt: z.url().describe('Where the browser goes to end its session at the organisation’s sign-in too.'),
  })
  .meta({ id: 'SignedOut' })
