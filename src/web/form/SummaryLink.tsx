import { ErrorSummary, FormSummary } from '@navikt/ds-react'
import { createLink } from '@tanstack/react-router'

/** A link back from a check-answers page to where the answers are given. */
export const SummaryEditLink = createLink(FormSummary.EditLink)

/** An entry of an error summary that leads to another page. */
export const SummaryItemLink = createLink(ErrorSummary.Item)
