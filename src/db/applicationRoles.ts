import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { MigrationError } from './migrationFiles.ts'

/** The roles that the steps grant to. They own nothing, and row security holds for them. */
const ROLES = ['boligtrapp_app', 'boligtrapp_job']

/**
 * Roles belong to the whole cluster, so two databases that migrate at once meet here: the role exists now (42710), its name
 * was taken between looking and writing (23505), or its row was written by both (XX000).
 */
const RACES = new Set(['42710', '23505', 'XX000'])

const INSUFFICIENT_PRIVILEGE = '42501'

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code
}

/**
 * Makes the application's roles where they are missing, without a login: production gives them one.
 * @throws {MigrationError} the owner may not make them, or one of them may pass by row security.
 */
export async function ensureApplicationRoles(client: pg.ClientBase): Promise<void> {
  for (const role of ROLES) await ensureRole(client, role)
}

async function ensureRole(client: pg.ClientBase, role: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await client.query<{ unbound: boolean }>(
      'select rolsuper or rolbypassrls as unbound from pg_roles where rolname = $1',
      [role],
    )
    const row = found.rows[0]
    if (row?.unbound === true) {
      throw new MigrationError(
        'role',
        undefined,
        `The role ${role} may pass by row security, so people would be seen by those who must not see them. ` +
          `Run as a superuser: alter role ${role} nosuperuser nobypassrls`,
      )
    }
    if (row !== undefined) return
    try {
      await client.query(`create role ${role} nologin nosuperuser nocreatedb nocreaterole nobypassrls`)
    } catch (cause) {
      const code = codeOf(cause)
      if (code === INSUFFICIENT_PRIVILEGE) {
        throw new MigrationError(
          'role',
          undefined,
          `The role ${role} is missing, and the owner may not make it. ` +
            `Run as a superuser: create role ${role} nologin; or: alter role <owner> createrole`,
          { cause },
        )
      }
      if (code === undefined || !RACES.has(code) || attempt === 10) throw cause
      await sleep(20 * attempt)
    }
  }
}
