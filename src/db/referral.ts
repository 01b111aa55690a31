import { sql } from 'kysely'
import { dayInOslo } from '../domain/day.ts'
import type { HousingForm } from '../domain/ladder.ts'
import { ageOn } from '../domain/need.ts'
import type { ReferralAssessment, ReferralFacts } from '../domain/papers/referral.ts'
import { readinessOf } from '../domain/readiness.ts'
import { urgencyOf } from '../domain/urgency.ts'
import type { Acting } from './actor.ts'
import { type NeedRow, readinessFactsOf, situationOf } from './needs.ts'

/**
 * What a referral of this need to `form` is made of, as far as the reader may see it.
 * @param wishedFacilityId an institution the person wishes for; one that does not exist is not named
 */
export async function referralFactsOf(
  { trx, today }: Acting,
  row: NeedRow,
  form: HousingForm,
  wishedFacilityId: string | null,
): Promise<ReferralFacts> {
  const person = await trx
    .selectFrom('resident')
    .select(['language', 'interpreter', 'individualPlanAnswer'])
    .where('id', '=', row.residentId)
    .executeTakeFirstOrThrow()
  const children = await trx
    .selectFrom('householdChild')
    .select(['birthYear', 'arrangement'])
    .where('householdId', '=', row.householdId)
    .orderBy('birthYear')
    .orderBy('id')
    .execute()
  const assessments = await trx
    .selectFrom('assessment')
    .select(['assessedOn', 'livingSkills', 'livingTraining'])
    .select(sql<ReferralAssessment['lifeAreas']>`life_areas`.as('lifeAreas'))
    .where('needId', '=', row.id)
    .orderBy('assessedOn', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const wished =
    wishedFacilityId === null
      ? undefined
      : await trx.selectFrom('facility').select('name').where('id', '=', wishedFacilityId).executeTakeFirst()
  return {
    form,
    forms: row.forms as HousingForm[],
    registeredOn: row.registeredAt === null ? null : dayInOslo(new Date(row.registeredAt)),
    responsibleDistrict: row.responsibleDistrict,
    holdingDistrict: row.holdingDistrict,
    stayDistrict: row.stayDistrict,
    origin: row.origin,
    situationSince: row.situationSince,
    mustLeaveBy: row.mustLeaveBy,
    readyToMoveOnSince: row.readyToMoveOnSince,
    urgency: urgencyOf(situationOf(row), today),
    window: row.neededFrom === null ? null : { from: row.neededFrom, to: row.neededTo },
    requiredFeatures: row.requiredFeatures,
    wantedFeatures: row.wantedFeatures,
    excludedDistricts: row.excludedDistricts,
    wantedDistricts: row.wantedDistricts,
    substanceStance: row.substanceStance,
    behaviour: row.behaviour,
    security: row.security,
    serviceDecisionOn: row.serviceDecisionOn,
    whatMatters: row.whatMatters,
    age: row.birthDate === null ? null : ageOn(row.birthDate, today),
    gender: row.gender,
    language: person.language,
    interpreter: person.interpreter,
    contactPerson: row.contactPerson,
    individualPlan: { offeredOn: row.individualPlanOfferedOn, answer: person.individualPlanAnswer },
    adults: row.adults,
    children,
    pets: row.pets,
    assessments,
    consents: row.consents,
    readiness: readinessOf(readinessFactsOf(row), today),
    wishedFacility: wished?.name ?? null,
  }
}
