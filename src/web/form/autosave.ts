import type { Versioned } from '../api/client.ts'
import { type Problem, problemOf } from '../api/problem.ts'

/**
 * `rejected`: a field has to be corrected first. `failed`: not saved for a reason that no field can mend.
 * `conflict`: someone else saved in the meantime; nothing is sent until the person has chosen.
 */
export type SaveStatus = 'saved' | 'unsaved' | 'saving' | 'rejected' | 'failed' | 'conflict'

export type SaveState<T> = { values: T; status: SaveStatus; problem: Problem | null }

export type Autosave<T> = {
  /** The current state; the same object until something changes. */
  state(): SaveState<T>
  subscribe(listener: () => void): () => void
  /** Takes over what was typed and saves it a little later. */
  change(patch: Partial<T>): void
  /** Saves now. @returns whether everything typed is saved */
  flush(): Promise<boolean>
  /** Ends a conflict: what was changed here goes on top of what the other person saved. @returns as `flush` */
  keepMine(): Promise<boolean>
  /** Ends a conflict: what was changed here is dropped. @returns whether the newer version could be fetched */
  takeTheirs(): Promise<boolean>
}

export type AutosaveOptions<T> = {
  initial: Versioned<T>
  /** Sends the changed fields with `If-Match: etag`. @returns the new entity tag. @throws ApiError */
  save(sent: { values: T; changes: Partial<T>; etag: string }): Promise<string>
  /** Fetches what the service has now. @throws ApiError */
  reload(): Promise<Versioned<T>>
  delayMs?: number
}

/**
 * Saves a form as it is filled in: one request at a time, only the fields that changed, and never over someone else's
 * newer version. Nothing typed is thrown away, whatever the service answers.
 */
export function createAutosave<T extends object>(options: AutosaveOptions<T>): Autosave<T> {
  const { save, reload, delayMs = 800 } = options
  const listeners = new Set<() => void>()
  let saved = options.initial.value
  let etag = options.initial.etag
  let current: SaveState<T> = { values: saved, status: 'saved', problem: null }
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<boolean> | null = null

  function become(next: Partial<SaveState<T>>) {
    current = { ...current, ...next }
    for (const listener of listeners) listener()
  }

  function later() {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), delayMs)
  }

  function fail(error: unknown, sent: T) {
    const problem = problemOf(error)
    become({ status: statusAfter(problem), problem })
    // What was refused is already history if the person has typed on.
    if (current.status !== 'conflict' && current.values !== sent) later()
  }

  async function saveAll(): Promise<boolean> {
    while (hasChanges(saved, current.values)) {
      const sent = current.values
      become({ status: 'saving' })
      try {
        etag = await save({ values: sent, changes: changesBetween(saved, sent), etag })
      } catch (error) {
        fail(error, sent)
        return false
      }
      saved = sent
    }
    become({ status: 'saved', problem: null })
    return true
  }

  function flush(): Promise<boolean> {
    clearTimeout(timer)
    if (running !== null) return running
    if (current.status === 'conflict') return Promise.resolve(false)
    if (current.status === 'saved') return Promise.resolve(true)
    running = saveAll().finally(() => {
      running = null
    })
    return running
  }

  async function fetchLatest(use: (latest: T) => T): Promise<boolean> {
    try {
      const latest = await reload()
      const values = use(latest.value)
      saved = latest.value
      etag = latest.etag
      become({ values, status: hasChanges(saved, values) ? 'unsaved' : 'saved', problem: null })
      return true
    } catch (error) {
      // The conflict stands: without the newer version there is nothing to save on top of.
      become({ problem: problemOf(error) })
      return false
    }
  }

  return {
    state: () => current,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change(patch) {
      const values = { ...current.values, ...patch }
      if (current.status === 'conflict' || running !== null) return become({ values })
      if (!hasChanges(saved, values)) {
        clearTimeout(timer)
        return become({ values, status: 'saved', problem: null })
      }
      become({ values, status: 'unsaved' })
      later()
    },
    flush,
    async keepMine() {
      // Read after the answer has come: the person may have typed on while waiting.
      const fetched = await fetchLatest((latest) => ({ ...latest, ...changesBetween(saved, current.values) }))
      return fetched && flush()
    },
    takeTheirs: () => fetchLatest((latest) => latest),
  }
}

function statusAfter(problem: Problem): SaveStatus {
  if (problem.status === 412) return 'conflict'
  return problem.errors.length > 0 ? 'rejected' : 'failed'
}

function changesBetween<T extends object>(from: T, to: T): Partial<T> {
  const changes: Partial<T> = {}
  for (const key of Object.keys(to) as (keyof T)[]) {
    if (JSON.stringify(from[key]) !== JSON.stringify(to[key])) changes[key] = to[key]
  }
  return changes
}

function hasChanges<T extends object>(from: T, to: T): boolean {
  return Object.keys(changesBetween(from, to)).length > 0
}
