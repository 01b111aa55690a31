import { Checkbox, Textarea } from '@navikt/ds-react'

type Props = {
  items: { id: string; title: string }[]
  /** By id; absent: it is not set aside. */
  reasons: Record<string, string>
  onChange(reasons: Record<string, string>): void
}

/** What stands in the way and may be set aside, each with its reason, which is kept on the offer. */
export function SetAside({ items, reasons, onChange }: Props) {
  if (items.length === 0) return null

  function toggle(id: string) {
    const { [id]: reason, ...others } = reasons
    onChange(reason === undefined ? { ...others, [id]: '' } : others)
  }

  return (
    <fieldset className="set-aside">
      <legend>Dette står i veien, men kan settes til side med en grunn</legend>
      {items.map(({ id, title }) => {
        const reason = reasons[id]
        return (
          <div key={id}>
            <Checkbox checked={reason !== undefined} onChange={() => toggle(id)}>
              {title}
            </Checkbox>
            {reason !== undefined && (
              <Textarea
                className="full readable"
                label="Hvorfor settes dette til side?"
                maxLength={1000}
                value={reason}
                onChange={(event) => onChange({ ...reasons, [id]: event.target.value })}
              />
            )}
          </div>
        )
      })}
    </fieldset>
  )
}
