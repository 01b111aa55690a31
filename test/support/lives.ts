import type pg from 'pg'
import type { Day } from '../../src/domain/day.ts'

/** What is stored of some households, as the owner of the database sees it. */
export interface Lived {
  stays: {
    id: string
    version: number
    householdId: string
    form: string
    placeId: string | null
    from: Day
    to: Day | null
    during: string
    occupied: string | null
    expectedUntil: Day | null
    departureReason: string | null
    events: string[]
  }[]
  offers: {
    id: string
    version: number
    needId: string
    householdId: string
    placeId: string
    open: boolean
    accepted: boolean
    movedIn: boolean
    /** Signed, or the form needs no lease. */
    ready: boolean
    /** Its hold, when that runs: `firm` until the move-in. */
    hold: 'firm' | 'runs' | null
    moveInOn: Day
  }[]
  needs: {
    id: string
    version: number
    householdId: string
    status: string
    endedReason: string | null
    open: boolean
  }[]
  /** Places of these households’ stays and offers, with how many live there on the day and how many holds run on it, firm ones or not. */
  places: { id: string; livesNow: number; present: number; firmHolds: number; holds: number }[]
}

/** Reads it in one snapshot. */
export async function livedIn(owner: pg.Pool, households: readonly string[], today: string): Promise<Lived> {
  const { rows } = await owner.query<{ lived: Lived }>(
    `select jsonb_build_object(
      'stays', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'version', s.version, 'householdId', s.household_id,
          'form', s.form, 'placeId', o.place_id, 'from', lower(s.during), 'to', upper(s.during), 'during', s.during::text,
          'occupied', o.during::text, 'expectedUntil', s.expected_until, 'departureReason', s.departure_reason,
          'events', (select coalesce(jsonb_agg(e.kind order by e.id), '[]') from stay_event e where e.stay_id = s.id))
          order by s.id), '[]')
        from stay s left join occupancy o on o.id = s.occupancy_id where s.household_id = any ($1)),
      'offers', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'version', f.version, 'needId', f.need_id,
          'householdId', n.household_id, 'placeId', f.place_id,
          'open', f.declined_at is null and f.withdrawn_at is null and f.expired_at is null and f.moved_in_at is null,
          'accepted', f.accepted_at is not null, 'movedIn', f.moved_in_at is not null,
          'ready', f.lease_signed_on is not null or f.form_given = 'vel_coping',
          'hold', case when h.id is null or h.ended_at is not null then null when h.expires_at is null then 'firm' else 'runs' end,
          'moveInOn', f.move_in_on) order by f.id), '[]')
        from offer f join need n on n.id = f.need_id left join hold h on h.id = f.hold_id where n.household_id = any ($1)),
      'needs', (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'version', n.version, 'householdId', n.household_id,
          'status', n.status, 'endedReason', n.ended_reason, 'open', n.status in ('draft', 'registered')) order by n.id), '[]')
        from need n where n.household_id = any ($1)),
      'places', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id,
          'livesNow', (select count(*) from occupancy o where o.place_id = p.id and o.during @> $2::date),
          'present', (select count(*) from stay s join occupancy o on o.id = s.occupancy_id
            where o.place_id = p.id and upper_inf(s.during)),
          'firmHolds', (select count(*) from hold h where h.place_id = p.id and h.ended_at is null and h.expires_at is null),
          'holds', (select count(*) from hold h where h.place_id = p.id and h.ended_at is null
            and (h.expires_at is null or h.expires_at > $2::date + time '12:00')))), '[]')
        from place p where p.id in (select o.place_id from occupancy o join stay s on s.occupancy_id = o.id where s.household_id = any ($1)
          union select f.place_id from offer f join need n on n.id = f.need_id where n.household_id = any ($1)))
    ) as lived`,
    [households, today],
  )
  const [row] = rows
  if (row === undefined) throw new Error('nothing is stored')
  return row.lived
}

const homeless = ({ stays }: Lived, household: string) =>
  !stays.some(({ householdId, to }) => householdId === household && to === null)

/** A home that waits: said yes to, firmly held, and its paper signed or decided. */
const waits = ({ offers }: Lived, household: string) =>
  offers.some(
    ({ householdId, open, accepted, ready, hold }) =>
      householdId === household && open && accepted && ready && hold === 'firm',
  )

