import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A line to a database that can be made to say nothing, as a network or a machine does that is stuck. */
export interface Line {
  url: string
  /** Nothing comes back from now on, though what is sent still arrives; with `both` not even that. */
  stall(how: 'answers' | 'both'): void
  resume(): void
  close(): Promise<void>
}

/** Listens on loopback and passes on to the server of `url`. */
export async function lineTo(url: string): Promise<Line> {
  const target = new URL(url)
  const pairs = new Set<{ client: Socket; server: Socket }>()
  let stalled: 'answers' | 'both' | undefined
  const apply = ({ client, server }: { client: Socket; server: Socket }) => {
    if (stalled === undefined) server.resume()
    else server.pause()
    if (stalled === 'both') client.pause()
    else client.resume()
  }
  const listener = createServer((client) => {
    const server = connect(Number(target.port), target.hostname)
    const pair = { client, server }
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      server.destroy()
    }
    client.on('data', (part) => server.write(part))
    server.on('data', (part) => client.write(part))
    for (const socket of [client, server]) socket.on('error', end).on('close', end)
    apply(pair)
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(address.port) }).href,
    stall(how) {
      stalled = how
      for (const pair of pairs) apply(pair)
    },
    resume() {
      stalled = undefined
      for (const pair of pairs) apply(pair)
    },
    async close() {
      for (const { client, server } of pairs) {
        client.destroy()
        server.destroy()
      }
      listener.close()
      await once(listener, 'close')
    },
  }
}
