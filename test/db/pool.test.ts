import t, { type Test } from 'tap'
import { openPool, type PoolOptions } from '../../src/db/pool.ts'
import { testDatabase } from '../support/database.ts'
import { lineTo } from '../support/lineToDatabase.ts'

const urls = await testDatabase(t)

/** One connection, little patience, and a line to the database that can be made to say nothing. */
async function stalling(t: Test, options: PoolOptions = {}) {
  const line = await lineTo(urls.appUrl)
  const pool = openPool(line.url, { max: 1, statementMs: 200, ...options })
  t.teardown(async () => {
    line.resume()
    await pool.end()
    await line.close()
  })
  return { line, pool }
}

const WHO = `select pg_backend_pid() as pid, coalesce(current_setting('app.actor', true), '') as actor`

t.test('a connection whose answer never came is not lent out again', async (t) => {
  const { line, pool } = await stalling(t)
  const client = await pool.connect()
  await client.query('begin')
  await client.query(`select set_config('app.actor', 'the one before', true)`)
  const { pid } = (await client.query(WHO)).rows[0]
  line.stall('answers')
  await t.rejects(client.query('select 1 as answer'), { message: 'Query read timeout' })
  // given back as whole, as a query builder does that rolls back and goes on
  client.release()
  line.resume()
  const next = (await pool.query(WHO)).rows[0]
  t.not(next.pid, pid, 'the next one has a connection of her own')
  t.equal(next.actor, '', 'and acts in nobody’s name and in nobody’s transaction')
  t.strictSame((await pool.query('select 2 as answer')).rows, [{ answer: 2 }], 'and hears the answer to what she asked')
  t.equal(pool.totalCount, 1, 'the pool has no fewer connections than before')
})

t.test('what waits behind a question that was given up on fails with it, and the next is served', async (t) => {
  const { line, pool } = await stalling(t)
  const client = await pool.connect()
  line.stall('both')
  const [first, second] = await Promise.allSettled([client.query('select 1'), client.query('select 2')])
  t.equal(first?.status, 'rejected')
  t.equal(second?.status, 'rejected', 'nobody is told the answer to another question')
  client.release()
  line.resume()
  t.strictSame((await pool.query('select 3 as answer')).rows, [{ answer: 3 }])
})

t.test('a statement that the server itself ends in time leaves a connection that can be used', async (t) => {
  const { pool } = await stalling(t)
  const { pid } = (await pool.query(WHO)).rows[0]
  const client = await pool.connect()
  const began = performance.now()
  await t.rejects(client.query('select pg_sleep(10)'), { code: '57014' })
  t.ok(performance.now() - began < 2_000, 'by the server’s own limit, not by the client’s longer one')
  client.release()
  t.equal((await pool.query(WHO)).rows[0].pid, pid)
})

t.test('a lost idle connection is reported, and the next question has another', async (t) => {
  const lost: Error[] = []
  const { pool } = await stalling(t, { onError: (error) => lost.push(error) })
  const { pid } = (await pool.query(WHO)).rows[0]
  const other = openPool(urls.ownerUrl)
  await other.query('select pg_terminate_backend($1)', [pid])
  await other.end()
  while (lost.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  t.not((await pool.query(WHO)).rows[0].pid, pid)
})
