import { focusManager, type QueryClient } from '@tanstack/react-query'

/** The first part of the keys of what each topic is shown by. What is not listed here changes with its own page only. */
const SHOWN_BY: Record<string, readonly string[]> = {
  // an offer without a reservation is lost when another's hold stands on the place
  places: [
    'holds',
    'offers',
    'offer',
    'places',
    'place-counts',
    'facility',
    'facilities',
    'matches',
    'referral-places',
    'preview',
    'waiting-list',
    'workday',
    'occupancy',
    'capacity',
    'city',
    'flags',
    'closings',
    'quotas',
    'data-gaps',
  ],
  people: ['break-glass', 'circles', 'resident', 'need', 'needs', 'papers', 'workday', 'data-gaps'],
  needs: [
    'costs',
    'need',
    'needs',
    'matches',
    'waiting-list',
    'workday',
    'capacity',
    'city',
    'flags',
    'papers',
    'data-gaps',
  ],
  offers: [
    'holds',
    'offers',
    'offer',
    'referrals',
    'need',
    'needs',
    'waiting-list',
    'workday',
    'capacity',
    'city',
    'papers',
  ],
  referrals: ['referrals', 'referral', 'referral-places', 'need', 'workday', 'papers'],
  stays: [
    'return-plans',
    'closings',
    'costs',
    'stays',
    'stay',
    'facility',
    'occupancy',
    'workday',
    'capacity',
    'city',
    'flags',
    'data-gaps',
  ],
  tasks: ['workday'],
  security: ['security-events', 'audit-seals'],
  papers: ['papers', 'need', 'workday'],
  chains: ['chains', 'chain'],
  returns: ['return-plans', 'return-plan', 'closings'],
  // the numbers of one that is completed never change, and are kept
  forecasts: ['forecasts', 'forecast', 'scenarios', 'scenario', 'comparisons', 'comparison'],
}

/** The keys to ask again when `topics` have changed. */
export function shownBy(topics: readonly string[]): Set<string> {
  return new Set(topics.flatMap((topic) => SHOWN_BY[topic] ?? []))
}

/** After so long without a key or a click nobody is at the page, and it stops asking: a session that nobody uses ends. */
const UNATTENDED_MS = 15 * 60_000
/** A stream that was refused is tried again after so long, if somebody is still signed in; as often it is looked whether anybody is here. */
const AGAIN_MS = 30_000
/** Stands for all keys. */
const EVERYTHING = '*'
const SIGNS_OF_LIFE = ['keydown', 'pointerdown', 'wheel', 'touchstart'] as const

/**
 * Keeps what has changed for as long as nobody is at the page, and tells of it all at once when somebody is again.
 * @param now milliseconds, of any clock that goes on
 * @param catchUp asks again for what the keys name
 */
export function attended(now: () => number, catchUp: (keys: ReadonlySet<string>) => void) {
  let seen = now()
  const missed = new Set<string>()
  const isAway = () => now() - seen >= UNATTENDED_MS
  const tellAll = () => {
    const keys = new Set(missed)
    missed.clear()
    catchUp(keys)
  }
  return {
    tell(keys: Iterable<string>) {
      for (const key of keys) missed.add(key)
      if (!isAway()) tellAll()
    },
    isAway,
    isHere() {
      seen = now()
      if (missed.size > 0) tellAll()
    },
  }
}

/**
 * Follows what changes while a page is open, and asks again for what the page shows of it. What is on the screen stays until
 * the answer is there, and rows keep their place by their key, so nothing is pulled from under whoever is on it. The
 * browser connects again by itself; when it is refused, the session may be over, and that is asked for.
 * @returns ends it
 */
export function followChanges(client: QueryClient): () => void {
  const { tell, isAway, isHere } = attended(Date.now, (keys) => {
    const all = keys.has(EVERYTHING)
    void client.invalidateQueries({
      predicate: ({ queryKey: [first] }) => (all ? first !== 'session' : keys.has(String(first))),
    })
  })
  let again: ReturnType<typeof setTimeout> | undefined
  let source = follow()

  function follow(): EventSource {
    const opened = new EventSource('/api/v1/events')
    opened.addEventListener('changed', ({ data }: MessageEvent<string>) => tell(shownBy(JSON.parse(data) as string[])))
    opened.addEventListener('reset', () => tell([EVERYTHING]))
    opened.addEventListener('error', () => {
      if (opened.readyState !== EventSource.CLOSED) return
      void client.invalidateQueries({ queryKey: ['session'] })
      again = setTimeout(() => {
        source = follow()
      }, AGAIN_MS)
    })
    return opened
  }

  // what is asked for every so often rests as if the page were out of sight, and goes on when somebody is back
  const resting = setInterval(() => {
    if (isAway()) focusManager.setFocused(false)
  }, AGAIN_MS)
  const onSign = () => {
    isHere()
    focusManager.setFocused(undefined)
  }
  for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, onSign, { passive: true })
  return () => {
    clearTimeout(again)
    clearInterval(resting)
    source.close()
    focusManager.setFocused(undefined)
    for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, onSign)
  }
}
