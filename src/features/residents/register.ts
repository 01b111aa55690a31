import { checkPersonalNumber, type Identity, openIdentity, sealIdentity } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import { DomainError, invalid, notFound } from '../../domain/error.ts'
import { stale } from '../../http/etag.ts'
import { insertHousehold, newId, type ResidentRow, replaceChildren, residentById, saveIdentity } from './queries.ts'
import type { ChangedResident, NewResident } from './schema.ts'

interface Facts {
  birthDate: string | null
  individualPlanOfferedOn: string | null
  individualPlanAnsweredOn: string | null
  individualPlanAnswer: string | null
}

/** What no person's dates can be; the database holds the same by constraint. */
function checkDates(facts: Facts, today: string): void {
  if (facts.birthDate !== null && facts.birthDate > today) {
    throw invalid('/birthDate', 'in_the_future', 'Fødselsdatoen kan ikke være i fremtiden.')
  }
  if ((facts.individualPlanAnsweredOn === null) !== (facts.individualPlanAnswer === null)) {
    throw invalid('/individualPlanAnswer', 'incomplete', 'Skriv både svaret på individuell plan og datoen for svaret.')
  }
  if (facts.individualPlanAnsweredOn !== null && facts.individualPlanOfferedOn === null) {
    throw invalid('/individualPlanOfferedOn', 'missing', 'Skriv når individuell plan ble tilbudt.')
  }
}

/**
 * Registers a person with her household in the officer's own district.
 * @throws {DomainError} `duplicate_resident` when the district has her already, `invalid_value` for a wrong number or date
 */
export async function registerResident(
  { trx, today }: Acting,
  actor: Actor,
  keyring: Keyring,
  demo: boolean,
  body: NewResident,
): Promise<ResidentRow> {
  if (!actor.districts.includes(body.district)) {
    throw invalid('/district', 'not_own_district', 'Du kan bare registrere personer i din egen bydel.')
  }
  if (body.personalNumber !== null) checkPersonalNumber(body.personalNumber, demo)
  checkDates(body, today)
  const { district: holdingDistrict, personalNumber, name, phone, household, ...facts } = body
  const householdId = await insertHousehold(trx, holdingDistrict, household.adults, household.pets)
  const id = await newId(trx)
  await trx
    .insertInto('resident')
    .values({ ...facts, id, householdId, holdingDistrict, synthetic: demo })
    .execute()
  // whoever protects an address is the first in its circle; without her nobody could go on
  if (body.addressProtection !== 'none') {
    await trx.insertInto('circleMember').values({ residentId: id, accountId: actor.accountId }).execute()
  }
  await replaceChildren(trx, { householdId, holdingDistrict }, household.children)
  const fingerprint = personalNumber === null ? null : keyring.fingerprint(personalNumber)
  await saveIdentity(
    trx,
    { id, holdingDistrict },
    sealIdentity(keyring, id, { name, personalNumber, phone }),
    fingerprint,
  )
  const row = await residentById(trx, id)
  if (row === undefined) throw notFound()
  return row
}

/**
 * Changes a resident and her household.
 * @throws {DomainError} `not_found`, `stale_version`, `duplicate_resident`, `invalid_value`
 */
export async function changeResident(
  { trx, today }: Acting,
  actor: Actor,
  keyring: Keyring,
  demo: boolean,
  id: string,
  version: number,
  body: ChangedResident,
): Promise<ResidentRow> {
  const current = await residentById(trx, id)
  if (current === undefined) throw notFound()
  const { name, phone, personalNumber, household, ...facts } = body
  checkDates(
    {
      birthDate: facts.birthDate === undefined ? current.birthDate : facts.birthDate,
      individualPlanOfferedOn:
        facts.individualPlanOfferedOn === undefined ? current.individualPlanOfferedOn : facts.individualPlanOfferedOn,
      individualPlanAnsweredOn:
        facts.individualPlanAnsweredOn === undefined
          ? current.individualPlanAnsweredOn
          : facts.individualPlanAnsweredOn,
      individualPlanAnswer:
        facts.individualPlanAnswer === undefined ? current.individualPlanAnswer : facts.individualPlanAnswer,
    },
    today,
  )
  if (personalNumber !== undefined && personalNumber !== null) checkPersonalNumber(personalNumber, demo)
  if (
    facts.addressProtection !== undefined &&
    facts.addressProtection !== 'none' &&
    current.addressProtection === 'none'
  ) {
    await trx.insertInto('circleMember').values({ residentId: id, accountId: actor.accountId }).execute()
  }
  // an update without columns would not count the version up: the address protection stands for "touched"
  const updated = await trx
    .updateTable('resident')
    .set({ addressProtection: current.addressProtection, ...facts })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (updated.numUpdatedRows === 0n) throw stale()
  const identity = openIdentity(keyring, id, current.ciphertext)
  const next: Identity = {
    name: name ?? identity.name,
    phone: phone === undefined ? identity.phone : phone,
    personalNumber: personalNumber === undefined ? identity.personalNumber : personalNumber,
  }
  const fingerprint = next.personalNumber === null ? null : keyring.fingerprint(next.personalNumber)
  await saveIdentity(trx, current, sealIdentity(keyring, id, next), fingerprint)
  if (household !== undefined) await changeHousehold(trx, current, household)
  const row = await residentById(trx, id)
  if (row === undefined) throw new DomainError('not_allowed', 'Etter denne endringen ser du ikke lenger personen.')
  return row
}

async function changeHousehold(
  trx: Acting['trx'],
  { householdId, holdingDistrict }: ResidentRow,
  { children, ...facts }: NonNullable<ChangedResident['household']>,
): Promise<void> {
  if (Object.keys(facts).length > 0) {
    await trx.updateTable('household').set(facts).where('id', '=', householdId).execute()
  }
  if (children !== undefined) await replaceChildren(trx, { householdId, holdingDistrict }, children)
}
