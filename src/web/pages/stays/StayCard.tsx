import { BodyShort, Button, Heading, HStack, Tag } from '@navikt/ds-react'
import { useState } from 'react'
import { useMay } from '../../api/session.ts'
import type { Stay } from '../../api/types.ts'
import { dayInWords } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { useReference } from '../../ui/names.ts'
import { CorrectDepartureForm } from './CorrectDepartureForm.tsx'
import { CorrectMoveInForm } from './CorrectMoveInForm.tsx'
import { DepartureForm } from './DepartureForm.tsx'
import { ExtendStayForm } from './ExtendStayForm.tsx'
import { stayFacts } from './stayWords.ts'
import { TransferForm } from './TransferForm.tsx'

const FORMS = {
  depart: { label: 'Registrer utflytting', form: DepartureForm },
  extend: { label: 'Forleng oppholdet', form: ExtendStayForm },
  transfer: { label: 'Bytt plass', form: TransferForm },
  correct_move_in: { label: 'Rett innflyttingen', form: CorrectMoveInForm },
  correct_departure: { label: 'Rett utflyttingen', form: CorrectDepartureForm },
} as const
type Action = keyof typeof FORMS

/** One stay: whose, where, since when and until when, with the forms of what can be recorded. */
export function StayCard({ stay }: { stay: Stay }) {
  const may = useMay()
  const [open, setOpen] = useState<Action | null>(null)
  const shown = may('record_moves')
    ? (Object.keys(FORMS) as Action[]).filter((action) =>
        stay.actions.some((one) => one.action === action && (one.allowed || (action === 'depart' && stay.to === null))),
      )
    : []
  const Form = open === null ? null : FORMS[open].form
  const who = stay.residentName ?? 'Beboer'
  const { names } = useReference()
  const where = stay.place === null ? `, ${inText(names.form(stay.form))}` : `, ${stay.place.label}`
  return (
    <li className="panel" aria-label={`${who}${where}`}>
      <Heading level="3" size="xsmall">
        {who}
        {where}{' '}
        <Tag size="small" variant="moderate" data-color={stay.state === 'overdue' ? 'warning' : 'neutral'}>
          {stay.stateName}
        </Tag>
      </Heading>
      <BodyShort>Flyttet inn {dayInWords(stay.from)}.</BodyShort>
      {stayFacts(stay).map((sentence) => (
        <BodyShort key={sentence}>{sentence}</BodyShort>
      ))}
      {shown.length > 0 && (
        <HStack gap="space-12" className="offer__actions">
          {shown.map((action) => (
            <Button
              key={action}
              type="button"
              size="small"
              variant="secondary"
              aria-expanded={open === action}
              onClick={() => setOpen(open === action ? null : action)}
            >
              {FORMS[action].label}
              <span className="aksel-sr-only"> {who}</span>
            </Button>
          ))}
        </HStack>
      )}
      {Form !== null && <Form stay={stay} onDone={() => setOpen(null)} />}
    </li>
  )
}
