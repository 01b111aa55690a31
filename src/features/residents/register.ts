import { checkPersonalNumber, type Identity, openIdentity, sealIdentity } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import { DomainError, invalid, notFound, stale } from '../../domain/error.ts'
import {
  insertHousehold,
  newId,
  type ResidentRow,
  replaceChildren,
  residentByFingerprint,
  residentById,
  saveIdentity,
  startCircle,
} from './queries.ts'
import type { ChangedResident, NewResident } from './schema.ts'

interface Facts {
  birthDate: string | null
  individualPlanOfferedOn: string | null
  individualPlanAnsweredOn: string | null
  individualPlanAnswer: string | null
}

/** What no person's dates can be; the database holds the same by constraint. */
function checkDates(facts: Facts, today: string): void {
  const { birthDate, individualPlanOfferedOn: offered, individualPlanAnsweredOn: answered } = facts
  if (birthDate !== null && birthDate > today) {
    throw invalid('/birthDate', 'in_the_future', 'Fødselsdatoen kan ikke være i fremtiden.')
  }
  if (offered !== null && offered > today) {
    throw invalid('/individualPlanOfferedOn', 'in_the_future', 'Datoen kan ikke være i fremtiden.')
  }
  if (answered !== null && (answered > today || (offered !== null && answered < offered))) {
    throw invalid('/individualPlanAnsweredOn', 'out_of_range', 'Svaret må ha kommet etter tilbudet, og senest i dag.')
  }
  if ((facts.individualPlanAnsweredOn === null) !== (facts.individualPlanAnswer === null)) {
    throw invalid('/individualPlanAnswer', 'incomplete', 'Skriv både svaret på individuell plan og datoen for svaret.')
  }
  if (facts.individualPlanAnsweredOn !== null && facts.individualPlanOfferedOn === null) {
    throw invalid('/individualPlanOfferedOn', 'missing', 'Skriv når individuell plan ble tilbudt.')
  }
}

function checkChildren(children: readonly { birthYear: number }[], today: string): void {
  const i = children.findIndex(({ birthYear }) => birthYear > Number(today.slice(0, 4)))
  if (i !== -1) {
    throw invalid(`/household/children/${i}/birthYear`, 'in_the_future', 'Fødselsåret kan ikke være i fremtiden.')
  }
}

/** The same number twice in one district is one person; she is named to whoever may see her (the constraint names nobody). */
async function refuseDuplicate(
  { trx }: Acting,
  holdingDistrict: string,
  fingerprint: Buffer,
  except?: string,
): Promise<void> {
  const known = (await residentByFingerprint(trx, fingerprint)).find(
    (row) => row.holdingDistrict === holdingDistrict && row.id !== except,
  )
  if (known === undefined) return
  throw new DomainError(
    'duplicate_resident',
    'Det finnes allerede en person med dette fødselsnummeret i bydelen. Søk henne opp i stedet.',
    [{ pointer: '/personalNumber', code: 'duplicate_resident', detail: 'Fødselsnummeret er registrert fra før.' }],
    { kind: 'resident', id: known.id },
  )
}

/**
 * Registers a person with her household in the officer's own district.
 * @throws {DomainError} `duplicate_resident` when the district has her already, `invalid_value` for a wrong number or date
 */
export async function registerResident(
  acting: Acting,
  actor: Actor,
  keyring: Keyring,
  demo: boolean,
  body: NewResident,
): Promise<ResidentRow> {
  const { trx, today } = acting
  if (!actor.districts.includes(body.district)) {
    throw invalid('/district', 'not_own_district', 'Du kan bare registrere personer i din egen bydel.')
  }
  if (body.personalNumber !== null) checkPersonalNumber(body.personalNumber, demo)
  checkDates(body, today)
  checkChildren(body.household.children, today)
  const { district: holdingDistrict, personalNumber, name, phone, household, ...facts } = body
  const fingerprint = personalNumber === null ? null : keyring.fingerprint(personalNumber)
  if (fingerprint !== null) await refuseDuplicate(acting, holdingDistrict, fingerprint)
  const householdId = await insertHousehold(trx, holdingDistrict, household.adults, household.pets)
  const id = await newId(trx)
  await trx
    .insertInto('resident')
    .values({ ...facts, id, householdId, holdingDistrict, synthetic: demo })
    .execute()
  // whoever protects an address is the first in its circle; without her nobody could go on
  if (body.addressProtection !== 'none') {
    await startCircle(trx, id)
  }
  await replaceChildren(trx, { householdId, holdingDistrict }, household.children)
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
  acting: Acting,
  keyring: Keyring,
  demo: boolean,
  id: string,
  version: number,
  body: ChangedResident,
): Promise<ResidentRow> {
  const { trx, today } = acting
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
  if (personalNumber !== undefined && personalNumber !== null) {
    checkPersonalNumber(personalNumber, demo)
    await refuseDuplicate(acting, current.holdingDistrict, keyring.fingerprint(personalNumber), id)
  }
  if (household?.children !== undefined) checkChildren(household.children, today)
  if (
    facts.addressProtection !== undefined &&
    facts.addressProtection !== 'none' &&
    current.addressProtection === 'none'
  ) {
    await startCircle(trx, id)
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
