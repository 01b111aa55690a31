import { personalNumber } from './fixtures.ts'

/** As much of a JSON schema as the bodies of the document have. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  items?: Schema
  minimum?: number
  exclusiveMinimum?: number
  maxLength?: number
  example?: unknown
  pattern?: string
}

export interface Filling {
  /** What stands in free text. */
  text: string
  district: string
  /** Ids by the name of the field that wants one, and one for all the others. */
  ids: Record<string, string>
  otherId: string
}

/** A body that a schema of the document takes, as far as a schema says what is taken: every field is there, and text is `text`. */
export function exampleBody(schema: Schema, components: Record<string, Schema>, filling: Filling): unknown {
  function of(given: Schema, name: string): unknown {
    if (given.$ref !== undefined) return of(components[given.$ref.split('/').at(-1) ?? ''] ?? {}, name)
    if (given.const !== undefined) return given.const
    if (given.enum !== undefined) return given.enum.find((value) => value !== null)
    const choices = given.anyOf ?? given.oneOf
    if (choices !== undefined) {
      return of(choices.find(({ type }) => type !== 'null') ?? {}, name)
    }
    if (given.allOf !== undefined) return Object.assign({}, ...given.allOf.map((part) => of(part, name)))
    const type = [given.type].flat().find((kind) => kind !== 'null')
    if (given.properties !== undefined) {
      return Object.fromEntries(Object.entries(given.properties).map(([key, inner]) => [key, of(inner, key)]))
    }
    if (type === 'object') return {}
    if (type === 'array') return [of(given.items ?? {}, name)]
    if (type === 'boolean') return true
    if (type === 'integer' || type === 'number') return Math.max(1, given.minimum ?? (given.exclusiveMinimum ?? 0) + 1)
    if (name === 'personalNumber') return personalNumber()
    if (given.format === 'uuid') return filling.ids[name] ?? filling.otherId
    if (given.format === 'date') return '2026-09-15'
    if (given.pattern?.startsWith('^0301') === true || name === 'district') return filling.district
    return given.example ?? filling.text.slice(0, given.maxLength)
  }
  return of(schema, '')
}

/** The same body with every text in it replaced. */
export function everyText(body: unknown, text: string): unknown {
  if (typeof body === 'string') return text
  if (Array.isArray(body)) return body.map((inner) => everyText(inner, text))
  if (body === null || typeof body !== 'object') return body
  return Object.fromEntries(Object.entries(body).map(([key, inner]) => [key, everyText(inner, text)]))
}
