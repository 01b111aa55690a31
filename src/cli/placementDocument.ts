import { type Capability, ROLE_NAMES, ROLES, scopeOf } from '../access/capabilities.ts'
import { stateName } from '../domain/placement/decide.ts'
import { preconditionById } from '../domain/placement/preconditions.ts'
import type { Transition } from '../domain/placement/transition.ts'
import { TRANSITIONS } from '../domain/placement/transitions.ts'
import { CASE_STEPS, READINESS_ITEMS } from '../reference/readiness.ts'

const SUBJECTS: Record<Transition['subject'], string> = {
  need: 'Needs',
  referral: 'Referrals',
  hold: 'Reserved places',
  offer: 'Offers',
  decision: 'Decisions',
  appeal: 'Appeals',
  stay: 'Stays',
  chain: 'Chains',
}

const HEAD = `# Placement

Every step of placement, from where to where, who, what it needs and what follows. Generated from the table that is enforced
(src/domain/placement/transitions.ts and the steps of each subject beside it) by \`npm run generate\`; \`npm run verify\` fails when the two differ. The same is answered by
\`GET /api/v1/placement-transitions\`. Sentences are what the user reads.

A state is derived from dates, in an order of precedence, and never stored beside them. What a need lacks blocks exactly the steps
that require it. Everything that gives a place away, or gives it back, locks the place first.
`

function who(capability: string): string {
  if (capability === 'system') return 'the clock of the database'
  if (capability === 'consequence') return 'nobody: it follows from what else happens, in the same transaction'
  return ROLES.filter((role) => scopeOf(role, capability as Capability) !== undefined)
    .map((role) => ROLE_NAMES[role])
    .join(', ')
}

function section({
  id,
  subject,
  sentence,
  operation,
  from,
  to,
  capability,
  steps,
  preconditions,
  consequence,
  source,
}: Transition): string {
  const missing = READINESS_ITEMS.filter(({ stops }) =>
    CASE_STEPS.some((step) => step === stops && steps.includes(step)),
  )
  const lines = [
    `### ${id}`,
    '',
    sentence,
    '',
    `- From: ${from.map((state) => stateName(subject, state)).join(', ')}. To: ${to.map((state) => stateName(subject, state)).join(', ')}.`,
    `- Who: ${who(capability)}.${operation === null ? '' : ` By \`${operation}\`.`}`,
    ...(missing.length === 0 ? [] : [`- The need must have: ${missing.map(({ title }) => title).join('; ')}.`]),
    ...preconditions.map((precondition) => {
      const { code, sentence: why } = preconditionById(precondition)
      return `- Otherwise \`${code}\`: ${why}`
    }),
    `- What follows: ${consequence}`,
    `- Source: ${source}.`,
  ]
  return lines.join('\n')
}

/** The table of placement as a document: its subjects in the order in which a case meets them. */
export function placementDocument(): string {
  const rows: readonly Transition[] = TRANSITIONS
  const subjects = Object.entries(SUBJECTS).map(([subject, title]) =>
    [`## ${title}`, ...rows.filter((row) => row.subject === subject).map(section)].join('\n\n'),
  )
  return `${[HEAD.trimEnd(), ...subjects].join('\n\n')}\n`
}
