import type pg from 'pg'
import { TODAY } from './app.ts'
import { ALNA, type fixturesOf, insert } from './fixtures.ts'
import type { chainsOf } from './movingChain.ts'

export type Who = 'officer' | 'manager' | 'neighbour' | 'intake' | 'planner' | 'administrator' | 'staff'
/** What a write answered. */
export interface Made {
  id: string
  version: number
  [more: string]: unknown
}
/** Sends what an operation takes, by its id; `version` is what If-Match says. */
export type Send = (id: string, who: Who, path: string, body?: object | string, version?: number) => Promise<Made>

export interface Life {
  send: Send
  owner: pg.Pool
  given: ReturnType<typeof fixturesOf>
  chains: ReturnType<typeof chainsOf>
  accounts: Record<Who, string>
  /** A house of Alna's, in which the staff works. */
  house: string
  /** What stands in every free text. */
  text: string
  name: string
  /** Of the person that is registered, and of one with a protected address. */
  number: string
  protectedNumber: string
}

const OPEN = { from: '2020-01-01', to: null }

/** Houses, places and closures, and what the administrator keeps. */
export async function keepsHouses({ send, text, house }: Life): Promise<void> {
  const facility = await send('addFacility', 'administrator', '/facilities', {
    name: text,
    operator: text,
    operatorKind: 'district',
    districtCode: ALNA,
    address: text,
    serves: 'city',
    openDuring: OPEN,
    admitting: false,
    notAdmittingReason: text,
  })
  await send('changeFacility', 'administrator', `/facilities/${facility.id}`, { address: `2 ${text}` })
  await send('confirmVacancy', 'staff', `/facilities/${house}/vacancy-confirmation`)
  const place = await send('addPlace', 'staff', '/places', {
    facilityId: house,
    label: text,
    form: 'municipal',
    openDuring: OPEN,
  })
  await send('changePlace', 'staff', `/places/${place.id}`, { label: `2 ${text}` })
  const closure = await send('closePlace', 'staff', `/places/${place.id}/closures`, {
    during: { from: '2027-01-01', to: '2027-02-01' },
    reason: 'repair',
    costOwner: text,
    note: text,
  })
  await send('changeClosure', 'staff', `/closures/${closure.id}`, { note: `2 ${text}` })
  const quota = { district: ALNA, during: { from: '2027-01-01', to: '2027-07-01' }, households: 5, note: text }
  const set = await send('addCrossDistrictQuota', 'manager', '/cross-district-quotas', quota)
  await send('changeCrossDistrictQuota', 'manager', `/cross-district-quotas/${set.id}`, { note: `2 ${text}` })
  await send('addLegalTrackVersion', 'administrator', '/legal-tracks/municipal_home/versions', {
    title: text,
    legalBasis: text,
    content: text,
    appealBody: text,
    deadlineWeeks: 3,
    validFrom: '2027-01-01',
    reason: text,
  })
  const rule = '/rules/legal.temporary_accommodation/versions/1'
  await send('confirmRule', 'administrator', `${rule}/confirmation`, { note: text })
  await send('withdrawRuleConfirmation', 'administrator', `${rule}/confirmation-withdrawal`, { note: text })
}

/** People, who may see them, and their archive. */
export async function keepsPeople(life: Life): Promise<void> {
  const { send, text, name, number, protectedNumber, given, accounts, owner } = life
  const person = await send('registerResident', 'officer', '/residents', {
    district: ALNA,
    personalNumber: number,
    name: `${name} Prøve`,
    phone: number,
    contactPerson: text,
    birthDate: '1980-05-17',
    household: { adults: 1, children: [{ birthYear: 2018, arrangement: 'living' }] },
  })
  await send('searchResidents', 'officer', '/residents/search', { personalNumber: number })
  await send('changeResident', 'officer', `/residents/${person.id}`, { contactPerson: `2 ${text}` })
  const consent = await send('giveConsent', 'officer', `/residents/${person.id}/consents`, {
    scope: 'facility',
    givenOn: TODAY,
    note: text,
  })
  await send('revokeConsent', 'officer', `/consents/${consent.id}/revocation`, { revokedOn: TODAY })
  const other = await given.resident(ALNA)
  await send('addNeverTogether', 'officer', `/residents/${person.id}/never-together`, {
    otherResidentId: other.residentId,
    reason: text,
  })
  const asked = await send('breakGlass', 'neighbour', '/break-glass', { personalNumber: number, reason: text })
  await send('closeBreakGlass', 'neighbour', `/break-glass/${asked.id}/closing`)
  const reviewed = { verdict: 'not_justified', note: text }
  await send('reviewBreakGlass', 'manager', `/break-glass/${asked.id}/review`, reviewed, 2)

  const hidden = await given.resident(ALNA, { name, number: protectedNumber, address_protection: 'confidential' })
  await given.inCircle(hidden, accounts.officer)
  const member = { accountId: accounts.manager }
  await send('addCircleMember', 'officer', `/circles/${hidden.residentId}/members`, member)
  const removal = `/circles/${hidden.residentId}/members/${accounts.manager}/removal`
  await send('removeCircleMember', 'officer', removal)
  const waiting = { personalNumber: protectedNumber, reason: text }
  const question = await send('breakGlass', 'neighbour', '/break-glass', waiting)
  await send('answerBreakGlass', 'manager', `/break-glass/${question.id}/answer`, { approved: false })

  const gone = await given.resident(ALNA)
  const locks = `/residents/${gone.residentId}/locks`
  await send('lockRecord', 'manager', locks, { reason: 'moved_away', note: text })
  await send('liftRecordLock', 'manager', `${locks}/removal`, { note: text })
  const task = await insert(owner, 'task', {
    kind: 'settle_reason',
    holding_district: ALNA,
    need_id: await given.need(await given.resident(ALNA)),
    due_on: '2026-09-10',
    reason: 'Se på saken.',
  })
  await send('completeTask', 'officer', `/tasks/${task}/completion`, { outcome: 'not_needed', note: text })
  const file = `Kilde;Ekstern id;Navn;Fødselsnummer;Boligformer;Hva er viktig for deg\nfag;${name};${name};;Kommunal bolig;${text}\n`
  await send('importFile', 'officer', '/imports?mode=accept_good&kind=needs', file)
}

