import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Line, median } from './measure.ts'
import { dataDir, demoDate } from './world.ts'

const SERVER = join(import.meta.dirname, '../../server.ts')

/** From nothing to an address, and from what the first start made to an address; the city it makes is left for the others. */
export async function startUp(): Promise<Line[]> {
  await rm(dataDir, { recursive: true, force: true })
  const first = await started()
  const later = [await started(), await started(), await started()]
  return [
    { what: 'first start: database, migrations, the whole city, until it answers', value: first, aim: 60_000 },
    { what: 'later start, until it answers', value: median(later), aim: 5_000 },
  ]
}

/** How long the server takes until it says its address; then it is ended as by Ctrl-C. */
async function started(): Promise<number> {
  const begun = performance.now()
  const server = spawn(process.execPath, [SERVER], {
    env: { ...process.env, DATA_DIR: dataDir, DEMO_DATE: demoDate, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(server, 'close')
  let ready: number | undefined
  for await (const line of createInterface({ input: server.stdout })) {
    if (!line.startsWith('Boligtrapp is ready')) continue
    ready = performance.now() - begun
    server.kill('SIGINT')
  }
  await ended
  if (ready === undefined) throw new Error('the server ended before it was ready')
  return ready
}
