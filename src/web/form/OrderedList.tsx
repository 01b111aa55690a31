import { ArrowDownIcon, ArrowUpIcon, XMarkIcon } from '@navikt/aksel-icons'
import { BodyShort, Button, HStack } from '@navikt/ds-react'
import { useEffect, useRef, useState } from 'react'
import { moved } from './order.ts'

type Props<T extends string> = {
  label: string
  items: T[]
  nameOf(item: T): string
  onChange(items: T[]): void
  /** All of them stay: nothing can be taken out. */
  complete?: boolean
}

type Direction = 'up' | 'down'
type Move = { item: string; direction: Direction | null; said: string }

/** A list in order of preference. Buttons move an entry, since dragging asks for a steady hand and a mouse. */
export function OrderedList<T extends string>({ label, items, nameOf, onChange, complete = false }: Props<T>) {
  const whole = useRef<HTMLDivElement>(null)
  const [move, setMove] = useState<Move | null>(null)

  // The button that was pressed moves with its entry; at the end of the list it is gone, and the other one takes over.
  useEffect(() => {
    if (move === null) return
    const buttons = [...(whole.current?.querySelectorAll<HTMLElement>(`[data-item="${move.item}"] button`) ?? [])]
    const target = buttons.find(({ dataset }) => dataset.direction === move.direction) ?? buttons[0] ?? whole.current
    target?.focus()
  }, [move])

  function shift(item: T, from: number, direction: Direction) {
    const step = direction === 'up' ? -1 : 1
    onChange(moved(items, from, step))
    setMove({ item, direction, said: `${nameOf(item)} er nå nummer ${from + step + 1} av ${items.length}.` })
  }

  function remove(item: T) {
    const rest = items.filter((other) => other !== item)
    onChange(rest)
    setMove({ item: rest[0] ?? '', direction: null, said: `${nameOf(item)} er fjernet.` })
  }

  return (
    <div ref={whole} tabIndex={-1} className="ordered">
      <BodyShort weight="semibold" spacing>
        {label}
      </BodyShort>
      <ol className="ordered__items">
        {items.map((item, i) => (
          <li key={item} data-item={item} className="ordered__item">
            <BodyShort>
              {i + 1}. {nameOf(item)}
            </BodyShort>
            <HStack gap="space-4">
              {i > 0 && (
                <Button
                  type="button"
                  size="small"
                  variant="tertiary"
                  icon={<ArrowUpIcon title={`Flytt ${nameOf(item)} opp`} />}
                  data-direction="up"
                  onClick={() => shift(item, i, 'up')}
                />
              )}
              {i < items.length - 1 && (
                <Button
                  type="button"
                  size="small"
                  variant="tertiary"
                  icon={<ArrowDownIcon title={`Flytt ${nameOf(item)} ned`} />}
                  data-direction="down"
                  onClick={() => shift(item, i, 'down')}
                />
              )}
              {!complete && (
                <Button
                  type="button"
                  size="small"
                  variant="tertiary"
                  icon={<XMarkIcon title={`Fjern ${nameOf(item)}`} />}
                  onClick={() => remove(item)}
                />
              )}
            </HStack>
          </li>
        ))}
      </ol>
      <div role="status" className="aksel-sr-only">
        {move?.said ?? ''}
      </div>
    </div>
  )
}
