import { TextField } from '@navikt/ds-react'
import { useEffect, useState } from 'react'
import { readKroner } from '../ui/kroner.ts'
import type { FieldProps } from './fields.ts'

type Props = FieldProps & {
  label: string
  /** Whole kroner, or null for not known. */
  value: number | null
  onChange(value: number | null): void
}

/** An amount, typed with or without spaces. What is no amount stays on the screen and is said to be wrong. */
export function KronerField({ id, error, label, value, onChange }: Props) {
  const [typed, setTyped] = useState(value === null ? '' : String(value))
  const amount = readKroner(typed)

  // Another version may come from outside, after a conflict.
  useEffect(() => {
    setTyped((current) => (readKroner(current) === value ? current : value === null ? '' : String(value)))
  }, [value])

  return (
    <TextField
      id={id}
      error={amount === undefined ? 'Skriv beløpet i hele kroner, for eksempel 12 000.' : error}
      label={`${label}, kroner`}
      inputMode="numeric"
      htmlSize={12}
      autoComplete="off"
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value)
        const wanted = readKroner(event.target.value)
        if (wanted !== undefined) onChange(wanted)
      }}
    />
  )
}
