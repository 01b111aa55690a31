import type { PublicTable } from '../../api/publicTables.ts'

/** A public table as rows of districts and columns of steps. */
export interface Grid {
  steps: { step: number; name: string }[]
  rows: { district: string; name: string; counts: number[]; sum: number }[]
  sums: number[]
  total: number
}

/** People as they are published, rounded each; or places of all forms of a step. Sums are of what stands in the rows. */
export function gridOf({ items }: Pick<PublicTable, 'items'>): Grid {
  const steps = [...new Map(items.map(({ step, stepName }) => [step, { step, name: stepName }])).values()].sort(
    (a, b) => a.step - b.step,
  )
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
  const rows = [...Map.groupBy(items, ({ district }) => district)].map(([district, cells]) => {
    const counts = steps.map(({ step }) =>
      sum(cells.flatMap((cell) => (cell.step === step ? [cell.people ?? cell.places ?? 0] : []))),
    )
    return { district, name: cells[0]?.districtName ?? district, counts, sum: sum(counts) }
  })
  const sums = steps.map((_, at) => sum(rows.map(({ counts }) => counts[at] ?? 0)))
  return { steps, rows, sums, total: sum(sums) }
}
