import { TextField } from '@navikt/ds-react'
import { useEffect, useState } from 'react'
import { dayTyped, readDay } from '../ui/days.ts'
import type { FieldProps } from './fields.ts'

type Props = FieldProps & {
  label: string
  description?: string
  /** An ISO day, null for none, or what was typed when that is no day: the service then says what is wrong. */
  value: string | null
  onChange(value: string | null): void
  /** Two digits of a year mean a year up to this one. */
  latestYear: number
  size?: 'medium' | 'small'
}

/**
 * A day, typed. Faster than picking from a calendar for those who do it all day, and read in every usual way of writing.
 * What is no day is not thrown away.
 */
export function DayField({ label, description, value, onChange, latestYear, size = 'medium', id, error }: Props) {
  const [typed, setTyped] = useState(() => dayTyped(value ?? ''))
  const [left, setLeft] = useState(true)
  const wrong = left && typed.trim() !== '' && readDay(typed, latestYear) === null

  // Another version may come from outside, after a conflict.
  useEffect(() => {
    setTyped((current) =>
      (readDay(current, latestYear) ?? current) === (value ?? '') ? current : dayTyped(value ?? ''),
    )
  }, [value, latestYear])

  function commit() {
    setLeft(true)
    const text = typed.trim()
    const day = readDay(text, latestYear)
    if (day !== null) setTyped(dayTyped(day))
    onChange(text === '' ? null : (day ?? text))
  }

  return (
    <TextField
      id={id}
      size={size}
      label={label}
      description={description ?? 'dag.måned.år, for eksempel 01.09.2026'}
      htmlSize={14}
      autoComplete="off"
      value={typed}
      error={wrong ? 'Skriv datoen som dag.måned.år, for eksempel 01.09.2026.' : error}
      onChange={(event) => {
        setLeft(false)
        setTyped(event.target.value)
      }}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
      }}
    />
  )
}
