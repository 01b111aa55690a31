import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from './types.generated.ts'

const DATE = 1082
const INT8 = 20
const NUMERIC = 1700
const TIMESTAMPTZ = 1184

/**
 * One parser setting for every connection: a day stays the string it is (a `Date` would move it over midnight), an instant
 * becomes RFC 3339 in UTC, counts become numbers.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === DATE) return (value: string) => value
    if (oid === INT8 || oid === NUMERIC) return Number
    if (oid === TIMESTAMPTZ) return (value: string) => new Date(value).toISOString()
    return pg.types.getTypeParser(oid, format)
  }) as typeof pg.types.getTypeParser,
}

export interface PoolOptions {
  max?: number
  /** How long a request waits for a connection, in milliseconds. */
  connectMs?: number
  /** How long one statement may take, in milliseconds. */
  statementMs?: number
  /** A role taken at connection, where the login is not the application's own. */
  role?: string
  /** How long a connection may take, in milliseconds; absent: 5 seconds, as somebody waits at a screen. */
  connectWithin?: number
  onError?: (error: Error) => void
}

/**
 * A connection that gives up on a server that says nothing any more, and is then given up itself: an answer that comes later
 * would be taken for that of the next question.
 */
class PatientClient extends pg.Client {
  override query(...asked: unknown[]): never {
    const answer = (super.query as (...asked: unknown[]) => unknown).apply(this, asked)
    if (answer instanceof Promise) {
      answer.catch((error: unknown) => {
        if (!(error instanceof Error) || error.message !== 'Query read timeout') return
        // ending is known to the pool at once; that the line is cut, only when the system says so, and until then it lends it out
        void this.end()
        this.connection.stream.destroy()
      })
    }
    return answer as never
  }
}

/** The server ends what takes too long; the client only when the server does not. */
const LONGER_THAN_SERVER_MS = 2_000

/** Opens a pool to PostgreSQL with the project's type parsers; a lost idle connection is reported, never thrown. */
export function openPool(url: string, options: PoolOptions = {}): pg.Pool {
  const { connectMs = 5_000, statementMs = 30_000 } = options
  const pool = new pg.Pool({
    Client: PatientClient,
    connectionString: url,
    max: options.max ?? 10,
    types,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementMs,
    query_timeout: statementMs + LONGER_THAN_SERVER_MS,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'boligtrapp',
    ...(options.role === undefined ? {} : { options: `-c role=${options.role}` }),
  })
  pool.on('error', (error) => options.onError?.(error))
  // a client that is lost while it is lent out says so itself; its query fails, and that is where it is dealt with
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** The query builder over a pool: snake_case in SQL, camelCase in code, JSON columns untouched. */
export function openDatabase(pool: pg.Pool): Kysely<DB> {
  return new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}
