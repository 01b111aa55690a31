import { useBlocker } from '@tanstack/react-router'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { type Autosave, type AutosaveOptions, createAutosave, type SaveState } from './autosave.ts'
import { type FieldProps, fieldProps } from './fields.ts'

export type AutosavedForm<T> = SaveState<T> &
  Pick<Autosave<T>, 'change' | 'flush' | 'keepMine' | 'takeTheirs'> & {
    /** Id and error message of the field at this JSON pointer; spread onto an Aksel field. */
    field(pointer: string): FieldProps
  }

/**
 * A form that saves itself, see `createAutosave`. The options of the first render are the ones used: give the component
 * that calls this a `key` with the record's id. Leaving the page saves first, and asks only when that did not work.
 */
export function useAutosave<T extends object>(options: AutosaveOptions<T>): AutosavedForm<T> {
  const [autosave] = useState(() => createAutosave(options))
  const state = useSyncExternalStore(autosave.subscribe, autosave.state)

  useEffect(() => () => void autosave.flush(), [autosave])

  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (current.pathname === next.pathname || (await autosave.flush())) return false
      return !window.confirm('Noe på denne siden er ikke lagret. Vil du forlate siden likevel?')
    },
    enableBeforeUnload: () => autosave.state().status !== 'saved',
  })

  return {
    ...state,
    change: autosave.change,
    flush: autosave.flush,
    keepMine: autosave.keepMine,
    takeTheirs: autosave.takeTheirs,
    field: (pointer) => fieldProps(state.problem?.errors ?? [], pointer),
  }
}
