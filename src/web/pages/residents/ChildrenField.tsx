import { PlusIcon, TrashIcon } from '@navikt/aksel-icons'
import { BodyShort, Button, Fieldset, HStack, Select, VStack } from '@navikt/ds-react'
import { useEffect, useRef, useState } from 'react'
import type { Child } from '../../api/types.ts'
import type { FieldProps } from '../../form/fields.ts'
import { useToday } from '../../ui/useToday.ts'

type Arrangement = Child['arrangement']

/** How many years back the list of years goes. */
const OLDEST = 25

const arrangements = {
  living: 'bor fast',
  visiting: 'er på besøk',
} as const satisfies Record<Arrangement, string>

type Props = {
  items: Child[]
  onChange(children: Child[]): void
  field(pointer: string): FieldProps
}

/** The children of a household. A child is added whole, so that no half-filled one is ever saved. */
export function ChildrenField({ items, onChange, field }: Props) {
  const [adding, setAdding] = useState<Arrangement | null>(null)
  const fieldset = useRef<HTMLFieldSetElement>(null)
  const { id, error } = field('/household/children')

  function add(birthYear: number | null) {
    if (adding === null || birthYear === null) return
    onChange([...items, { birthYear, arrangement: adding }])
    setAdding(null)
  }

  function remove(index: number) {
    onChange(items.filter((_, i) => i !== index))
    fieldset.current?.focus()
  }

  return (
    <Fieldset ref={fieldset} tabIndex={-1} id={id} legend="Barn" error={error}>
      <VStack gap="space-12" align="start">
        {items.length === 0 ? (
          <BodyShort>Ingen barn er lagt til.</BodyShort>
        ) : (
          <ul className="plain-list">
            {[...items.entries()].map(([position, child]) => (
              <li key={position}>
                <HStack gap="space-16" align="center">
                  <BodyShort>
                    Født {child.birthYear}, {arrangements[child.arrangement]}
                  </BodyShort>
                  <Button
                    type="button"
                    size="small"
                    variant="tertiary"
                    icon={<TrashIcon aria-hidden />}
                    onClick={() => remove(position)}
                  >
                    Fjern<span className="aksel-sr-only"> barnet født {child.birthYear}</span>
                  </Button>
                </HStack>
              </li>
            ))}
          </ul>
        )}
        {adding !== null && (
          <NewChild key={adding} arrangement={adding} onDone={add} onLeave={() => fieldset.current?.focus()} />
        )}
        <HStack gap="space-12">
          <Button
            type="button"
            size="small"
            variant="secondary"
            icon={<PlusIcon aria-hidden />}
            onClick={() => setAdding('living')}
          >
            Legg til barn som bor fast
          </Button>
          <Button
            type="button"
            size="small"
            variant="secondary"
            icon={<PlusIcon aria-hidden />}
            onClick={() => setAdding('visiting')}
          >
            Legg til barn på besøk
          </Button>
        </HStack>
      </VStack>
    </Fieldset>
  )
}

type NewChildProps = { arrangement: Arrangement; onDone(birthYear: number | null): void; onLeave(): void }

function NewChild({ arrangement, onDone, onLeave }: NewChildProps) {
  const thisYear = Number(useToday().slice(0, 4))
  const [year, setYear] = useState<number | null>(null)
  const select = useRef<HTMLSelectElement>(null)
  useEffect(() => select.current?.focus(), [])

  return (
    <HStack
      gap="space-12"
      align="end"
      // Who chooses a year and goes on means it: the child must not be lost for want of a click.
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onDone(year)
      }}
    >
      <Select
        ref={select}
        label={`Fødselsår for barnet som ${arrangements[arrangement]}`}
        value={year ?? ''}
        onChange={(event) => setYear(Number(event.target.value))}
      >
        <option value="" disabled>
          Velg år
        </option>
        {Array.from({ length: OLDEST }, (_, i) => thisYear - i).map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </Select>
      <Button
        type="button"
        size="small"
        disabled={year === null}
        onClick={() => {
          onDone(year)
          onLeave()
        }}
      >
        Legg til barnet
      </Button>
    </HStack>
  )
}
