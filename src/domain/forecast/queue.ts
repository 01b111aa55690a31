import { longer } from './columns.ts'
import { NONE } from './input.ts'
import { CLASSES } from './rates.ts'

/** Those who wait, in the order of the simplified policy. A need is a number; it waits from `add` to `remove`. */
export interface Queue {
  clear(): void
  add(need: number, home: number, first: number, second: number, urgency: number): void
  remove(need: number): void
  /** Waits on in this class if it is more urgent than her own, among those of it by when they joined. */
  hurry(need: number, urgency: number): void
  waits(need: number): boolean
  /** How many wait for a form, first or next, of the districts named. */
  waiting(form: number, serves: readonly number[]): number
  /** Passes `skip` of those who wait for the form and are served, and takes the next; NONE when there are not so many. */
  after(form: number, serves: readonly number[], skip: number, isServed?: (need: number) => boolean): number
}

const BY_PREFERENCE = 2

/**
 * Lists by what is asked for, class and district, and the same over the city: whoever joins is last of its list, so a list is
 * in order by itself. Places of some districts go through the lists of these side by side, the first to have joined first.
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
  let classOf = new Uint8Array(0)
  /** The how many-th to join, and how many have. */
  let order = new Int32Array(0)
  let joined = 0
  const waitingFor = new Int32Array(districts * forms)

  const listOf = (owner: number, form: number, preference: number, urgency: number) =>
    ((owner * forms + form) * BY_PREFERENCE + preference) * CLASSES + urgency

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
  /** By owner: who was passed last in its list, and who is next. */
  const passed = new Int32Array(districts + 1)
  const upcoming = new Int32Array(districts + 1)

  return {
    clear() {
      head.fill(NONE)
      tail.fill(NONE)
      waitingFor.fill(0)
      isWaiting.fill(0)
      joined = 0
    },
    add(need, from, asksFirst, asksNext, urgency) {
      if (need >= home.length) {
        home = longer(home, need + 1)
        first = longer(first, home.length)
        second = longer(second, home.length)
        isWaiting = longer(isWaiting, home.length)
        classOf = longer(classOf, home.length)
        order = longer(order, home.length)
        next = longer(next, 4 * home.length)
      }
      home[need] = from
      first[need] = asksFirst
      second[need] = asksNext
      isWaiting[need] = 1
      classOf[need] = urgency
      order[need] = joined
      joined += 1
      waitingFor[from * forms + asksFirst]! += 1
      link(listOf(from, asksFirst, 0, urgency), 4 * need)
      link(listOf(districts, asksFirst, 0, urgency), 4 * need + 1)
      if (asksNext === NONE) return
      waitingFor[from * forms + asksNext]! += 1
      link(listOf(from, asksNext, 1, urgency), 4 * need + 2)
      link(listOf(districts, asksNext, 1, urgency), 4 * need + 3)
    },
    remove(need) {
      isWaiting[need] = 0
      waitingFor[home[need]! * forms + first[need]!]! -= 1
      if (second[need] !== NONE) waitingFor[home[need]! * forms + second[need]!]! -= 1
    },
    hurry(need, urgency) {
      const before = classOf[need]!
      if (urgency >= before) return
      classOf[need] = urgency
      for (const [preference, form] of [first[need]!, second[need]!].entries()) {
        if (form === NONE) continue
        for (const [link, owner] of [home[need]!, districts].entries()) {
          const node = 4 * need + 2 * preference + link
          unlink(listOf(owner, form, preference, before), node)
          linkInOrder(listOf(owner, form, preference, urgency), node)
        }
      }
    },
    waits: (need) => isWaiting[need] === 1,
    waiting(form, serves) {
      let sum = 0
      for (const district of serves) sum += waitingFor[district * forms + form]!
      return sum
    },
    after(form, serves, skip, isServed) {
      const owners = ownersOf(serves)
      let left = skip
      for (let urgency = 0; urgency < CLASSES; urgency += 1) {
        for (let preference = 0; preference < BY_PREFERENCE; preference += 1) {
          for (const owner of owners) {
            passed[owner] = NONE
            upcoming[owner] = follower(listOf(owner, form, preference, urgency), NONE)
          }
          for (;;) {
            let turn: number = NONE
            for (const owner of owners) {
              const node = upcoming[owner]!
              if (node !== NONE && (turn === NONE || order[node >> 2]! < order[upcoming[turn]! >> 2]!)) turn = owner
            }
            if (turn === NONE) break
            const node = upcoming[turn]!
            if (isServed === undefined || isServed(node >> 2)) {
              if (left === 0) return node >> 2
              left -= 1
            }
            passed[turn] = node
            upcoming[turn] = follower(listOf(turn, form, preference, urgency), node)
          }
        }
      }
      return NONE
    },
  }
}
