import type pg from 'pg'
import { openPool } from '../db/pool.ts'

/** The jobs' own login, or the owner's with the jobs' role taken at connection. */
export interface JobConnection {
  url: string
  role?: string
}

/** Connections of the jobs, at most `max` at a time. */
export function openJobPool({ url, role }: JobConnection, max: number): pg.Pool {
  return openPool(url, { max, ...(role === undefined ? {} : { role }) })
}
