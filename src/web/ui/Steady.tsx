import { BodyShort, Button } from '@navikt/ds-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { writesSoFar } from '../api/client.ts'
import { heldRows, type SteadyRow, sameRows } from './steadyRows.ts'

type Props<T> = {
  items: readonly T[]
  idOf(item: T): string
  /** Which of several lists it stands in, where one list of items is shown as several. */
  groupOf?(item: T): string
  children(rows: SteadyRow<T>[]): ReactNode
}

/** What somebody is on: a heading that is led to is only where she reads from. */
const ON = 'a, button, input, select, textarea, summary'

/**
 * A list that follows what others do without pulling anything from under whoever is on it. While a row has focus it is brought
 * up to date in place; what would move, take away or put in rows is announced, and waits until she asks for it or leaves. What
 * she does herself is shown at once.
 */
export function Steady<T>({ items, idOf, groupOf, children }: Props<T>) {
  const box = useRef<HTMLDivElement>(null)
  const lastOn = useRef<HTMLElement | null>(null)
  const [inside, setInside] = useState(false)
  const now = items.map((item): SteadyRow<T> => ({ id: idOf(item), group: groupOf?.(item) ?? '', item }))
  const writes = writesSoFar()
  const [kept, setKept] = useState({ rows: now, writes })
  // a form that is closed takes the focus with it, and no event tells
  const holding = inside && kept.writes === writes && box.current?.contains(document.activeElement) === true
  const { rows, fresh } = holding ? heldRows(kept.rows, now) : { rows: now, fresh: false }
  if (kept.writes !== writes || !sameRows(rows, kept.rows)) setKept({ rows, writes })

  useEffect(() => {
    const list = box.current
    if (list === null) return undefined
    const entered = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || !target.matches(ON) || target.closest('.fresh') !== null) return
      lastOn.current = target
      setInside(true)
    }
    // the next one has focus a moment later; another window is no other place on this page
    const left = () =>
      requestAnimationFrame(() => {
        if (!list.contains(document.activeElement)) setInside(false)
      })
    list.addEventListener('focusin', entered)
    list.addEventListener('focusout', left)
    return () => {
      list.removeEventListener('focusin', entered)
      list.removeEventListener('focusout', left)
    }
  }, [])

  function show() {
    setKept({ rows: now, writes })
    if (lastOn.current?.isConnected) lastOn.current.focus()
    else box.current?.focus()
  }

  return (
    <div ref={box} className="stack full" tabIndex={-1}>
      {children(rows)}
      <div role="status">
        {fresh && (
          <div className="fresh">
            <BodyShort size="small">Ny informasjon</BodyShort>
            <Button type="button" size="xsmall" variant="secondary" onClick={show}>
              Vis den
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}
