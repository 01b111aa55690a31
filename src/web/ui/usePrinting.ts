import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/**
 * Whether the page is on its way to paper, so that what is only drawn while it is in sight can be drawn in full. Drawn at
 * once: the browser takes its picture when this has run.
 */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const media = window.matchMedia('print')
    const set = (value: boolean) => flushSync(() => setPrinting(value))
    const before = () => set(true)
    const after = () => set(false)
    const change = () => set(media.matches)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    media.addEventListener('change', change)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
      media.removeEventListener('change', change)
    }
  }, [])
  return printing
}
