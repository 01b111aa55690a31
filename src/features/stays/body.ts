import type { z } from 'zod'
import { nameIn } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import { type StayRow, stateOfStay } from '../../db/stays.ts'
import { type Day, daysBetween } from '../../domain/day.ts'
import { actionsOf } from '../../domain/placement/decide.ts'
import type { PreconditionId } from '../../domain/placement/preconditions.ts'
import { handoverUntil, isReady, type NextHome, STAY_STATE_NAMES } from '../../domain/placement/stay.ts'
import { TRANSITIONS } from '../../domain/placement/transitions.ts'
import { type ReasonKind, reasonCode } from '../../reference/reasonCodes.ts'
import type { EventRow, PrivateLeaseRow } from './queries.ts'
import type { StayBody, StayDetail, stayEvent } from './schema.ts'

type StayEventBody = z.infer<typeof stayEvent>

/** What can be done with a stay that exists. */
const ACTIONS = TRANSITIONS.filter(({ subject, action }) => subject === 'stay' && action !== 'record_private')

/** A stay as it is answered with on `today`. */
export function stayBody(keyring: Keyring, row: StayRow, today: Day): StayBody {
  const state = stateOfStay(row, today)
  const { placeId, label, facilityId, facilityName, districtCode, expectedUntil } = row
  const end = row.to ?? today
  return {
    id: row.id,
    version: row.version,
    state,
    stateName: STAY_STATE_NAMES[state],
    householdId: row.householdId,
    residentId: row.residentId,
    residentName: nameIn(keyring, row),
    holdingDistrict: row.holdingDistrict,
    form: row.form as StayBody['form'],
    place:
      placeId === null || label === null || facilityId === null || facilityName === null || districtCode === null
        ? null
        : { id: placeId, label, facilityId, facilityName, districtCode },
    from: row.from,
    to: row.to,
    expectedUntil,
    originalExpectedUntil: row.originalExpectedUntil,
    daysOver: expectedUntil === null ? 0 : Math.max(0, daysBetween(expectedUntil, end)),
    readyToMoveOnSince: row.readyToMoveOnSince,
    departure: departureOf(row),
    rightOfReturnUntil: row.rightOfReturnUntil,
    handoverUntil: handoverUntil(row.homesSince),
    offerId: row.offerId,
    actions: actionsOf(ACTIONS, { state, readiness: [], failing: failingNow(row), overridden: [] }).map((one) =>
      one.action === 'transfer' && placeId === null
        ? { ...one, allowed: false, why: [...one.why, 'Hjemmet er ikke en av plassene våre.'] }
        : one,
    ),
  }
}

/** What keeps some of it from being done, as far as the stay itself tells. */
function failingNow({ departureReason, cameByTransfer }: StayRow): PreconditionId[] {
  return [
    ...(departureReason === 'transferred' ? (['left_by_departure'] as const) : []),
    ...(cameByTransfer ? (['came_by_move_in'] as const) : []),
  ]
}

/** A stay with where its household can go from here. */
export function stayDetailBody(
  keyring: Keyring,
  row: StayRow,
  homes: readonly NextHome[],
  lease: PrivateLeaseRow | undefined,
  today: Day,
): StayDetail {
  return {
    ...stayBody(keyring, row, today),
    privateLease: lease === undefined ? null : shownLease(lease),
    nextHomes: row.to === null ? homes.map((home) => ({ ...home, ready: isReady(home, today) })).map(shown) : [],
  }
}

function shownLease({
  landlordId,
  landlordName,
  shortReason,
  from,
  to,
  recordedByName,
  ...lease
}: PrivateLeaseRow): NonNullable<StayDetail['privateLease']> {
  return {
    ...lease,
    landlord: { id: landlordId, name: landlordName },
    during: { from, to },
    shortLeaseReason: shortReason === null ? null : (reasonCode('short_lease', shortReason)?.name ?? shortReason),
    recordedBy: recordedByName,
  }
}

function shown({ kind, form, beginsOn, leaseSignedOn, ready }: NextHome & { ready: boolean }) {
  return { kind, form: form as StayBody['form'], beginsOn, leaseSignedOn, ready }
}

function departureOf({ to, departureReason }: StayRow): StayBody['departure'] {
  if (to === null || departureReason === null) return null
  const reason = reasonCode('departure', departureReason)
  return {
    reason: departureReason,
    reasonName: reason?.name ?? departureReason,
    consequence: reason?.consequence.text ?? '',
  }
}

const EVENT_NAMES: Record<StayEventBody['kind'], string> = {
  moved_in: 'Flyttet inn',
  extended: 'Avtalt lenger',
  departed: 'Flyttet ut',
  transferred_out: 'Byttet til en annen plass',
  transferred_in: 'Kom fra en annen plass',
  departure_corrected: 'Utflytting rettet',
  move_in_corrected: 'Innflytting rettet',
}
const EVENT_REASONS: Partial<Record<StayEventBody['kind'], ReasonKind>> = {
  extended: 'extension',
  departed: 'departure',
  transferred_out: 'transfer',
  transferred_in: 'transfer',
  departure_corrected: 'correction',
  move_in_corrected: 'correction',
}

/** One thing that happened to a stay. */
export function stayEventBody(row: EventRow): StayEventBody {
  const kind = row.kind as StayEventBody['kind']
  const reasons = EVENT_REASONS[kind]
  return {
    id: row.id,
    kind,
    kindName: EVENT_NAMES[kind],
    occurredOn: row.occurredOn,
    recordedAt: row.recordedAt,
    recordedBy: row.recordedByName,
    expectedBefore: row.expectedBefore,
    expectedAfter: row.expectedAfter,
    onBefore: row.onBefore,
    onAfter: row.onAfter,
    reason: row.reason,
    reasonName:
      row.reason === null || reasons === undefined ? null : (reasonCode(reasons, row.reason)?.name ?? row.reason),
    overrides: row.overrides as unknown as StayEventBody['overrides'],
    note: row.note,
    otherStayId: row.otherStayId,
  }
}
