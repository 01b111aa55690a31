import { Checkbox, CheckboxGroup, Radio, RadioGroup } from '@navikt/ds-react'
import type { ReactNode } from 'react'
import type { FieldProps } from './fields.ts'

export type Option<T> = { value: T; label: string; description?: string }

type Props<T> = FieldProps & {
  legend: string
  hideLegend?: boolean
  description?: ReactNode
  options: Option<T>[]
}

/** Any number of the options. The answer keeps the order of the options. */
export function ManyOf<T extends string>({
  options,
  value,
  onChange,
  ...group
}: Props<T> & { value: readonly T[]; onChange(value: T[]): void }) {
  return (
    <CheckboxGroup
      {...group}
      value={[...value]}
      onChange={(chosen: T[]) =>
        onChange(options.map((option) => option.value).filter((entry) => chosen.includes(entry)))
      }
    >
      {options.map((option) => (
        <Checkbox key={option.value} value={option.value} {...describedBy(option)}>
          {option.label}
        </Checkbox>
      ))}
    </CheckboxGroup>
  )
}

/** One of the options. A value of null stands for an answer that has not been given, and may be an option of its own. */
export function OneOf<T extends string | number | boolean | null>({
  options,
  value,
  onChange,
  ...group
}: Props<T> & { value: T | undefined; onChange(value: T): void }) {
  // Radio buttons carry strings; null and «null» must not be the same answer.
  const keyOf = (entry: T) => JSON.stringify(entry)
  return (
    <RadioGroup
      {...group}
      value={value === undefined ? '' : keyOf(value)}
      onChange={(key: string) => {
        const chosen = options.find((option) => keyOf(option.value) === key)
        if (chosen !== undefined) onChange(chosen.value)
      }}
    >
      {options.map((option) => (
        <Radio key={keyOf(option.value)} value={keyOf(option.value)} {...describedBy(option)}>
          {option.label}
        </Radio>
      ))}
    </RadioGroup>
  )
}

function describedBy({ description }: Option<unknown>): { description?: string } {
  return description === undefined ? {} : { description }
}
