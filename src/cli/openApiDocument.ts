import { newKey, openKeyring } from '../access/keyring.ts'
import { buildApp } from '../app.ts'
import { openDatabase, openPool } from '../db/pool.ts'

/** The document as the schemas that validate make it; no database is asked. */
export async function openApiDocument(): Promise<string> {
  const pool = openPool('postgres://nobody@127.0.0.1:9/nothing')
  const app = await buildApp({
    db: openDatabase(pool),
    keyring: openKeyring(newKey('k1'), newKey('f1')),
    demoDate: undefined,
    demoSignIn: true,
    logLevel: 'silent',
    webDir: undefined,
  })
  await app.ready()
  const document = app.swagger()
  await app.close()
  await pool.end()
  return `${JSON.stringify(withoutUnused(document), null, 2)}\n`
}

/** Leaves out the components that nothing refers to: the copies that the type provider makes for input. */
function withoutUnused(document: ReturnType<Awaited<ReturnType<typeof buildApp>>['swagger']>): unknown {
  const copy = structuredClone(document) as { components?: { schemas?: Record<string, unknown> } }
  const schemas = copy.components?.schemas ?? {}
  for (;;) {
    const text = JSON.stringify(copy)
    const unused = Object.keys(schemas).filter((name) => !text.includes(`"#/components/schemas/${name}"`))
    if (unused.length === 0) return copy
    for (const name of unused) delete schemas[name]
  }
}
