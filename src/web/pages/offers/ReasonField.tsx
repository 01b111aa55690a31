import { Select } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { reasonCodesQuery } from '../../api/reference.ts'
import type { ReasonCode } from '../../api/types.ts'
import type { FieldProps } from '../../form/fields.ts'

type Props = FieldProps & {
  kind: ReasonCode['kind']
  label: string
  value: string
  onChange(reason: string): void
}

/** A reason out of those that people may choose, and what follows from it. */
export function ReasonField({ kind, label, value, onChange, ...field }: Props) {
  const { data } = useSuspenseQuery(reasonCodesQuery)
  const reasons = data.filter((reason) => reason.kind === kind && reason.offeredToPeople)
  const chosen = reasons.find(({ id }) => id === value)
  return (
    <Select
      {...field}
      label={label}
      description={chosen?.consequence.text ?? 'Årsaken har en følge, som vises her når du velger.'}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">Velg</option>
      {reasons.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  )
}
