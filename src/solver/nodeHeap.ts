import { compareAt } from './vector.ts'

/** A heap of nodes by their distance, compared tier by tier and then by number, so that ties are always broken alike. */
export function nodeHeap(way: Float64Array, tiers: number, size: number) {
  const nodes = new Int32Array(size)
  const at = new Int32Array(size).fill(-1)
  let count = 0

  function precedes(a: number, b: number): boolean {
    const difference = compareAt(way, a, b, tiers)
    return difference === 0 ? a < b : difference < 0
  }
  function put(node: number, i: number): void {
    nodes[i] = node
    at[node] = i
  }
  function rise(node: number, from: number): void {
    let i = from
    while (i > 0) {
      const parent = nodes[(i - 1) >> 1] as number
      if (!precedes(node, parent)) break
      put(parent, i)
      i = (i - 1) >> 1
    }
    put(node, i)
  }
  return {
    /** Adds the node, or moves it up after its distance became less. */
    lower(node: number): void {
      rise(node, at[node] === -1 ? count++ : (at[node] as number))
    },
    /** The nearest node, or -1. A node that was taken is not added again. */
    pop(): number {
      if (count === 0) return -1
      const first = nodes[0] as number
      const last = nodes[--count] as number
      if (count === 0) return first
      let i = 0
      for (;;) {
        let child = 2 * i + 1
        if (child >= count) break
        if (child + 1 < count && precedes(nodes[child + 1] as number, nodes[child] as number)) child++
        if (!precedes(nodes[child] as number, last)) break
        put(nodes[child] as number, i)
        i = child
      }
      put(last, i)
      return first
    },
  }
}
