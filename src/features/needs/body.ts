import type { z } from 'zod'
import { openIdentity } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import { type NeedRow, readinessFactsOf, situationOf } from '../../db/needs.ts'
import type { Day } from '../../domain/day.ts'
import { readinessOf } from '../../domain/readiness.ts'
import { urgencyOf } from '../../domain/urgency.ts'
import { reasonCode } from '../../reference/reasonCodes.ts'
import type { needEventsOf } from './queries.ts'
import type { need, needEvent, needRow } from './schema.ts'

type Need = z.infer<typeof need>
type NeedEvent = z.infer<typeof needEvent>

/** Somebody moved in: no reason of anybody's, the move itself. */
const HOUSED = 'Flyttet inn'

function endNamed(reason: string | null): string | null {
  return reason === 'housed' ? HOUSED : reason === null ? null : (reasonCode('withdrawal', reason)?.name ?? reason)
}

const EVENT_NAMES: Record<NeedEvent['kind'], string> = {
  ended: 'Avsluttet',
  reason_recorded: 'Årsak registrert',
  reopened: 'Rettet: behovet var avsluttet ved en feil',
}

/** One thing that was recorded of a need's end. */
export function needEventBody(row: Awaited<ReturnType<typeof needEventsOf>>[number]): NeedEvent {
  const kind = row.kind as NeedEvent['kind']
  const reason = row.reason === null ? undefined : reasonCode('withdrawal', row.reason)
  return {
    id: row.id,
    kind,
    kindName: EVENT_NAMES[kind],
    recordedAt: row.recordedAt,
    recordedBy: row.recordedByName,
    reason: row.reason,
    reasonName: endNamed(row.reason),
    consequence: reason?.consequence.text ?? null,
    countsAsShortfall: reason?.countsAsShortfall ?? false,
    note: row.note,
  }
}

const birthYear = (row: NeedRow) => (row.birthDate === null ? null : Number(row.birthDate.slice(0, 4)))

/** A need as a row of a list. */
export function rowBody(keyring: Keyring, row: NeedRow, today: Day): z.infer<typeof needRow> {
  const urgency = urgencyOf(situationOf(row), today)
  const missing = readinessOf(readinessFactsOf(row), today).filter(({ present }) => !present)
  return {
    id: row.id,
    version: row.version,
    status: row.status as Need['status'],
    residentName: openIdentity(keyring, row.residentId, row.ciphertext).name,
    holdingDistrict: row.holdingDistrict,
    forms: row.forms as Need['forms'],
    urgencyClass: urgency.urgencyClass,
    urgencyName: urgency.className,
    startedAt: row.startedAt,
    registeredAt: row.registeredAt,
    missing: missing.length,
    stopping: missing.flatMap(({ title, stops }) => (stops === 'none' ? [] : [{ title, stops }])),
    canBeRanked: missing.every(({ stops }) => stops !== 'ranking'),
  }
}

/** A need as it is answered with on `today`. */
export function needBody(keyring: Keyring, row: NeedRow, today: Day): Need {
  return {
    id: row.id,
    version: row.version,
    status: row.status as Need['status'],
    holdingDistrict: row.holdingDistrict,
    resident: {
      id: row.residentId,
      name: openIdentity(keyring, row.residentId, row.ciphertext).name,
      birthYear: birthYear(row),
      synthetic: row.synthetic,
    },
    householdSize: row.adults + row.childrenLiving,
    startedAt: row.startedAt,
    registeredAt: row.registeredAt,
    endedAt: row.endedAt,
    endedReason: row.endedReason,
    endedReasonName: endNamed(row.endedReason),
    responsibleDistrict: row.responsibleDistrict,
    stayDistrict: row.stayDistrict,
    origin: row.origin as Need['origin'],
    situationSince: row.situationSince,
    urgencyGrounds: row.urgencyGrounds as Need['urgencyGrounds'],
    mustLeaveBy: row.mustLeaveBy,
    readyToMoveOnSince: row.readyToMoveOnSince,
    forms: row.forms as Need['forms'],
    requiredFeatures: row.requiredFeatures as Need['requiredFeatures'],
    wantedFeatures: row.wantedFeatures as Need['wantedFeatures'],
    excludedDistricts: row.excludedDistricts,
    wantedDistricts: row.wantedDistricts,
    excludedFacilities: row.excludedFacilities,
    substanceStance: row.substanceStance as Need['substanceStance'],
    behaviour: row.behaviour,
    security: row.security,
    neededDuring: row.neededFrom === null ? null : { from: row.neededFrom, to: row.neededTo },
    privateRental: row.privateRental as Need['privateRental'],
    privateRentalReason: row.privateRentalReason,
    privateRentalConsideredOn: row.privateRentalConsideredOn,
    serviceDecisionOn: row.serviceDecisionOn,
    whatMatters: row.whatMatters,
    urgency: urgencyOf(situationOf(row), today),
    readiness: readinessOf(readinessFactsOf(row), today),
  }
}
