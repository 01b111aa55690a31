import type { Cell } from './plan.ts'
import { type Chance, chanceOf } from './random.ts'

const KINDS_OF_CELLS = ['stays', 'gaps', 'fits', 'homes', 'parts'] as const

/** The first stream of each kind: of a form, of a group (form × district), or of a cell, whose streams follow each other. */
export type Streams = Record<
  'rates' | 'trends' | 'counts' | 'persons' | 'patience' | 'losses' | 'belongs' | (typeof KINDS_OF_CELLS)[number],
  number
>

/**
 * Streams of chance by kind, so that what happens in one cell or to one form of a district moves nothing anywhere else. A cell's are named
 * by the cell and not by how many there are, so that a scenario that opens one leaves the others' as they were.
 */
export function streamsOf(
  cells: readonly Cell[],
  forms: number,
  districts: number,
): { streams: Streams; chance: Chance } {
  const groups = forms * districts
  const sizes = {
    rates: 1,
    trends: forms,
    counts: groups,
    persons: groups,
    patience: groups,
    losses: groups,
    belongs: groups,
  }
  let fixed = 0
  const streams: Partial<Streams> = {}
  for (const [kind, size] of Object.entries(sizes) as [keyof typeof sizes, number][]) {
    streams[kind] = fixed
    fixed += size
  }
  for (const [at, kind] of KINDS_OF_CELLS.entries()) streams[kind] = fixed + at * cells.length
  const nameOf = (stream: number) => {
    if (stream < fixed) return stream
    const cell = (stream - fixed) % cells.length
    const kind = Math.floor((stream - fixed) / cells.length)
    return fixed + cells[cell]!.chance * KINDS_OF_CELLS.length + kind
  }
  return { streams: streams as Streams, chance: chanceOf(fixed + KINDS_OF_CELLS.length * cells.length, nameOf) }
}
