import { Textarea } from '@navikt/ds-react'
import type { FieldProps } from '../../form/fields.ts'

type Props = FieldProps & { maxLength: number; value: string; onChange(note: string): void }

/** What more there is to say of something that is recorded; it may stand empty. */
export function NoteField({ value, onChange, ...field }: Props) {
  return (
    <Textarea
      {...field}
      className="full readable"
      label="Mer om det (kan stå tomt)"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
