import { nameIn } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import { type ChangeRow, closingCaseOf } from '../../db/closings.ts'
import { CLOSING_STATES, type ClosingState, closesBefore, closingState } from '../../domain/closing.ts'
import type { Day } from '../../domain/day.ts'
import { CHANGE_CERTAINTIES, nameOf } from '../../reference/returnPlans.ts'
import type { CapacityChangeBody } from './schema.ts'

/** How a closing of VEL's is accounted for that is to come, or where somebody lives all the same; null where somebody lives whom the reader may not see. */
function stateOf(row: ChangeRow, today: Day): ClosingState | null {
  if (row.kind !== 'closing' || !row.form.startsWith('vel_')) return null
  if (!row.occupied) return row.day <= today ? null : 'empty'
  return row.residentId === null ? null : closingState(closingCaseOf(row), today)
}

/** A place that opens or closes as it is answered with. */
export function changeBody(keyring: Keyring, row: ChangeRow, today: Day): CapacityChangeBody {
  const state = stateOf(row, today)
  return {
    placeId: row.placeId,
    label: row.label,
    form: row.form as CapacityChangeBody['form'],
    facilityId: row.facilityId,
    facilityName: row.facilityName,
    districtCode: row.districtCode,
    kind: row.kind,
    day: row.day,
    certainty: row.certainty,
    certaintyName: row.certainty === null ? 'Ikke oppgitt' : nameOf(CHANGE_CERTAINTIES, row.certainty),
    certaintyVersion: row.changeVersion ?? 0,
    note: row.note,
    occupied: row.occupied,
    occupant: occupantOf(keyring, row),
    state,
    stateName: state === null ? null : nameOf(CLOSING_STATES, state),
    red: state === 'closes_first',
    why: state === 'closes_first' ? closesBefore(closingCaseOf(row), today) : [],
  }
}

function occupantOf(keyring: Keyring, row: ChangeRow): CapacityChangeBody['occupant'] {
  const { residentId, district } = row
  if (residentId === null || district === null) return null
  return {
    residentId,
    residentName: nameIn(keyring, row),
    district,
    planId: row.planId,
    verdict: row.verdict,
    targetOn: row.targetOn,
    targetForm: row.targetForm as NonNullable<CapacityChangeBody['occupant']>['targetForm'],
    supportTeamName: row.supportTeamName,
    supportFrom: row.supportFrom,
    commitment: commitmentOf(row),
  }
}

function commitmentOf(row: ChangeRow): NonNullable<CapacityChangeBody['occupant']>['commitment'] {
  const { commitmentId, commitmentVersion, committedOn, readyOn, homeId, homeLabel, homeFacility, homeOpensOn } = row
  if (commitmentId === null || commitmentVersion === null || committedOn === null || readyOn === null) return null
  return {
    id: commitmentId,
    version: commitmentVersion,
    committedOn,
    readyOn,
    home:
      homeId === null || homeLabel === null || homeFacility === null || homeOpensOn === null
        ? null
        : {
            placeId: homeId,
            label: homeLabel,
            facilityName: homeFacility,
            opensOn: homeOpensOn,
            closesOn: row.homeClosesOn,
          },
  }
}
