import { useEffect, useState } from 'react'

/** The value once it has stood still for `ms`. For questions asked while someone types, such as how many places fit now. */
export function useSettled<T>(value: T, ms = 400): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
