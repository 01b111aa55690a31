import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'

/**
 * Lets what is too wide scroll by itself, so that the page never does. While there is something to scroll to, it takes focus,
 * so that arrow keys reach it.
 */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  const region = useRef<HTMLElement>(null)
  const [scrolls, setScrolls] = useState(false)

  useLayoutEffect(() => {
    const element = region.current
    if (element === null) return
    const measure = () => setScrolls(element.scrollWidth > element.clientWidth)
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild)
    measure()
    return () => observer.disconnect()
  }, [])

  return (
    <section ref={region} aria-label={label} className="scroll" {...(scrolls ? { tabIndex: 0 } : {})}>
      {children}
    </section>
  )
}
