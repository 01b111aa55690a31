import { BodyShort, Button, HStack, Select, TextField } from '@navikt/ds-react'
import type { ReactNode } from 'react'
import type { FieldProps } from '../../form/fields.ts'
import { NumberField } from '../../form/NumberField.tsx'
import { useReference } from '../../ui/names.ts'
import type { ChangeDraft, Row } from './scenarioDraft.ts'

interface Props {
  change: ChangeDraft
  field(pointer: string): FieldProps
  onChange(more: Partial<ChangeDraft>): void
}

interface RowsProps<T extends Row> {
  items: readonly T[]
  blank: Omit<T, 'key'>
  /** What a row is called where it is taken away, in front of its number, and what adds one. */
  called: string
  add: string
  onChange(items: T[]): void
  /** The fields of one row; `change` sets some of its values. */
  children(item: T, at: number, change: (more: Partial<T>) => void): ReactNode
}

/** Rows that are written, added and taken away, of which there is always one. */
function Rows<T extends Row>({ items, blank, called, add, onChange, children }: RowsProps<T>) {
  const nextKey = Math.max(...items.map(({ key }) => key)) + 1
  return (
    <>
      {items.map((item, at) => (
        <HStack key={item.key} gap="space-16" align="end">
          {children(item, at, (more) => onChange(replaced(items, at, more)))}
          {items.length > 1 && (
            <Button
              type="button"
              size="small"
              variant="tertiary"
              aria-label={`Ta bort ${called} ${at + 1}`}
              onClick={() => onChange(without(items, at))}
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
        onClick={() => onChange([...items, { ...blank, key: nextKey } as T])}
      >
        {add}
      </Button>
    </>
  )
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
      <Rows
        items={districts}
        blank={{ code: '', name: '' }}
        called="ny bydel"
        add="Legg til en ny bydel"
        onChange={(rows) => onChange({ districts: rows })}
      >
        {({ code, name }, at, change) => (
          <>
            <TextField
              {...field(`/districts/${at}/name`)}
              size="small"
              label={`Ny bydel ${at + 1}, navn`}
              value={name}
              onChange={({ target }) => change({ name: target.value })}
            />
            <TextField
              {...field(`/districts/${at}/code`)}
              size="small"
              label={`Ny bydel ${at + 1}, nummer`}
              description="0301 og to tall til"
              htmlSize={8}
              value={code}
              onChange={({ target }) => change({ code: target.value.trim() })}
            />
          </>
        )}
      </Rows>
      <Rows
        items={shares}
        blank={{ from: '', to: '', percent: null }}
        called="del"
        add="Legg til en del"
        onChange={(rows) => onChange({ shares: rows })}
      >
        {({ from, to, percent }, at, change) => (
          <>
            <Select
              {...field(`/shares/${at}/from`)}
              size="small"
              label={`Del ${at + 1}, av`}
              value={from}
              onChange={({ target }) => change({ from: target.value })}
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
              onChange={({ target }) => change({ to: target.value })}
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
              onChange={(part) => change({ percent: part })}
            />
          </>
        )}
      </Rows>
    </div>
  )
}
