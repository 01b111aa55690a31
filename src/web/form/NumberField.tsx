import { TextField } from '@navikt/ds-react'
import { useEffect, useState } from 'react'
import { readNumber } from '../ui/numbers.ts'
import type { FieldProps } from './fields.ts'

type Props = FieldProps & {
  label: string
  description?: string
  /** Null: nothing is filled in. */
  value: number | null
  onChange(value: number | null): void
  size?: 'medium' | 'small'
}

/** A number, typed with a decimal comma or point. What is no number stays on the screen and is said to be wrong. */
export function NumberField({ id, error, label, description, value, onChange, size = 'medium' }: Props) {
  const shown = value === null ? '' : String(value).replace('.', ',')
  const [typed, setTyped] = useState(shown)
  const number = readNumber(typed)

  // Another version may come from outside, after a conflict.
  useEffect(() => {
    setTyped((current) => (readNumber(current) === value ? current : shown))
  }, [value, shown])

  return (
    <TextField
      id={id}
      size={size}
      error={number === undefined ? 'Skriv et tall, for eksempel 12 eller 1,5.' : error}
      label={label}
      description={description}
      inputMode="decimal"
      htmlSize={10}
      autoComplete="off"
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value)
        const wanted = readNumber(event.target.value)
        if (wanted !== undefined) onChange(wanted)
      }}
    />
  )
}
