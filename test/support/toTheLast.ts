let kept: (() => unknown)[] | undefined

/** From now on what files keep open is shared by those that run together in this process. */
export function runTogetherBegins(): void {
  kept = []
}

/** Keeps something open for all the files that run together, and ends it after the last. False where a file runs by itself. */
export function keptToTheLast(end: () => unknown): boolean {
  return kept?.push(end) !== undefined
}

/** Ends what was kept. */
export async function endKept(): Promise<void> {
  for (const end of kept ?? []) await end()
}
