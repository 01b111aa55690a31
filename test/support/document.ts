import type { Role, Scope } from '../../src/access/capabilities.ts'
import type { App } from '../../src/http/types.ts'
import { ALNA } from './fixtures.ts'

/** A schema of the document, as far as tests read it. */
export interface Schema {
  $ref?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  type?: string | string[]
  format?: string
  pattern?: string
  minLength?: number
  minimum?: number
  minItems?: number
  items?: Schema
  required?: string[]
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
}

export interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: Schema
}

/** One operation of the document. */
export interface Operation {
  id: string
  method: 'get' | 'post' | 'patch' | 'put' | 'delete'
  /** As the document writes it, without what all begin with: `/needs/{id}`. */
  path: string
  capability: string
  scopes: Partial<Record<Role, Scope>>
  parameters: Parameter[]
  /** It answers with a table, too. */
  asFile: boolean
  /** What it takes as JSON. */
  body: Schema | undefined
}

type Item = Record<
  string,
  {
    operationId: string
    'x-capability'?: string
    'x-scopes'?: Operation['scopes']
    parameters?: Parameter[]
    responses?: Record<string, { content?: Record<string, unknown> }>
    requestBody?: { content: { 'application/json'?: { schema: Schema } } }
  }
>

/** The document of the API, read for tests that ask every route. */
export function documentOf(app: App) {
  const document = app.swagger() as unknown as {
    paths: Record<string, Item>
    components: { schemas: Record<string, Schema> }
  }
  const resolved = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : (document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {})

  /** The least that a schema takes; `named` decides what a property is by its name, `undefined` leaves it to the schema. */
  function least(schema: Schema, named: (name: string) => unknown, name = ''): unknown {
    const said = named(name)
    if (said !== undefined) return said
    const one = resolved(schema)
    if ('const' in one) return one.const
    if (one.enum !== undefined) return one.enum.find((value) => value !== null)
    const [alternative] = one.anyOf ?? one.oneOf ?? one.allOf ?? []
    if (alternative !== undefined) return least(alternative, named, name)
    const [type] = [one.type].flat()
    if (type === 'object') {
      return Object.fromEntries(
        (one.required ?? []).map((key) => [key, least(one.properties?.[key] ?? {}, named, key)]),
      )
    }
    if (type === 'array')
      return one.items !== undefined && (one.minItems ?? 0) > 0 ? [least(one.items, named, name)] : []
    if (type === 'integer' || type === 'number') return one.minimum ?? 1
    if (type === 'boolean') return true
    if (one.format === 'date') return name === 'to' ? '2027-09-15' : '2026-09-01'
    if (one.pattern === '^0301\\d{2}$') return ALNA
    return 'x'.repeat(Math.max(one.minLength ?? 0, 1))
  }

  return {
    resolved,
    least,
    operations: Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(
        ([method, { operationId, parameters = [], requestBody, responses, ...more }]): Operation => ({
          id: operationId,
          method: method as Operation['method'],
          path: path.replace('/api/v1', ''),
          capability: more['x-capability'] ?? '',
          scopes: more['x-scopes'] ?? {},
          parameters,
          asFile: responses?.['200']?.content?.['text/csv'] !== undefined,
          body: requestBody?.content['application/json']?.schema,
        }),
      ),
    ),
  }
}
