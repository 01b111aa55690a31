import { BodyShort, Heading } from '@navikt/ds-react'
import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { headingFocus } from './headingFocus.ts'

type Props = {
  /** The heading of the page and the start of the browser's title. Never anything about a person. */
  title: string
  /** Above the heading, such as a link back. */
  before?: ReactNode
  /** A short line above the heading, such as «Tema 3 av 8». */
  kicker?: string
  /** `text` keeps lines readable, `wide` leaves room for tables. */
  width?: 'text' | 'wide'
  children?: ReactNode
}

const focus = headingFocus()

/** A page: its only h1, the browser's title, and focus on the heading after each move to another address. */
export function Page({ title, before, kicker, width = 'wide', children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { pathname } = useLocation()
  usePageTitle(title)

  useLayoutEffect(() => {
    const element = heading.current
    if (focus.shouldTake(pathname)) element?.focus({ preventScroll: true })
    return () => focus.left(element !== null && document.activeElement === element)
  }, [pathname])

  return (
    <div className={`page page--${width}`}>
      {before}
      <div>
        {kicker !== undefined && (
          <BodyShort size="small" textColor="subtle">
            {kicker}
          </BodyShort>
        )}
        <Heading ref={heading} level="1" size="large" tabIndex={-1} className="page__heading">
          {title}
        </Heading>
      </div>
      {children}
    </div>
  )
}

/** The browser's title: what the page is, then the product. */
function usePageTitle(title: string) {
  useEffect(() => {
    document.title = `${title} – Boligtrapp`
  }, [title])
}
