import Fastify from 'fastify'
import t from 'tap'
import { CAPABILITIES, type Capability, ROLES, scopeOf } from '../../src/access/capabilities.ts'
import { buildApp } from '../../src/app.ts'
import { registerAccess } from '../../src/http/route.ts'
import { type Client, testApp } from '../support/app.ts'
import { ALNA, countRows, fixturesOf } from '../support/fixtures.ts'

/** What each operation takes, said once more here: a route that is weakened by accident fails. */
const TAKES: Record<string, Capability | 'public' | 'signed_in'> = {
  readSession: 'public',
  endSession: 'public',
  endAllSessions: 'signed_in',
  startSignIn: 'public',
  finishSignIn: 'public',
  startDemoSession: 'public',
  followChanges: 'signed_in',
  listDistricts: 'public',
  listHousingForms: 'public',
  listReasonCodes: 'public',
  listRules: 'public',
  listPolicies: 'public',
  listPlacementTransitions: 'public',
  listCapabilities: 'public',
  readVocabulary: 'public',
  listStatistics: 'public',
  listStatisticTables: 'public',
  listPublicTables: 'public',
  readPublicTable: 'public',
  readStatisticTable: 'public',
  readCapacity: 'read_capacity',
  readCapacitySeries: 'read_capacity',
  readWaitingTimes: 'read_capacity',
  readStayLengths: 'read_capacity',
  listCapacityMeasures: 'public',
  splitPlaces: 'read_capacity',
  readDistribution: 'read_capacity',
  listFacilities: 'read_inventory',
  addFacility: 'maintain_facilities',
  readFacility: 'read_inventory',
  changeFacility: 'maintain_facilities',
  confirmVacancy: 'maintain_places',
  listPlaces: 'read_inventory',
  countPlaces: 'read_inventory',
  addPlace: 'maintain_places',
  readPlace: 'read_inventory',
  changePlace: 'maintain_places',
  listClosures: 'read_inventory',
  closePlace: 'close_places',
  changeClosure: 'close_places',
  listOccupancy: 'read_inventory',
  readOccupancySummary: 'read_inventory',
  registerResident: 'register_residents',
  searchResidents: 'read_residents',
  readResident: 'read_residents',
  changeResident: 'register_residents',
  listConsents: 'read_residents',
  giveConsent: 'register_residents',
  revokeConsent: 'register_residents',
  listNeverTogether: 'register_residents',
  addNeverTogether: 'register_residents',
  listCircles: 'maintain_circles',
  addCircleMember: 'maintain_circles',
  removeCircleMember: 'maintain_circles',
  listBreakGlass: 'read_break_glass',
  breakGlass: 'break_glass',
  readBreakGlass: 'read_break_glass',
  readPersonBehindGlass: 'break_glass',
  answerBreakGlass: 'answer_break_glass',
  closeBreakGlass: 'break_glass',
  reviewBreakGlass: 'answer_break_glass',
  listNeeds: 'read_needs',
  startNeed: 'register_needs',
  readNeed: 'read_needs',
  changeNeed: 'register_needs',
  registerNeed: 'register_needs',
  withdrawNeed: 'register_needs',
  correctWithdrawal: 'register_needs',
  listNeedEvents: 'read_needs',
  proposeLease: 'record_leases',
  recordPrivateHome: 'record_private_homes',
  readWithdrawability: 'read_needs',
  readReadiness: 'read_needs',
  listAssessments: 'read_needs',
  addAssessment: 'register_needs',
  listNeedMatches: 'match_needs',
  previewMatches: 'match_needs',
  previewCity: 'match_needs',
  explainPair: 'match_needs',
  listPlaceMatches: 'match_needs',
  startMatchingRun: 'start_matching_runs',
  listMatchingRuns: 'read_matching_runs',
  readMatchingRun: 'read_matching_runs',
  cancelMatchingRun: 'start_matching_runs',
  readExpansionDefaults: 'read_forecasts',
  startExpansionPlan: 'start_forecasts',
  listExpansionPlans: 'read_forecasts',
  readExpansionPlan: 'read_forecasts',
  cancelExpansionPlan: 'start_forecasts',
  readMatchingPolicy: 'read_policy_trials',
  startPolicyTrial: 'try_policies',
  listPolicyTrials: 'read_policy_trials',
  readPolicyTrial: 'read_policy_trials',
  cancelPolicyTrial: 'try_policies',
  proposePolicy: 'try_policies',
  adoptPolicy: 'adopt_policies',
  declinePolicy: 'adopt_policies',
  listPolicyTrialNeeds: 'match_needs',
  startForecast: 'start_forecasts',
  listForecasts: 'read_forecasts',
  readForecast: 'read_forecasts',
  readForecastSeries: 'read_forecasts',
  cancelForecast: 'start_forecasts',
  listScenarios: 'read_forecasts',
  createScenario: 'write_scenarios',
  readScenario: 'read_forecasts',
  changeScenario: 'write_scenarios',
  archiveScenario: 'write_scenarios',
  listScenarioVersions: 'read_forecasts',
  readScenarioVersion: 'read_forecasts',
  startScenarioComparison: 'start_forecasts',
  listScenarioComparisons: 'read_forecasts',
  readScenarioComparison: 'read_forecasts',
  readScenarioComparisonSeries: 'read_forecasts',
  cancelScenarioComparison: 'start_forecasts',
  startReturnSchedule: 'start_return_schedules',
  listReturnSchedules: 'read_return_figures',
  readReturnSchedule: 'read_return_figures',
  readReturnScheduleNumbers: 'read_return_figures',
  listScheduledPeople: 'read_return_plans',
  cancelReturnSchedule: 'start_return_schedules',
  listProposals: 'match_needs',
  listUnmet: 'match_needs',
  listChains: 'read_matching_runs',
  listFlags: 'read_flags',
  readFlag: 'read_flags',
  listFlagRecords: 'read_flags',
  acknowledgeFlag: 'answer_flags',
  assignFlag: 'answer_flags',
  resolveFlag: 'answer_flags',
  readNeedGrowth: 'read_flags',
  listShortages: 'read_matching_runs',
  listShortageNeeds: 'match_needs',
  readPlacePrices: 'read_place_prices',
  readRecordedShortfall: 'read_capacity',
  readShortfallSeries: 'read_capacity',
  readWaitingList: 'read_needs',
  previewReferral: 'read_papers',
  startChain: 'send_offers',
  leaveChain: 'send_offers',
  listMovingChains: 'read_matching_runs',
  readMovingChain: 'read_matching_runs',
  listOffers: 'read_offers',
  sendOffer: 'send_offers',
  readOffer: 'read_offers',
  listHolds: 'reserve_places',
  reservePlace: 'reserve_places',
  readHold: 'reserve_places',
  releaseHold: 'reserve_places',
  acceptOffer: 'answer_offers',
  declineOffer: 'answer_offers',
  withdrawOffer: 'send_offers',
  extendOffer: 'send_offers',
  signLease: 'record_leases',
  moveIn: 'record_moves',
  recordNonArrival: 'record_moves',
  listReferrals: 'read_referrals',
  sendReferral: 'send_referrals',
  countReferrals: 'read_referrals',
  readReferral: 'read_referrals',
  listReferralPlaces: 'answer_referrals',
  answerReferral: 'answer_referrals',
  withdrawReferral: 'send_referrals',
  listStays: 'read_stays',
  readStay: 'read_stays',
  listStayEvents: 'read_stays',
  listRightsOfReturn: 'read_stays',
  departFromStay: 'record_moves',
  extendStay: 'record_moves',
  transferStay: 'record_moves',
  correctDeparture: 'record_moves',
  correctMoveIn: 'record_moves',
  listTasks: 'read_tasks',
  readWorkday: 'read_workday',
  completeTask: 'complete_tasks',
  listImportKinds: 'import_files',
  readImportTemplate: 'import_files',
  importFile: 'import_files',
  readImport: 'import_files',
  readRejectedRows: 'import_files',
  listSuppliers: 'read_costs',
  addSupplier: 'maintain_agreements',
  readSupplier: 'read_costs',
  renameSupplier: 'maintain_agreements',
  listFrameworkAgreements: 'read_costs',
  addFrameworkAgreement: 'maintain_agreements',
  readFrameworkAgreement: 'read_costs',
  changeFrameworkAgreement: 'maintain_agreements',
  listQualityNotes: 'read_costs',
  addQualityNote: 'note_quality',
  withdrawQualityNote: 'note_quality',
  listCallOffs: 'read_call_offs',
  addCallOff: 'order_places',
  readCallOff: 'read_call_offs',
  changeCallOff: 'order_places',
  listUnpricedStays: 'read_call_offs',
  readCosts: 'read_costs',
  listGapPeople: 'read_call_offs',
  readPurchaseBudget: 'read_costs',
  setPurchaseBudget: 'set_budgets',
  listLegalTracks: 'read_reference',
  addLegalTrackVersion: 'maintain_rules',
  readRule: 'read_reference',
  confirmRule: 'confirm_rules',
  withdrawRuleConfirmation: 'confirm_rules',
  listDecisions: 'read_papers',
  listDecisionAlarms: 'read_papers',
  draftDecision: 'write_papers',
  readDecision: 'read_papers',
  changeDecision: 'write_papers',
  issueDecision: 'issue_decisions',
  receiveAppeal: 'write_papers',
  forwardAppeal: 'write_papers',
  decideAppeal: 'write_papers',
  listLetters: 'read_papers',
  readOfferLetter: 'read_papers',
  readDecisionLetter: 'read_papers',
  readReferralLetter: 'read_papers',
  listLandlords: 'read_papers',
  addLandlord: 'write_papers',
  readLandlord: 'read_papers',
  changeLandlord: 'write_papers',
  readRentalWorksheet: 'read_papers',
  saveRentalWorksheet: 'write_papers',
  listReturnPlans: 'read_return_plans',
  beginReturnPlan: 'write_return_plans',
  listPeopleWithoutReturnPlan: 'read_return_plans',
  readReturnStanding: 'read_return_figures',
  readReturnBurnDown: 'read_return_figures',
  readReturnPlan: 'read_return_plans',
  listReturnPlanEvents: 'read_return_plans',
  changeReturnPlan: 'write_return_plans',
  agreeReturnPlan: 'write_return_plans',
  recordReturnOutcome: 'write_return_plans',
  withdrawReturnPlan: 'write_return_plans',
  listSupportTeams: 'read_inventory',
  addSupportTeam: 'maintain_support_teams',
  readSupportTeam: 'read_inventory',
  changeSupportTeam: 'maintain_support_teams',
  listCrossDistrictQuotas: 'read_inventory',
  addCrossDistrictQuota: 'maintain_facilities',
  readCrossDistrictQuota: 'read_inventory',
  changeCrossDistrictQuota: 'maintain_facilities',
  listCapacityChanges: 'read_inventory',
  readClosingAccount: 'read_return_figures',
  sayCertainty: 'plan_closings',
  readClosingsByDistrict: 'read_return_figures',
  listHomesForReturnPlan: 'read_return_plans',
  listHomeCommitments: 'read_return_plans',
  commitHome: 'commit_homes',
  readHomeCommitment: 'read_return_plans',
  changeHomeCommitment: 'commit_homes',
  withdrawHomeCommitment: 'commit_homes',
  listShowingsOfResident: 'read_showings',
  listShowings: 'review_showings',
  listSecurityEvents: 'read_security_log',
  readAuditSeals: 'read_security_log',
  exportAuditAsCef: 'read_security_log',
  listResidentChanges: 'register_residents',
  listNeedChanges: 'read_needs',
  listDataGaps: 'read_data_gaps',
  readRecordLocks: 'register_residents',
  lockRecord: 'lock_records',
  liftRecordLock: 'lock_records',
  exportCase: 'export_cases',
}

