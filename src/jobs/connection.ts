import type pg from 'pg'
import { openDatabase, openPool } from '../db/pool.ts'

/** The jobs' own login, or the owner's with the jobs' role taken at connection. */
export interface JobConnection {
  url: string
  role?: string
}

/** Connections of the jobs, at most `max` at a time. */
export function openJobPool({ url, role }: JobConnection, max: number): pg.Pool {
  return openPool(url, { max, ...(role === undefined ? {} : { role }) })
}

let opened: { url: string; db: ReturnType<typeof openDatabase> } | undefined

/** The connection of this thread, opened when it is first asked for and kept for what the thread does next. */
export function threadDatabase(jobs: JobConnection): ReturnType<typeof openDatabase> {
  if (opened?.url !== jobs.url) opened = { url: jobs.url, db: openDatabase(openJobPool(jobs, 1)) }
  return opened.db
}
