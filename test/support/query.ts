import pg from 'pg'

/** One query on a connection of its own, with PostgreSQL's plain types. */
export async function query<Row extends pg.QueryResultRow = Record<string, unknown>>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** The constraint that refused what was tried; undefined when nothing did. */
export async function refusedBy(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    return (error as { constraint?: string }).constraint ?? String(error)
  }
}