/**
 * What must hold after anything that anybody does, each as a sentence; empty: all of it does.
 * @param before as it stood before
 * @param did what was tried, whether somebody was said to have moved on, and which places the service says are taken
 */
export function brokenIn(
  before: Lived,
  after: Lived,
  did: { verb: string; moveOn: boolean; taken: ReadonlyMap<string, boolean>; today: Day },
): string[] {
  const broken: string[] = []
  const must = (holds: boolean, sentence: string) => {
    if (!holds) broken.push(sentence)
  }
  for (const { id, livesNow, present, firmHolds, holds } of after.places) {
    must(livesNow <= 1 && present <= 1, `${id} is lived in twice`)
    must(firmHolds <= 1, `${id} is promised twice`)
    must(present === 0 || holds === 0, `${id} is promised while somebody lives there`)
    must(
      did.taken.get(id) === livesNow > 0,
      `${id} is ${did.taken.get(id) ? '' : 'not '}taken, and ${livesNow} live there`,
    )
  }
  for (const stay of after.stays) {
    must(stay.during === stay.occupied, `stay ${stay.id} is ${stay.during} and its place ${stay.occupied}`)
    must(
      (stay.to === null) === (stay.departureReason === null),
      `stay ${stay.id} ends without a reason, or has one and goes on`,
    )
    const came = stay.events.lastIndexOf('departed')
    const corrected = stay.events.lastIndexOf('departure_corrected')
    must(stay.to !== null || came <= corrected, `stay ${stay.id} goes on after a departure that nobody has corrected`)
    const was = before.stays.find(({ id }) => id === stay.id)
    const ended = was !== undefined && was.to === null && stay.to !== null
    must(
      !ended || did.verb === 'depart' || did.verb === 'transfer',
      `stay ${stay.id} was ended by ${did.verb}: an overdue resident stays counted until somebody has left`,
    )
  }
  must(
    before.stays.every(({ id }) => after.stays.some((stay) => stay.id === id)),
    'a stay is gone from the record',
  )
  for (const household of new Set(after.stays.map(({ householdId }) => householdId))) {
    if (!homeless(after, household)) continue
    if (!homeless(before, household)) {
      must(did.verb === 'depart', `household ${household} lost its home by ${did.verb}`)
      must(!did.moveOn || waits(after, household), `household ${household} moved on to nothing`)
    } else if (waits(before, household) && leftFor(after, household) && !foundOwn(after, household)) {
      must(waits(after, household), `household ${household} left for a home that ${did.verb} took away`)
    }
  }
  for (const need of after.needs) {
    const offers = after.offers.filter(({ needId }) => needId === need.id)
    const moved = offers.filter(({ movedIn }) => movedIn).length
    must(moved <= 1, `need ${need.id} was met twice`)
    must(
      (need.endedReason === 'housed') === (moved === 1) && (need.endedReason !== 'housed' || need.status === 'closed'),
      `need ${need.id} is ${need.status} (${need.endedReason}) with ${moved} moves`,
    )
    must(need.open || offers.every(({ open }) => !open), `need ${need.id} is over and still offered to`)
    must(offers.filter(({ open, accepted }) => open && accepted).length <= 1, `need ${need.id} has said yes twice`)
    const was = before.needs.find(({ id }) => id === need.id)
    must(
      was === undefined || !was.open || need.open || ['move_in', 'end_need', 'decline'].includes(did.verb),
      `need ${need.id} was ended by ${did.verb}`,
    )
  }
  for (const offer of after.offers) {
    must(offer.open || offer.hold === null, `offer ${offer.id} is over and still holds its place`)
    must(
      !(offer.open && offer.accepted) || offer.hold === 'firm',
      `offer ${offer.id} was said yes to and holds nothing`,
    )
  }
  return broken
}

/** She has a home that is none of ours, so what was promised is given to somebody else. */
const foundOwn = ({ needs }: Lived, household: string) =>
  needs.some(({ householdId, endedReason }) => householdId === household && endedReason === 'found_own')

/** Whether the last home a household had was left for another, rather than given up. */
function leftFor({ stays }: Lived, household: string): boolean {
  const own = stays.filter(({ householdId }) => householdId === household)
  return (
    own.length > 0 && own.every(({ departureReason }) => ['moved_on', 'transferred'].includes(departureReason ?? ''))
  )
}
