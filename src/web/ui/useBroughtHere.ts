import { type RefObject, useEffect, useRef } from 'react'

/**
 * The heading of a form that opens below what was clicked: it takes focus when the form opens, and again when the form is about
 * something else, so that a reader who does not see the screen is brought there.
 * @param about what the form is about, such as the id of a place
 */
export function useBroughtHere(about: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  const broughtTo = useRef<string>(undefined)
  useEffect(() => {
    if (broughtTo.current === about) return
    broughtTo.current = about
    heading.current?.focus()
  }, [about])
  return heading
}
