import type { Problem } from '../../src/solver/instance.ts'

/**
 * The greatest total gain by the textbook dense Hungarian method, O(rows^2 * (rows + columns)): a second opinion that
 * shares nothing with the solver. Each row has a column of its own for being left out, forbidden to forced rows. Columns
 * cannot be forced here.
 */
export function denseGain(problem: Problem): number {
  const { rows, columns, rowStart, col, gain, forcedRow } = problem
  const forbidden = 1e9
  const width = columns + rows
  const cost = Array.from({ length: rows }, (_, r) => {
    const line = new Float64Array(width).fill(forbidden)
    for (let k = rowStart[r]!; k < rowStart[r + 1]!; k++) line[col[k]!] = -gain[k]!
    if (forcedRow[r] === 0) line[columns + r] = 0
    return line
  })
  const u = new Float64Array(rows + 1)
  const v = new Float64Array(width + 1)
  const rowOf = new Int32Array(width + 1)
  const from = new Int32Array(width + 1)
  for (let r = 1; r <= rows; r++) {
    rowOf[0] = r
    let j = 0
    const least = new Float64Array(width + 1).fill(Infinity)
    const used = new Uint8Array(width + 1)
    do {
      used[j] = 1
      const i = rowOf[j]!
      let delta = Infinity
      let next = 0
      for (let c = 1; c <= width; c++) {
        if (used[c] === 1) continue
        const slack = cost[i - 1]![c - 1]! - u[i]! - v[c]!
        if (slack < least[c]!) {
          least[c] = slack
          from[c] = j
        }
        if (least[c]! < delta) {
          delta = least[c]!
          next = c
        }
      }
      for (let c = 0; c <= width; c++) {
        if (used[c] === 1) {
          u[rowOf[c]!] = u[rowOf[c]!]! + delta
          v[c] = v[c]! - delta
        } else least[c] = least[c]! - delta
      }
      j = next
    } while (rowOf[j] !== 0)
    while (j !== 0) {
      rowOf[j] = rowOf[from[j]!]!
      j = from[j]!
    }
  }
  let total = 0
  for (let c = 1; c <= width; c++) if (rowOf[c] !== 0) total -= cost[rowOf[c]! - 1]![c - 1]!
  return total
}
