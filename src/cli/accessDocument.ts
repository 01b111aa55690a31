import {
  CAPABILITIES,
  type Capability,
  ROLE_NAMES,
  ROLES,
  type Role,
  type Scope,
  scopeOf,
} from '../access/capabilities.ts'
import { AREAS, CAPABILITY_NAMES, SCOPE_NAMES } from '../access/capabilityNames.ts'

const HEAD = `# Access

Who may do what. Generated from the table that is enforced (src/access/capabilities.ts) and from openapi/openapi.json, where
every route says what it takes, by \`npm run generate\`; \`npm run verify\` fails when they differ. The page «Hvem kan se hva»
and \`GET /api/v1/capabilities\` are made from the same table, and test/access/matrix.test.ts asks every route as every role of
her own, a foreign and a missing record.

How far a capability reaches: Hele byen, every record. Egen bydel, what her bydel holds. Eget botilbud, who lives there and what
is there. Henvist til VEL, while a bydel has referred the person and not taken it back. Bor i VEL, while the person lives in one
of VEL's institutions. A record outside it answers like one that is not there (404). A protected address (kode 6 and 7) takes a
place in the person's circle besides. (p) marks what shows people who can be recognised.
`

interface Operation {
  operationId: string
  'x-capability': string
  'x-scopes'?: Partial<Record<Role, Scope>>
}

const cells = (values: readonly string[]) => `| ${values.join(' | ')} |`
const rule = (columns: number) => cells(Array.from({ length: columns }, () => '---'))

function area(name: string): string {
  const ids = (Object.keys(CAPABILITIES) as Capability[]).filter((id) => CAPABILITY_NAMES[id].area === name)
  const rows = ids.map((id) => {
    const { may, people } = CAPABILITY_NAMES[id]
    const scopes = ROLES.map((role) => {
      const scope = scopeOf(role, id)
      return scope === undefined ? '–' : SCOPE_NAMES[scope]
    })
    return cells([`${may}${people ? ' (p)' : ''} \`${id}\``, ...scopes])
  })
  const head = ['Kan', ...ROLES.map((role) => ROLE_NAMES[role])]
  return [`### ${name}`, '', cells(head), rule(head.length), ...rows].join('\n')
}

function routes(document: string): string {
  const { paths } = JSON.parse(document) as { paths: Record<string, Record<string, Operation>> }
  const rows = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) =>
      cells([
        `${method.toUpperCase()} ${path.replace('/api/v1', '')}`,
        `\`${operation.operationId}\``,
        `\`${operation['x-capability']}\``,
        Object.entries(operation['x-scopes'] ?? {})
          .map(([role, scope]) => `${ROLE_NAMES[role as Role]}: ${SCOPE_NAMES[scope].toLocaleLowerCase('nb')}`)
          .join('; '),
      ]),
    ),
  )
  return [cells(['Route', 'Operation', 'Takes', 'Whom it lets in']), rule(4), ...rows].join('\n')
}

/**
 * The table of capabilities and what every route takes.
 * @param document the OpenAPI document, as text
 */
export function accessDocument(document: string): string {
  const parts = [
    HEAD.trimEnd(),
    '## Capabilities',
    ...AREAS.map(area),
    '## Routes',
    '`public` takes no sign-in; `signed_in` takes nothing but that.',
    routes(document),
  ]
  return `${parts.join('\n\n')}\n`
}
