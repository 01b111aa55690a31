import {
  CheckmarkCircleFillIcon,
  CircleSlashIcon,
  ExclamationmarkTriangleFillIcon,
  QuestionmarkDiamondIcon,
} from '@navikt/aksel-icons'
import { Tag } from '@navikt/ds-react'
import { type Outcome, outcomeWords } from './comparison.ts'

const signs = {
  met: { color: 'success', icon: <CheckmarkCircleFillIcon aria-hidden /> },
  partly: { color: 'warning', icon: <ExclamationmarkTriangleFillIcon aria-hidden /> },
  unknown: { color: 'neutral', icon: <QuestionmarkDiamondIcon aria-hidden /> },
  missing: { color: 'danger', icon: <CircleSlashIcon aria-hidden /> },
} as const satisfies Record<Outcome, unknown>

/** How a place answers a requirement, as a word with a sign of its own. */
export function OutcomeTag({ outcome }: { outcome: Outcome }) {
  const { color, icon } = signs[outcome]
  return (
    <Tag size="small" variant="moderate" data-color={color} icon={icon}>
      {outcomeWords[outcome]}
    </Tag>
  )
}
