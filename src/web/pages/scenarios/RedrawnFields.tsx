import { BodyShort, Button, HStack, Select, TextField } from '@navikt/ds-react'
import type { FieldProps } from '../../form/fields.ts'
import { NumberField } from '../../form/NumberField.tsx'
import { useReference } from '../../ui/names.ts'
import type { ChangeDraft } from './scenarioDraft.ts'

interface Props {
  change: ChangeDraft
  field(pointer: string): FieldProps
  onChange(more: Partial<ChangeDraft>): void
}

const replaced = <T,>(items: readonly T[], at: number, more: Partial<T>): T[] =>
  items.map((item, index) => (index === at ? { ...item, ...more } : item))
const without = <T,>(items: readonly T[], at: number): T[] => items.filter((_, index) => index !== at)

/** The new districts, and how much of each old one that is divided becomes which. */
export function RedrawnFields({ change: { districts, shares }, field, onChange }: Props) {
  const { districts: known } = useReference()
  return (
    <div className="stack full">
      <BodyShort>
        Skriv de nye bydelene, og hvor stor del av hver gammel bydel som går til hver av dem. En bydel som ikke nevnes,
        blir som den er. Delene av en gammel bydel må til sammen bli 100 prosent.
      </BodyShort>
      {districts.map(({ code, name }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name than their place
        <HStack key={at} gap="space-16" align="end">
          <TextField
            {...field(`/districts/${at}/name`)}
            size="small"
            label={`Ny bydel ${at + 1}, navn`}
            value={name}
            onChange={({ target }) => onChange({ districts: replaced(districts, at, { name: target.value }) })}
          />
          <TextField
            {...field(`/districts/${at}/code`)}
            size="small"
            label={`Ny bydel ${at + 1}, nummer`}
            description="0301 og to tall til"
            htmlSize={8}
            value={code}
            onChange={({ target }) => onChange({ districts: replaced(districts, at, { code: target.value.trim() }) })}
          />
          {districts.length > 1 && (
            <Button
              type="button"
              size="small"
              variant="tertiary"
              aria-label={`Ta bort ny bydel ${at + 1}`}
              onClick={() => onChange({ districts: without(districts, at) })}
            >
              Ta bort
            </Button>
          )}
        </HStack>
      ))}
      <Button
        type="button"
        size="small"
        variant="secondary"
        onClick={() => onChange({ districts: [...districts, { code: '', name: '' }] })}
      >
        Legg til en ny bydel
      </Button>
      {shares.map(({ from, to, percent }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name than their place
        <HStack key={at} gap="space-16" align="end">
          <Select
            {...field(`/shares/${at}/from`)}
            size="small"
            label={`Del ${at + 1}, av`}
            value={from}
            onChange={({ target }) => onChange({ shares: replaced(shares, at, { from: target.value }) })}
          >
            <option value="">Velg bydel</option>
            {known.map((old) => (
              <option key={old.code} value={old.code}>
                {old.name}
              </option>
            ))}
          </Select>
          <Select
            {...field(`/shares/${at}/to`)}
            size="small"
            label={`Del ${at + 1}, til`}
            value={to}
            onChange={({ target }) => onChange({ shares: replaced(shares, at, { to: target.value }) })}
          >
            <option value="">Velg ny bydel</option>
            {districts
              .filter(({ code }) => code !== '')
              .map(({ code, name }) => (
                <option key={code} value={code}>
                  {name === '' ? code : name}
                </option>
              ))}
          </Select>
          <NumberField
            {...field(`/shares/${at}/share`)}
            size="small"
            label={`Del ${at + 1}, prosent`}
            value={percent}
            onChange={(part) => onChange({ shares: replaced(shares, at, { percent: part }) })}
          />
          {shares.length > 1 && (
            <Button
              type="button"
              size="small"
              variant="tertiary"
              aria-label={`Ta bort del ${at + 1}`}
              onClick={() => onChange({ shares: without(shares, at) })}
            >
              Ta bort
            </Button>
          )}
        </HStack>
      ))}
      <Button
        type="button"
        size="small"
        variant="secondary"
        onClick={() => onChange({ shares: [...shares, { from: '', to: '', percent: null }] })}
      >
        Legg til en del
      </Button>
    </div>
  )
}