/** Asked for inside an operation, by what a file is about; or by none yet. */
const ELSEWHERE: readonly Capability[] = ['import_places', 'import_needs', 'import_stays', 'import_statistics']

const { app, deps, owner, anonymous, signedInAs } = await testApp(t)
await fixturesOf({ owner, deps }).facility()
// without a feed to follow, a stream that would never end answers at once
delete deps.changes

interface Operation {
  id: string
  takes: string | undefined
  method: string
  path: string
}

/** Every operation of the document, with an id that nothing has in its path. */
function operations(): Operation[] {
  const paths = app.swagger().paths ?? {}
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { operationId: string; 'x-capability'?: string }>).map(([method, said]) => ({
      id: said.operationId,
      takes: said['x-capability'],
      method,
      path: path.replaceAll(/\{[^}]+\}/g, '019a0000-0000-7000-8000-000000000000'),
    })),
  )
}

/** As little as each method takes: the answer is about access, before anything of the request is read. */
async function ask(client: Client, { method, path }: Operation): Promise<number> {
  if (method === 'get') return (await client.get(path)).statusCode
  if (method === 'post') return (await client.post(path, {})).statusCode
  if (method === 'patch') return (await client.patch(path, {}, 1)).statusCode
  if (method === 'put') return (await client.put(path, {}, 1)).statusCode
  return (await client.delete(path)).statusCode
}

