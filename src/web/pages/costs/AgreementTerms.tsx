import { TextField } from '@navikt/ds-react'
import type { ReactNode } from 'react'
import { DayField } from '../../form/DayField.tsx'
import type { FieldProps } from '../../form/fields.ts'
import { KronerField } from '../../form/KronerField.tsx'
import { useToday } from '../../ui/useToday.ts'

/** How many years ahead an agreement may end. */
const YEARS_AHEAD = 20

/** What is agreed, as it is typed. */
export interface Terms {
  price: number | null
  to: string | null
  places: string
}

/** A body's part of it: nothing typed is refused by the service, which says so at the field. */
export const termsOf = ({ price, places }: Terms) => ({
  pricePerDay: price ?? 0,
  places: places.trim() === '' ? null : Number(places),
})

/** The last year that may be written of an agreement. */
export const useLatestAgreementYear = () => Number(useToday().slice(0, 4)) + YEARS_AHEAD

/** Price, end and room of a framework agreement, in the order in which they are asked for. */
export function AgreementTerms({
  terms,
  field,
  onChange,
  beforeEnd,
}: {
  terms: Terms
  field(pointer: string): FieldProps
  onChange(changes: Partial<Terms>): void
  /** What stands between the price and the end, such as the beginning of a new one. */
  beforeEnd?: ReactNode
}) {
  const latestYear = useLatestAgreementYear()
  return (
    <>
      <KronerField
        {...field('/pricePerDay')}
        label="Pris for et døgn"
        value={terms.price}
        onChange={(price) => onChange({ price })}
      />
      {beforeEnd}
      <DayField
        {...field('/valid/to')}
        size="small"
        label="Gjelder til, første dag etter (kan stå tomt)"
        value={terms.to}
        onChange={(to) => onChange({ to })}
        latestYear={latestYear}
      />
      <TextField
        {...field('/places')}
        size="small"
        label="Høyeste antall plasser (kan stå tomt)"
        inputMode="numeric"
        htmlSize={6}
        autoComplete="off"
        value={terms.places}
        onChange={({ target }) => onChange({ places: target.value })}
      />
    </>
  )
}
