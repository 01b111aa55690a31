import { z } from 'zod'
import { ROLES } from '../../access/capabilities.ts'
import { id, instant } from '../../http/fields.ts'

const member = z.object({
  accountId: id,
  name: z.string(),
  role: z.enum(ROLES),
  roleName: z.string(),
  since: instant,
  me: z.boolean(),
  disabled: z.boolean().describe('The account is closed: she is no help any more.'),
})

export const circle = z
  .object({
    residentId: id.describe('Whose circle it is.'),
    personRef: z.string().describe('Tells one person from another and names nobody.'),
    residentName: z.string().nullable().describe('Only for those who are in the circle.'),
    district: z.string(),
    protection: z.enum(['confidential', 'strictly_confidential']).describe('Kode 7, kode 6.'),
    members: z.array(member),
  })
  .meta({ id: 'Circle' })
export type CircleBody = z.infer<typeof circle>

export const circles = z
  .object({
    items: z.array(circle).describe('Those with fewest members first.'),
    officers: z
      .array(z.object({ accountId: id, name: z.string(), roleName: z.string(), districts: z.array(z.string()) }))
      .describe('Who can be brought in: officers and managers of the reader’s own districts, herself apart.'),
  })
  .meta({ id: 'Circles' })

export const newMember = z.strictObject({ accountId: id }).meta({ id: 'NewCircleMember' })
export const memberParams = z.strictObject({ id, accountId: id })
