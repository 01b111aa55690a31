import type { QueryClient } from '@tanstack/react-query'

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
  ],
  people: ['resident', 'need', 'needs', 'papers', 'workday'],
  needs: ['costs', 'need', 'needs', 'matches', 'waiting-list', 'workday', 'capacity', 'city', 'flags', 'papers'],
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
  ],
  tasks: ['workday'],
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

/**
 * Follows what changes while a page is open, and asks again for what the page shows of it. What is on the screen stays until
 * the answer is there, and rows keep their place by their key, so nothing is pulled from under whoever is on it. The
 * browser connects again by itself.
 * @returns ends it
 */
export function followChanges(client: QueryClient): () => void {
  const source = new EventSource('/api/v1/events')
  source.addEventListener('changed', ({ data }: MessageEvent<string>) => {
    const keys = shownBy(JSON.parse(data) as string[])
    void client.invalidateQueries({ predicate: ({ queryKey }) => keys.has(String(queryKey[0])) })
  })
  source.addEventListener('reset', () => {
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
  })
  return () => source.close()
}
