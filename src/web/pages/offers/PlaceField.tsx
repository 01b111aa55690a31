import { Select } from '@navikt/ds-react'
import type { Place } from '../../api/types.ts'
import type { FieldProps } from '../../form/fields.ts'

type Props = FieldProps & {
  label: string
  description?: string
  places: readonly Pick<Place, 'id' | 'label'>[]
  value: string
  onChange(placeId: string): void
}

/** One of a house's places, by what the house calls it. */
export function PlaceField({ places, value, onChange, ...field }: Props) {
  return (
    <Select {...field} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">Velg</option>
      {places.map(({ id, label }) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </Select>
  )
}
