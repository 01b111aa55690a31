import { Select } from '@navikt/ds-react'
import { useReference } from './names.ts'

type Props = {
  /** The id or code of what is chosen; empty: all. */
  value: string
  onChange(id: string): void
  className?: string
}

/** Narrows a list to one housing form that has places. */
export function FormSelect({ value, onChange, className = '' }: Props) {
  const { forms } = useReference()
  return (
    <Select
      label="Boligform"
      size="small"
      className={className}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">Alle</option>
      {forms
        .filter(({ isPlace }) => isPlace)
        .map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
    </Select>
  )
}

/** Narrows a list to one district. */
export function DistrictSelect({ value, onChange, className = '' }: Props) {
  const { districts } = useReference()
  return (
    <Select
      label="Bydel"
      size="small"
      className={className}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">Alle</option>
      {districts.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Select>
  )
}
