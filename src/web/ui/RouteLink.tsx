import { Button, type ButtonProps, InternalHeader, Link } from '@navikt/ds-react'
import { createLink } from '@tanstack/react-router'

/** Links between pages; `to`, `params` and `search` are checked against the routes. */
export const RouteLink = createLink(Link)

/** The product's name in the header. */
export const HeaderTitleLink = createLink(InternalHeader.Title)

/** A link that looks like a button, for the one thing that a page wants done next. */
export const ButtonLink = createLink((props: Omit<ButtonProps, 'type' | 'disabled' | 'loading'>) => (
  // Aksel calls every button-shaped element a button. This one leads somewhere, so it is announced as a link.
  <Button as="a" role="link" {...props} />
))
