import type { Acting } from '../../db/actor.ts'
import type { FacilityFacts } from '../../db/capacity/asked.ts'
import { placesOn } from '../../db/capacity/day.ts'
import { districtNames } from '../../db/districts.ts'
import { queueOn } from '../../db/waiting.ts'
import { addTally, capacityIn, count, emptyTally, placesIn, type Tally } from '../../domain/capacity.ts'
import { type Day, dayNumber } from '../../domain/day.ts'
import { STALE_AFTER_DAYS, staleBefore } from '../../domain/freshness.ts'
import { CAPACITY_VERSION } from '../../reference/capacityMeasures.ts'
import { type GroupLabels, Groups, placeFilterOf, queueNoteOf, toldApart } from './groups.ts'
import type { Capacity, CapacityQuery, CapacityRow } from './schema.ts'

const FUTURE_QUEUE = 'Hvor mange som venter en dag som kommer, vet ingen ennå.'
const ASSUMED =
  'Om huset tok imot, er registrert fra en bestemt dag. For dager før det er det regnet som den dagen; «inntak ikke kjent» sier hvor mange plasser det gjelder.'
const FUTURE = 'Framtidige dager viser det som er registrert til nå: opphold er regnet til utflyttingen er registrert.'

/** What is gathered of one group on one day. */
interface DayGroup {
  tally: Tally
  openingLater: number
  closingLater: number
  admissionAssumed: number
  queue: number
  facilities: Set<FacilityFacts>
}

const emptyGroup = (): DayGroup => ({
  tally: emptyTally(),
  openingLater: 0,
  closingLater: 0,
  admissionAssumed: 0,
  queue: 0,
  facilities: new Set(),
})

/** Capacity of one day, past or future, for the whole city or a part of it. */
export async function capacityOn({ trx, today }: Acting, query: CapacityQuery): Promise<Capacity> {
  const on = query.on ?? today
  const kinds = query.groupBy ?? []
  const filter = placeFilterOf(query)
  const queueNote = queueNoteOf(kinds, query) ?? (on > today ? FUTURE_QUEUE : null)
  const groups = new Groups(kinds, await districtNames(trx), emptyGroup)
  for (const place of await placesOn(trx, on, filter, toldApart(kinds))) {
    const { facility, form, features, facts, amount } = place
    const group = groups.of({ district: facility.district, form, facility: facility.called, features })
    count(group.tally, facts, amount)
    if (place.opensLater) group.openingLater += amount
    if (place.closesLater) group.closingLater += amount
    if (place.admissionAssumed) group.admissionAssumed += amount
    if (facts.open) group.facilities.add(facility)
  }
  if (queueNote === null) {
    // a form that people wait for and nobody has is a row too: the hole in the ladder is the point (004 5.1)
    for (const { district, form, waiting } of await queueOn(trx, [on])) {
      if (query.district !== undefined && district !== query.district) continue
      if (filter.forms !== undefined && !filter.forms.some((id) => id === form)) continue
      groups.of({ district, form }).queue += waiting
    }
  }
  const rows = groups.all()
  const told = (labels: GroupLabels, group: DayGroup) => rowOf(labels, group, queueNote === null, today)
  const total = emptyGroup()
  for (const { value } of rows) addGroup(total, value)
  return {
    on,
    asOf: today,
    definitions: CAPACITY_VERSION,
    staleAfterDays: STALE_AFTER_DAYS,
    queueNote,
    notes: [...(total.admissionAssumed > 0 ? [ASSUMED] : []), ...(on > today ? [FUTURE] : [])],
    items: kinds.length === 0 ? [] : rows.map(({ labels, value }) => told(labels, value)),
    total: told({}, total),
  }
}

function addGroup(into: DayGroup, group: DayGroup): void {
  addTally(into.tally, group.tally)
  into.openingLater += group.openingLater
  into.closingLater += group.closingLater
  into.admissionAssumed += group.admissionAssumed
  into.queue += group.queue
  for (const facility of group.facilities) into.facilities.add(facility)
}

/** A tally as it is told, with the sums that are made of it. */
export function placeCounts(tally: Tally) {
  return { places: placesIn(tally), ...tally, capacity: capacityIn(tally) }
}

function rowOf(labels: GroupLabels, group: DayGroup, queueKnown: boolean, today: Day): CapacityRow {
  const { tally, openingLater, closingLater, admissionAssumed, queue, facilities } = group
  return {
    ...labels,
    ...placeCounts(tally),
    openingLater,
    closingLater,
    admissionAssumed,
    queue: queueKnown ? queue : null,
    freshness: freshnessOf([...facilities], today),
  }
}

function freshnessOf(facilities: readonly FacilityFacts[], today: Day): CapacityRow['freshness'] {
  const now = dayNumber(today)
  const oldestFresh = dayNumber(staleBefore(today))
  let [fresh, stale] = [0, 0]
  let oldest: FacilityFacts | undefined
  for (const facility of facilities) {
    const day = facility.vacancyConfirmedDay
    if (day === null) continue
    if (day >= oldestFresh) fresh += 1
    else stale += 1
    if (oldest === undefined || instantOf(facility) < instantOf(oldest)) oldest = facility
  }
  return {
    facilities: facilities.length,
    fresh,
    stale,
    never: facilities.length - fresh - stale,
    oldest: oldest === undefined ? null : instantOf(oldest),
    oldestDays: oldest === undefined ? null : Math.max(0, now - (oldest.vacancyConfirmedDay ?? now)),
  }
}

const instantOf = ({ vacancyConfirmedAt }: FacilityFacts) => vacancyConfirmedAt ?? ''
