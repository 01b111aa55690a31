import pg from 'pg'

/** Something changed: in which table, and of which district where it is anybody's. Nobody is named. */
export interface Change {
  table: string
  district: string | null
}

/** Null: the line to the database was broken for a while, and anything may have changed. */
export type OnChange = (change: Change | null) => void

/** What every instance hears of every instance's commits. */
export interface ChangeFeed {
  subscribe(onChange: OnChange): () => void
  close(): Promise<void>
}

const CHANNEL = 'boligtrapp_change'
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000
/** An idle line is asked now and then: one that a firewall dropped says nothing by itself. */
const ASKED_EVERY_MS = 15_000

/**
 * Listens to the database on a connection of its own and tells everybody who subscribed. A lost connection is opened again
 * by itself, with a growing pause, and subscribers are told that they may have missed something.
 * @param role taken at connection, where the login is not the application's own
 */
export function openChangeFeed(url: string, role?: string): ChangeFeed {
  const subscribers = new Set<OnChange>()
  let closed = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let pause = FIRST_PAUSE_MS
  let connectedBefore = false

  const tell = (change: Change | null) => {
    for (const subscriber of subscribers) subscriber(change)
  }

  const later = () => {
    client = undefined
    if (closed) return
    timer = setTimeout(() => void connect(), pause)
    timer.unref()
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
  }

  async function connect(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'boligtrapp changes',
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
      ...(role === undefined ? {} : { options: `-c role=${role}` }),
    })
    let lost = false
    const lose = () => {
      if (lost) return
      lost = true
      clearInterval(asking)
      fresh.end().catch(() => {})
      later()
    }
    const asking = setInterval(() => fresh.query('select').catch(lose), ASKED_EVERY_MS)
    asking.unref()
    fresh.on('error', lose)
    fresh.on('end', lose)
    fresh.on('notification', ({ payload = '' }) => {
      const [table = '', district = ''] = payload.split(' ')
      tell({ table, district: district === '' ? null : district })
    })
    client = fresh
    try {
      await fresh.connect()
      await fresh.query(`listen ${CHANNEL}`)
      pause = FIRST_PAUSE_MS
      if (connectedBefore) tell(null)
      connectedBefore = true
    } catch {
      lose()
    }
  }

  void connect()
  return {
    subscribe(onChange) {
      subscribers.add(onChange)
      return () => subscribers.delete(onChange)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      subscribers.clear()
      await client?.end().catch(() => {})
    },
  }
}
