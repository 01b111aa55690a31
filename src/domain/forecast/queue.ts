import { longer } from './columns.ts'
import type { Turn } from './givingOrder.ts'
import { NONE } from './input.ts'
import { CLASSES } from './rates.ts'

/**
 * Those who wait, by what they ask for and by rank: the how many-th their urgency class comes under the policy. A need is a
 * number; it waits from `add` to `remove`.
 */
export interface Queue {
  clear(): void
  add(need: number, home: number, first: number, second: number, rank: number): void
  remove(need: number): void
  /** Waits on in this rank if it comes before her own, among those of it by when they joined. */
  hurry(need: number, rank: number): void
  waits(need: number): boolean
  /** How many wait for a form, first or next, of the districts named. */
  waiting(form: number, serves: readonly number[]): number
  /**
   * Passes `skip` of those who wait for the form and are served, and takes the next; NONE when there are not so many. Within a
   * rank turn by turn, within a turn the first to have joined first.
   */
  after(form: number, turns: readonly Turn[], skip: number, isServed?: (need: number) => boolean): number
}

const BY_PREFERENCE = 2

/**
 * Lists by what is asked for, rank and district, and the same over the city: whoever joins is last of its list, so a list is
 * in order by itself. A turn goes through the lists of its districts and preferences side by side, the first to have joined first.
 * Who leaves is passed over, and unlinked by the next who goes through. Adding and removing take constant time; finding takes
 * as long as those it passes.
 */
export function queueOf(districts: number, forms: number): Queue {
  const perForm = BY_PREFERENCE * CLASSES
  const lists = (districts + 1) * forms * perForm
  const head = new Int32Array(lists).fill(NONE)
  const tail = new Int32Array(lists).fill(NONE)
  // four links a need: first and next form, in the district and in the city
  let next = new Int32Array(0)
  let home = new Uint8Array(0)
  let first = new Uint8Array(0)
  let second = new Int32Array(0)
  let isWaiting = new Uint8Array(0)
  let rankOf = new Uint8Array(0)
  /** The how many-th to join, and how many have. */
  let order = new Int32Array(0)
  let joined = 0
  const waitingFor = new Int32Array(districts * forms)

  const listOf = (owner: number, form: number, preference: number, rank: number) =>
    ((owner * forms + form) * BY_PREFERENCE + preference) * CLASSES + rank

  function link(list: number, node: number): void {
    next[node] = NONE
    if (head[list] === NONE) head[list] = node
    else next[tail[list]!] = node
    tail[list] = node
  }

  /** The first who waits behind a node of a list, or behind its head; who has left is unlinked on the way. */
  function follower(list: number, before: number): number {
    let node = before === NONE ? head[list]! : next[before]!
    while (node !== NONE && isWaiting[node >> 2] === 0) {
      node = next[node]!
      if (before === NONE) head[list] = node
      else next[before] = node
      if (node === NONE) tail[list] = before
    }
    return node
  }

  function unlink(list: number, node: number): void {
    let before: number = NONE
    for (let at = head[list]!; at !== node; at = next[at]!) before = at
    const after = next[node]!
    if (before === NONE) head[list] = after
    else next[before] = after
    if (after === NONE) tail[list] = before
  }

  function linkInOrder(list: number, node: number): void {
    let before: number = NONE
    let after = follower(list, before)
    while (after !== NONE && order[after >> 2]! < order[node >> 2]!) {
      before = after
      after = follower(list, before)
    }
    next[node] = after
    if (before === NONE) head[list] = node
    else next[before] = node
    if (after === NONE) tail[list] = node
  }

  /** Whom the city's own lists hold is everybody; an area that serves some districts goes through theirs. */
  const ownersOf = (serves: readonly number[]) => (serves.length === districts ? CITY : serves)
  const CITY: readonly number[] = [districts]
  /** By list of a turn: which it is, who was passed last in it, and who is next. */
  const listed = new Int32Array(BY_PREFERENCE * (districts + 1))
  const passed = new Int32Array(listed.length)
  const upcoming = new Int32Array(listed.length)

  return {
    clear() {
      head.fill(NONE)
      tail.fill(NONE)
      waitingFor.fill(0)
      isWaiting.fill(0)
      joined = 0
    },
    add(need, from, asksFirst, asksNext, rank) {
      if (need >= home.length) {
        home = longer(home, need + 1)
        first = longer(first, home.length)
        second = longer(second, home.length)
        isWaiting = longer(isWaiting, home.length)
        rankOf = longer(rankOf, home.length)
        order = longer(order, home.length)
        next = longer(next, 4 * home.length)
      }
      home[need] = from
      first[need] = asksFirst
      second[need] = asksNext
      isWaiting[need] = 1
      rankOf[need] = rank
      order[need] = joined
      joined += 1
      waitingFor[from * forms + asksFirst]! += 1
      link(listOf(from, asksFirst, 0, rank), 4 * need)
      link(listOf(districts, asksFirst, 0, rank), 4 * need + 1)
      if (asksNext === NONE) return
      waitingFor[from * forms + asksNext]! += 1
      link(listOf(from, asksNext, 1, rank), 4 * need + 2)
      link(listOf(districts, asksNext, 1, rank), 4 * need + 3)
    },
    remove(need) {
      isWaiting[need] = 0
      waitingFor[home[need]! * forms + first[need]!]! -= 1
      if (second[need] !== NONE) waitingFor[home[need]! * forms + second[need]!]! -= 1
    },
    hurry(need, rank) {
      const before = rankOf[need]!
      if (rank >= before) return
      rankOf[need] = rank
      for (const [preference, form] of [first[need]!, second[need]!].entries()) {
        if (form === NONE) continue
        for (const [link, owner] of [home[need]!, districts].entries()) {
          const node = 4 * need + 2 * preference + link
          unlink(listOf(owner, form, preference, before), node)
          linkInOrder(listOf(owner, form, preference, rank), node)
        }
      }
    },
    waits: (need) => isWaiting[need] === 1,
    waiting(form, serves) {
      let sum = 0
      for (const district of serves) sum += waitingFor[district * forms + form]!
      return sum
    },
    after(form, turns, skip, isServed) {
      let left = skip
      for (let rank = 0; rank < CLASSES; rank += 1) {
        for (const { preferences, districts: some } of turns) {
          let lists = 0
          for (const owner of ownersOf(some)) {
            for (const preference of preferences) {
              const list = listOf(owner, form, preference, rank)
              const node = follower(list, NONE)
              if (node === NONE) continue
              listed[lists] = list
              passed[lists] = NONE
              upcoming[lists] = node
              lists += 1
            }
          }
          for (;;) {
            let turn: number = NONE
            for (let at = 0; at < lists; at += 1) {
              const node = upcoming[at]!
              if (node !== NONE && (turn === NONE || order[node >> 2]! < order[upcoming[turn]! >> 2]!)) turn = at
            }
            if (turn === NONE) break
            const node = upcoming[turn]!
            if (isServed === undefined || isServed(node >> 2)) {
              if (left === 0) return node >> 2
              left -= 1
            }
            passed[turn] = node
            upcoming[turn] = follower(listed[turn]!, node)
          }
        }
      }
      return NONE
    },
  }
}
