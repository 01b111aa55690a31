import { BodyShort, Button, Heading } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQueries, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { closuresQuery, forgetPlaces, reopenPlace } from '../../api/closures.ts'
import { reasonCodesQuery } from '../../api/reference.ts'
import type { Closure, Place } from '../../api/types.ts'
import { DayField } from '../../form/DayField.tsx'
import { dayAfter, dayInWords } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { useToday } from '../../ui/useToday.ts'
import { reasonNames } from '../occupancy/reasonNames.ts'
import { ActionForm } from '../offers/ActionForm.tsx'
import { ClosePlaceForm } from './ClosePlaceForm.tsx'

type Props = {
  /** All places of the house. */
  places: Place[]
  /** Those with a closure now or soon. */
  closed: string[]
  keeper: boolean
}

/** What of a house is closed, why and on whose cost, and for those who keep it the way to close and to open again. */
export function Closures({ places, closed, keeper }: Props) {
  const today = useToday()
  const [closing, setClosing] = useState(false)
  const answers = useSuspenseQueries({ queries: closed.map((placeId) => closuresQuery(placeId)) })
  const closures = answers.flatMap(({ data }) => data).filter(({ during }) => during.to === null || during.to > today)
  return (
    <section aria-labelledby="sperringer" className="stack">
      <Heading id="sperringer" level="2" size="medium">
        Sperrede plasser
      </Heading>
      {closures.length === 0 ? (
        <BodyShort>Ingen plasser er sperret nå eller de neste ukene.</BodyShort>
      ) : (
        <ul className="plain-list full">
          {closures.map((closure) => (
            <ClosureCard
              key={closure.id}
              closure={closure}
              label={places.find(({ id }) => id === closure.placeId)?.label ?? ''}
              keeper={keeper}
            />
          ))}
        </ul>
      )}
      {keeper && !closing && (
        <Button type="button" size="small" variant="secondary" onClick={() => setClosing(true)}>
          Sperr en plass
        </Button>
      )}
      {closing && <ClosePlaceForm places={places} onDone={() => setClosing(false)} />}
    </section>
  )
}

function ClosureCard({ closure, label, keeper }: { closure: Closure; label: string; keeper: boolean }) {
  const { data: reasons } = useSuspenseQuery(reasonCodesQuery)
  const [opening, setOpening] = useState(false)
  const { during, reason, admits, costOwner, note } = closure
  return (
    <li className="panel" aria-label={`Sperring av ${label}`}>
      <Heading level="3" size="xsmall">
        {label}: {inText(reasonNames(reasons)(reason))}
      </Heading>
      <BodyShort>
        Fra {dayInWords(during.from)}
        {during.to === null ? ', til noen åpner den' : ` til ${dayInWords(during.to)}`}.
        {admits && ' Noen kan flytte inn likevel.'}
      </BodyShort>
      <BodyShort>
        {costOwner === null ? 'Hvem som bærer kostnaden, er ikke oppgitt.' : `Kostnad: ${costOwner}.`}
      </BodyShort>
      {note !== null && <BodyShort>{note}</BodyShort>}
      {keeper && !opening && (
        <Button
          type="button"
          size="small"
          variant="secondary"
          className="offer__actions"
          onClick={() => setOpening(true)}
        >
          Åpne igjen<span className="aksel-sr-only"> {label}</span>
        </Button>
      )}
      {opening && <ReopenForm closure={closure} onDone={() => setOpening(false)} />}
    </li>
  )
}

function ReopenForm({ closure, onDone }: { closure: Closure; onDone(): void }) {
  const today = useToday()
  const client = useQueryClient()
  // a closure has one day at least
  const first = dayAfter(closure.during.from, 1)
  const [on, setOn] = useState<string | null>(first > today ? first : today)
  return (
    <ActionForm
      record={closure}
      label="Åpne igjen"
      submit="Åpne plassen"
      body={on ?? ''}
      send={reopenPlace}
      forget={() => forgetPlaces(client)}
      onDone={onDone}
    >
      {(field) => (
        <DayField
          {...field('/during/to')}
          label="Åpen fra"
          value={on}
          onChange={setOn}
          latestYear={Number(today.slice(0, 4)) + 10}
        />
      )}
    </ActionForm>
  )
}
