import type { z } from 'zod'
import { nameIn } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { Actor } from '../../db/actor.ts'
import type { ReturnPlanRow } from '../../db/returnPlans.ts'
import { addMonths, type Day } from '../../domain/day.ts'
import { formById, type HousingForm } from '../../domain/ladder.ts'
import { isOpen, missingIn, phaseOf } from '../../domain/returnPlan/plan.ts'
import { lateReasons, standingOf } from '../../domain/returnPlan/standing.ts'
import { districtName, formatDay } from '../../domain/words.ts'
import {
  LATE_REASONS,
  nameOf,
  OWN_PARTS,
  PLAN_WITHDRAWALS,
  RETURN_PHASES,
  RETURN_STANDINGS,
  VERDICTS,
} from '../../reference/returnPlans.ts'
import { ruleById } from '../../reference/rules.ts'
import type { eventsOfPlan, WithoutPlanRow } from './queries.ts'
import type { PersonWithoutPlan, ReturnPlanBody, returnPlanEvent } from './schema.ts'

const { checksAfterMonths } = ruleById('return_plan').parameters

/** A plan as it is answered with on `today`. */
export function planBody(keyring: Keyring, row: ReturnPlanRow, actor: Actor | null, today: Day): ReturnPlanBody {
  const phase = phaseOf(row, today)
  const standing = standingOf(row, { livesInVel: row.since !== null, closesOn: row.closesOn }, today)
  const { movedOn } = row
  return {
    id: row.id,
    version: row.version,
    residentId: row.residentId,
    residentName: nameIn(keyring, row),
    needId: row.needId,
    district: row.holdingDistrict,
    homeDistrict: row.homeDistrict,
    verdict: row.verdict,
    verdictName: nameOf(VERDICTS, row.verdict),
    verdictReason: row.verdictReason,
    targetForm: row.targetForm as ReturnPlanBody['targetForm'],
    earliestOn: row.earliestOn,
    targetOn: row.targetOn,
    ownPart: row.ownPart,
    ownPartOn: row.ownPartOn,
    ownWords: row.ownWords,
    districtOwner: row.districtOwner,
    velContact: row.velContact,
    supportTeamId: row.supportTeamId,
    supportTeamName: row.supportTeamName,
    supportFrom: row.supportFrom,
    begunOn: row.begunOn,
    agreedOn: row.agreedOn,
    movedOn,
    movedTo: row.movedTo,
    movedBackOn: row.movedBackOn,
    withdrawnOn: row.withdrawnOn,
    withdrawnReason: row.withdrawnReason === null ? null : nameOf(PLAN_WITHDRAWALS, row.withdrawnReason),
    phase,
    phaseName: nameOf(RETURN_PHASES, phase),
    standing,
    standingName: standing === null ? null : nameOf(RETURN_STANDINGS, standing),
    late:
      standing === 'late'
        ? lateReasons(row, row.closesOn, today).map((id) => ({
            id,
            sentence: LATE_REASONS.find((entry) => entry.id === id)?.sentence ?? id,
          }))
        : [],
    missing:
      isOpen(row) && row.verdict !== 'rightly_stays'
        ? missingIn(row).map(({ id, title, why, pointer, stops }) => ({ id, title, why, pointer, stops }))
        : [],
    living: livingOf(row),
    commitment:
      row.commitmentId === null || row.readyOn === null ? null : { id: row.commitmentId, readyOn: row.readyOn },
    checksDue:
      movedOn === null || row.movedTo !== 'home' ? [] : checksAfterMonths.map((months) => addMonths(movedOn, months)),
    mayChange: isOpen(row) && (actor?.role === 'planner' || (actor?.districts.includes(row.holdingDistrict) ?? false)),
    synthetic: row.synthetic,
  }
}

function livingOf({
  placeId,
  label,
  form,
  facilityId,
  facilityName,
  since,
  closesOn,
}: ReturnPlanRow): ReturnPlanBody['living'] {
  if (
    placeId === null ||
    label === null ||
    form === null ||
    facilityId === null ||
    facilityName === null ||
    since === null
  )
    return null
  return {
    placeId,
    label,
    form: form as HousingForm & NonNullable<ReturnPlanBody['living']>['form'],
    facilityId,
    facilityName,
    since,
    closesOn,
  }
}

export function withoutPlanBody(keyring: Keyring, row: WithoutPlanRow): PersonWithoutPlan {
  const { ciphertext: _sealed, form, ...told } = row
  return { ...told, form: form as PersonWithoutPlan['form'], residentName: nameIn(keyring, row) }
}

const EVENT_NAMES = {
  begun: 'Planen ble begynt',
  changed: 'Planen ble endret',
  agreed: 'Planen ble avtalt',
  agreement_ended: 'Avtalen falt bort: noe mangler, eller noe annet er bestemt',
  moved_home: 'Flyttet hjem',
  moved_elsewhere: 'Flyttet et annet sted',
  moved_back: 'Flyttet tilbake til institusjon',
  withdrawn: 'Planen ble trukket',
} as const

const FIELD_NAMES: Record<string, { name: string; said?: (value: string) => string }> = {
  homeDistrict: { name: 'Bydel', said: districtName },
  verdict: { name: 'Om det er riktig å flytte hjem', said: (value) => nameOf(VERDICTS, value) },
  verdictReason: { name: 'Hvorfor' },
  targetForm: { name: 'Boligform', said: (value) => formById(value as HousingForm).name },
  earliestOn: { name: 'Tidligst', said: (value) => formatDay(value as Day) },
  targetOn: { name: 'Måldato', said: (value) => formatDay(value as Day) },
  ownPart: { name: 'Personens egen del', said: (value) => nameOf(OWN_PARTS, value) },
  ownPartOn: { name: 'Personens svar kom', said: (value) => formatDay(value as Day) },
  ownWords: { name: 'Hva er viktig for deg?' },
  districtOwner: { name: 'Ansvarlig i bydelen' },
  velContact: { name: 'Kontakt i Velferdsetaten' },
  supportTeamId: { name: 'Team', said: () => 'Et annet team' },
  supportFrom: { name: 'Oppfølgingen begynner', said: (value) => formatDay(value as Day) },
}

type EventRow = Awaited<ReturnType<typeof eventsOfPlan>>[number]

/** What was done with a plan, in words. */
export function eventBody({
  id,
  kind,
  occurredOn,
  recordedAt,
  recordedBy,
  changes,
  note,
}: EventRow): z.infer<typeof returnPlanEvent> {
  const done = kind as keyof typeof EVENT_NAMES
  const said = (field: string, value: unknown) =>
    typeof value === 'string' ? (FIELD_NAMES[field]?.said?.(value) ?? value) : null
  return {
    id,
    kind: done,
    kindName: EVENT_NAMES[done],
    occurredOn,
    recordedAt,
    recordedBy,
    changes: Object.entries(changes as Record<string, [unknown, unknown]>).map(([field, [before, after]]) => ({
      field,
      fieldName: FIELD_NAMES[field]?.name ?? field,
      before: said(field, before),
      after: said(field, after),
    })),
    note,
  }
}
