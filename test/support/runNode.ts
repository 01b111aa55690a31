import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs this Node in the project's folder with nothing in the environment but `env`, and waits for its end. */
export async function runNode(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env.PATH, ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (part) => {
    stdout += part
  })
  child.stderr.on('data', (part) => {
    stderr += part
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}
