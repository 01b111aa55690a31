import { z } from 'zod'
import { CASE_STEPS } from '../reference/readiness.ts'
import { day, placeForm } from './fields.ts'

/** A referral as it was written: what it says, and what it says is missing. It names nobody. */
export const referralContent = z
  .object({
    version: z.literal(1),
    writtenOn: day,
    form: placeForm,
    formName: z.string(),
    sections: z.array(
      z.object({
        id: z.enum([
          'need',
          'situation',
          'person',
          'household',
          'what_matters',
          'requirements',
          'assessment',
          'consents',
        ]),
        title: z.string(),
        facts: z.array(z.object({ label: z.string(), value: z.string() })),
        missing: z.array(z.string()).describe('What nobody has recorded, each as a sentence.'),
      }),
    ),
    missing: z
      .array(z.object({ id: z.string(), title: z.string(), why: z.string(), stops: z.enum([...CASE_STEPS, 'none']) }))
      .describe('Readiness items that were missing when it was written.'),
  })
  .meta({ id: 'ReferralContent', description: 'Composed from the need, the household and the assessments; in bokmål.' })