await app.ready()
const OPERATIONS = operations()

t.test('every operation states what it takes', async (t) => {
  const ids = OPERATIONS.map(({ id }) => id)
  for (const { id, takes } of OPERATIONS) t.equal(takes, TAKES[id], `${id} says so in the document`)
  t.strictSame(ids.toSorted(), Object.keys(TAKES).toSorted())
  t.equal(new Set(ids).size, ids.length)
})

t.test('signed out, everything but what is public is refused', async (t) => {
  for (const operation of OPERATIONS) {
    const status = await ask(anonymous, operation)
    if (TAKES[operation.id] === 'public') t.not(status, 401, operation.id)
    else t.equal(status, 401, operation.id)
  }
})

t.test('each role gets what the table says', async (t) => {
  const before = await countRows(owner)
  const signingOut = OPERATIONS.filter(({ id }) => !['endSession', 'endAllSessions', 'startDemoSession'].includes(id))
  // each role by herself, all at once
  const asking = ROLES.map(async (role) => {
    const client = await signedInAs({ role, districts: [ALNA] })
    for (const operation of signingOut) {
      const takes = TAKES[operation.id]
      const status = await ask(client, operation)
      const open = takes === 'public' || takes === 'signed_in'
      const allowed = open || (takes !== undefined && scopeOf(role, takes) !== undefined)
      if (allowed) t.notOk(status === 401 || status === 403 || status >= 500, `${role} ${operation.id}: ${status}`)
      else t.equal(status, 403, `${role} ${operation.id}`)
    }
  })
  await Promise.all(asking)
  t.strictSame(await countRows(owner), before, 'and none of it wrote anything')
})

t.test('every capability belongs to somebody and is taken by something', async (t) => {
  for (const capability of Object.keys(CAPABILITIES) as Capability[]) {
    t.ok(
      ROLES.some((role) => scopeOf(role, capability) !== undefined),
      capability,
    )
    if (!ELSEWHERE.includes(capability)) t.ok(Object.values(TAKES).includes(capability), capability)
  }
})

t.test('a route of the API that names no capability stops the start', async (t) => {
  const fastify = Fastify()
  registerAccess(fastify, deps)
  t.throws(() => fastify.get('/api/v1/forgotten', () => 'open'), /names no capability/)
  t.doesNotThrow(() => fastify.get('/elsewhere', () => 'open'))
  await fastify.close()
})

t.test('demo sign-in is not there unless it is offered', async (t) => {
  const without = await buildApp({ ...deps, demoSignIn: false })
  const answer = await without.inject({
    method: 'POST',
    url: '/api/v1/session/demo',
    payload: { person: 'officer_alna' },
  })
  t.equal(answer.statusCode, 404)
  t.notOk('demoPeople' in (await without.inject('/api/v1/session')).json())
  await without.close()
})
