import { useEffect, useRef, useState } from 'react'
import type { Versioned } from '../api/client.ts'

/**
 * What a form started from, and saves over. The record may be changed by someone else while the form is open: a form that
 * nobody has touched follows, and one that has been touched is told and keeps what was typed.
 * @param loaded the newest that was fetched
 * @param touched whether the form differs from what it started from
 * @param adopt puts a record into the fields; also called after the record was saved
 */
export function useBase<T extends { version: number }>(
  loaded: Versioned<T>,
  touched: boolean,
  adopt: (value: T) => void,
) {
  const [base, setBase] = useState(loaded)
  const newer = loaded.value.version > base.value.version

  // the newest of them, without asking for the effect again each time the form is drawn
  const adopting = useRef(adopt)
  useEffect(() => {
    adopting.current = adopt
  })

  useEffect(() => {
    if (!newer || touched) return
    setBase(loaded)
    adopting.current(loaded.value)
  }, [newer, touched, loaded])

  function take(record: Versioned<T>) {
    setBase(record)
    adopt(record.value)
  }

  return {
    base,
    /** Somebody else has saved, and the form has been touched. */
    overtaken: newer && touched,
    /** Takes over what the service answered, or what somebody else saved. */
    take,
    takeNewest: () => take(loaded),
  }
}