/** Needs and what is written of them: assessments, decisions, appeals, private homes. */
export async function keepsNeeds({ send, text, given, owner }: Life): Promise<void> {
  const person = await given.resident(ALNA, { birth_date: '1980-05-17' })
  const started = await send('startNeed', 'officer', '/needs', {
    residentId: person.residentId,
    forms: ['municipal'],
    whatMatters: text,
    privateRental: 'not_possible',
    privateRentalReason: text,
    privateRentalConsideredOn: TODAY,
  })
  const need = `/needs/${started.id}`
  const changed = await send('changeNeed', 'officer', need, { whatMatters: `2 ${text}` })
  const assessed = { assessedOn: TODAY, lifeAreas: { housing: 4 }, livingSkills: text, livingTraining: text }
  await send('addAssessment', 'officer', `${need}/assessments`, assessed)
  await send('registerNeed', 'officer', `${need}/registration`, undefined, changed.version)
  await send('previewMatches', 'officer', '/match-previews', { district: ALNA, forms: ['municipal'] })
  await send('saveRentalWorksheet', 'officer', `${need}/rental-worksheet`, worksheet(null, text), 0)
  const drafted = await send('draftDecision', 'officer', `${need}/decisions`, {
    track: 'temporary_accommodation',
    outcome: 'refused',
  })
  const decision = `/decisions/${drafted.id}`
  const reasoned = await send('changeDecision', 'officer', decision, { mainContent: text, reasons: text })
  await send('issueDecision', 'officer', `${decision}/issue`, { issuedOn: TODAY }, reasoned.version)
  const received = await send('receiveAppeal', 'officer', `${decision}/appeals`, { receivedOn: TODAY, grounds: text })
  const { rows } = await owner.query<{ id: string }>('select id from appeal where decision_id = $1', [drafted.id])
  const appeal = `/appeals/${rows[0]?.id ?? received.id}`
  await send('forwardAppeal', 'officer', `${appeal}/forwarding`, { forwardedOn: TODAY })
  await send('decideAppeal', 'officer', `${appeal}/outcome`, { outcome: 'upheld', decidedOn: TODAY }, 2)
  const withdrawn = { reason: 'moved_within', note: text }
  // what was written for it has counted it up
  const versionNow = async () =>
    (await owner.query<{ version: number }>('select version from need where id = $1', [started.id])).rows[0]?.version
  const ended = await send('withdrawNeed', 'officer', `${need}/withdrawal`, withdrawn, await versionNow())
  await send('correctWithdrawal', 'officer', `${need}/withdrawal-correction`, { note: text }, ended.version)

  const landlord = await send('addLandlord', 'officer', '/landlords', { district: ALNA, name: text, note: text })
  await send('changeLandlord', 'officer', `/landlords/${landlord.id}`, { note: `2 ${text}` })
  const mover = await given.need(await given.resident(ALNA), { forms: ['private'], needed_during: '[2026-09-01,)' })
  await send('saveRentalWorksheet', 'officer', `/needs/${mover}/rental-worksheet`, worksheet(landlord.id, text), 0)
  const home = { form: 'private', movedInOn: TODAY, signedOn: '2026-08-28', note: text }
  await send('recordPrivateHome', 'officer', `/needs/${mover}/private-home`, home, 2)
}

function worksheet(landlordId: string | null, address: string) {
  return {
    landlordId,
    address,
    rentMonth: 11_000,
    electricityMonth: 500,
    guarantee: 'guarantee',
    guaranteeAmount: 33_000,
    housingAllowance: 'granted',
    housingAllowanceMonth: 3_000,
    leaseDuring: landlordId === null ? null : { from: TODAY, to: '2029-09-01' },
    conclusion: { privateRental: landlordId === null ? 'not_possible' : 'possible', reason: address },
  }
}
