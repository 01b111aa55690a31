import { defaultRangeExtractor, type Range, useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { usePrinting } from './usePrinting.ts'

/** A row to draw, and the empty height above it where rows are left out. */
export type WindowRow = { index: number; above: number }

type Rows<E extends HTMLElement> = {
  rows: WindowRow[]
  /** The empty height below the last one. */
  below: number
  /** For the element that the rows stand in. */
  container: RefObject<E | null>
  /** For each row, which also carries its `data-index`. */
  measure: (row: Element | null) => void
  /** For the container: the row that has focus stays drawn, however far one scrolls from it. */
  onFocus(event: { target: Element }): void
}

/**
 * Draws of a long list what is in sight, and all of it on paper. The page itself scrolls, so that this holds at any zoom.
 * @param keyOf stays with its row when others come and go
 */
export function useWindowRows<E extends HTMLElement>(
  count: number,
  height: number,
  keyOf: (index: number) => string,
): Rows<E> {
  const printing = usePrinting()
  const container = useRef<E>(null)
  const [top, setTop] = useState(0)
  const [focused, setFocused] = useState<number | null>(null)

  // What stands above may grow or shrink at any time.
  useLayoutEffect(() => {
    const element = container.current
    if (element !== null) setTop(Math.round(element.getBoundingClientRect().top + window.scrollY))
  })

  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => height,
    overscan: 10,
    scrollMargin: top,
    getItemKey: keyOf,
    rangeExtractor: useCallback(
      (range: Range) => {
        const drawn = defaultRangeExtractor(range)
        if (focused === null) return drawn
        // with those beside it, so that the tab key goes on from there and not to where one has scrolled
        const beside = [focused - 1, focused, focused + 1].filter((index) => index >= 0 && index < range.count)
        return [...new Set([...drawn, ...beside])].sort((a, b) => a - b)
      },
      [focused],
    ),
  })

  return {
    ...(printing
      ? { rows: everyRow(count), below: 0 }
      : spaced(virtualizer.getVirtualItems(), virtualizer.getTotalSize(), top)),
    container,
    measure: virtualizer.measureElement,
    onFocus({ target }) {
      const index = target.closest('[data-index]')?.getAttribute('data-index')
      setFocused(index == null ? null : Number(index))
    },
  }
}

function everyRow(count: number): WindowRow[] {
  return Array.from({ length: count }, (_, index) => ({ index, above: 0 }))
}

function spaced(items: readonly VirtualItem[], total: number, top: number) {
  let end = top
  const rows = items.map((item) => {
    const above = Math.max(0, item.start - end)
    end = item.end
    return { index: item.index, above }
  })
  return { rows, below: Math.max(0, total + top - end) }
}
