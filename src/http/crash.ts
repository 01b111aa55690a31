import { stackOf } from './problem.ts'

/**
 * Lets an error that nobody caught end the process, as it does anyway, and says which and where, and not in its own words: a
 * database's error may quote a person's values.
 */
export function crashSilently(): void {
  process.on('uncaughtException', (error: unknown) => {
    const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown }
    const stack = error instanceof Error ? stackOf(error) : []
    process.stderr.write(
      `${JSON.stringify({ level: 60, time: Date.now(), err: { name, code, stack }, msg: 'the service crashed' })}\n`,
    )
    process.exit(1)
  })
}
