import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import type { NeedStatus } from './api/needs.ts'
import { sessionQuery } from './api/session.ts'
import { readCapacitySearch } from './pages/capacity/search.ts'
import { readChainSearch } from './pages/chains/search.ts'
import { readCitySearch } from './pages/city/search.ts'
import { readDistributionSearch } from './pages/distribution/search.ts'
import { readFlagSearch } from './pages/flags/search.ts'
import { readInsightSearch } from './pages/insight/insightWords.ts'
import { NotFound } from './pages/NotFound.tsx'
import { readNeedSearch } from './pages/needs/search.ts'
import { readOccupancySearch } from './pages/occupancy/search.ts'
import { readOnePlaceMoreSearch } from './pages/onePlaceMore/search.ts'
import { readLetterSearch } from './pages/papers/letterSearch.ts'
import { readPlaceSearch } from './pages/places/filter.ts'
import { readPlan2030Search } from './pages/plan2030/search.ts'
import { readQuotaSearch } from './pages/quotas/search.ts'
import { readReferralSearch } from './pages/referrals/search.ts'
import { readClosingSearch, readReturnSearch, readTeamSearch } from './pages/returns/search.ts'
import { readComparisonSearch } from './pages/scenarios/search.ts'
import { readScheduleSearch } from './pages/schedule/search.ts'
import { isSignInFailure, type SignInFailure } from './pages/signInFailures.ts'
import { isWorkSlug, type WorkSlug } from './pages/workday/workKinds.ts'
import { afterSignIn, paths } from './paths.ts'
import { Layout } from './ui/Layout.tsx'
import { Loading } from './ui/Loading.tsx'
import { RouteProblem } from './ui/RouteProblem.tsx'

type Context = { queryClient: QueryClient }

const root = createRootRouteWithContext<Context>()({ component: Layout })

const signIn = createRoute({
  getParentRoute: () => root,
  path: paths.signIn,
  // The address that was asked for before signing in.
  validateSearch: ({ fra, feil }): { fra?: string; feil?: SignInFailure } => ({
    ...(typeof fra === 'string' ? { fra } : {}),
    ...(isSignInFailure(feil) ? { feil } : {}),
  }),
  beforeLoad: async ({ context, search }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (session.signedIn) throw redirect({ href: afterSignIn(search.fra) })
  },
  component: lazyRouteComponent(() => import('./pages/SignIn.tsx'), 'SignIn'),
})

const signOut = createRoute({
  getParentRoute: () => root,
  path: paths.signOut,
  validateSearch: ({ overalt }): { overalt?: true } => (overalt === true ? { overalt } : {}),
  component: lazyRouteComponent(() => import('./pages/SignOut.tsx'), 'SignOut'),
})

/** For everybody, signed in or not. */
const publicTables = createRoute({
  getParentRoute: () => root,
  path: paths.publicTables,
  validateSearch: ({ maaned }): { maaned?: string } =>
    typeof maaned === 'string' && /^\d{4}-\d{2}$/.test(maaned) ? { maaned } : {},
  component: lazyRouteComponent(() => import('./pages/publicTables/PublicTables.tsx'), 'PublicTables'),
})

/** Everything but the sign-in page and what is for everybody: without a session one is sent there, and back again afterwards. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (session.signedIn) return
    throw redirect({ to: paths.signIn, search: location.href === paths.home ? {} : { fra: location.href } })
  },
})

const statuses: readonly unknown[] = ['draft', 'registered', 'withdrawn', 'closed'] satisfies NeedStatus[]

const home = createRoute({
  getParentRoute: () => signedIn,
  path: paths.home,
  validateSearch: ({ status, slag, frist }): { status?: NeedStatus; slag?: WorkSlug; frist?: 'alle' } => ({
    ...(statuses.includes(status) ? { status: status as NeedStatus } : {}),
    ...(isWorkSlug(slag) ? { slag } : {}),
    ...(frist === 'alle' ? { frist } : {}),
  }),
  component: lazyRouteComponent(() => import('./pages/Home.tsx'), 'Home'),
})

const newNeed = createRoute({
  getParentRoute: () => signedIn,
  path: paths.newNeed,
  component: lazyRouteComponent(() => import('./pages/needs/NewNeed.tsx'), 'NewNeed'),
})

const need = createRoute({
  getParentRoute: () => signedIn,
  path: paths.need,
  validateSearch: readNeedSearch,
  component: lazyRouteComponent(() => import('./pages/needs/CompareNeed.tsx'), 'CompareNeed'),
})

const editNeed = createRoute({
  getParentRoute: () => signedIn,
  path: paths.editNeed,
  component: lazyRouteComponent(() => import('./pages/needs/EditNeed.tsx'), 'EditNeed'),
})

const editNeedTheme = createRoute({
  getParentRoute: () => signedIn,
  path: paths.editNeedTheme,
  component: lazyRouteComponent(() => import('./pages/needs/NeedTheme.tsx'), 'NeedTheme'),
})

const reviewNeed = createRoute({
  getParentRoute: () => signedIn,
  path: paths.reviewNeed,
  component: lazyRouteComponent(() => import('./pages/needs/ReviewNeed.tsx'), 'ReviewNeed'),
})

const endNeed = createRoute({
  getParentRoute: () => signedIn,
  path: paths.endNeed,
  component: lazyRouteComponent(() => import('./pages/needs/EndNeed.tsx'), 'EndNeed'),
})

const papers = createRoute({
  getParentRoute: () => signedIn,
  path: paths.papers,
  component: lazyRouteComponent(() => import('./pages/papers/Papers.tsx'), 'Papers'),
})

const referralPaper = createRoute({
  getParentRoute: () => signedIn,
  path: paths.referralPaper,
  validateSearch: ({ boligform, sted }): { boligform?: string; sted?: string } => ({
    ...(typeof boligform === 'string' ? { boligform } : {}),
    ...(typeof sted === 'string' ? { sted } : {}),
  }),
  component: lazyRouteComponent(() => import('./pages/papers/ReferralPaper.tsx'), 'ReferralPaper'),
})

const decision = createRoute({
  getParentRoute: () => signedIn,
  path: paths.decision,
  component: lazyRouteComponent(() => import('./pages/papers/DecisionPage.tsx'), 'DecisionPage'),
})

const letter = createRoute({
  getParentRoute: () => signedIn,
  path: paths.letter,
  validateSearch: readLetterSearch,
  component: lazyRouteComponent(() => import('./pages/papers/LetterPage.tsx'), 'LetterPage'),
})

const rentalWorksheet = createRoute({
  getParentRoute: () => signedIn,
  path: paths.rentalWorksheet,
  component: lazyRouteComponent(() => import('./pages/papers/RentalWorksheet.tsx'), 'RentalWorksheet'),
})

const privateHome = createRoute({
  getParentRoute: () => signedIn,
  path: paths.privateHome,
  component: lazyRouteComponent(() => import('./pages/needs/PrivateHome.tsx'), 'PrivateHome'),
})

const caseInsight = createRoute({
  getParentRoute: () => signedIn,
  path: paths.caseInsight,
  component: lazyRouteComponent(() => import('./pages/insight/CaseInsightPage.tsx'), 'CaseInsightPage'),
})

const insight = createRoute({
  getParentRoute: () => signedIn,
  path: paths.insight,
  validateSearch: readInsightSearch,
  component: lazyRouteComponent(() => import('./pages/insight/InsightPage.tsx'), 'InsightPage'),
})

const decisionAlarms = createRoute({
  getParentRoute: () => signedIn,
  path: paths.decisionAlarms,
  component: lazyRouteComponent(() => import('./pages/papers/UrgentDecisions.tsx'), 'UrgentDecisions'),
})

const referrals = createRoute({
  getParentRoute: () => signedIn,
  path: paths.referrals,
  validateSearch: readReferralSearch,
  component: lazyRouteComponent(() => import('./pages/referrals/ReferralList.tsx'), 'ReferralList'),
})

const referral = createRoute({
  getParentRoute: () => signedIn,
  path: paths.referral,
  component: lazyRouteComponent(() => import('./pages/referrals/ReferralPage.tsx'), 'ReferralPage'),
})

const places = createRoute({
  getParentRoute: () => signedIn,
  path: paths.places,
  validateSearch: readPlaceSearch,
  component: lazyRouteComponent(() => import('./pages/places/Places.tsx'), 'Places'),
})

const occupancy = createRoute({
  getParentRoute: () => signedIn,
  path: paths.occupancy,
  validateSearch: readOccupancySearch,
  component: lazyRouteComponent(() => import('./pages/occupancy/OccupancyPage.tsx'), 'OccupancyPage'),
})

const facility = createRoute({
  getParentRoute: () => signedIn,
  path: paths.facility,
  component: lazyRouteComponent(() => import('./pages/facilities/FacilityPage.tsx'), 'FacilityPage'),
})

const quotas = createRoute({
  getParentRoute: () => signedIn,
  path: paths.quotas,
  validateSearch: readQuotaSearch,
  component: lazyRouteComponent(() => import('./pages/quotas/QuotasPage.tsx'), 'QuotasPage'),
})

const statistics = createRoute({
  getParentRoute: () => signedIn,
  path: paths.statistics,
  component: lazyRouteComponent(() => import('./pages/statistics/Statistics.tsx'), 'Statistics'),
})

const city = createRoute({
  getParentRoute: () => signedIn,
  path: paths.city,
  validateSearch: readCitySearch,
  component: lazyRouteComponent(() => import('./pages/city/CityPage.tsx'), 'CityPage'),
})

const onePlaceMore = createRoute({
  getParentRoute: () => signedIn,
  path: paths.onePlaceMore,
  validateSearch: readOnePlaceMoreSearch,
  component: lazyRouteComponent(() => import('./pages/onePlaceMore/OnePlaceMorePage.tsx'), 'OnePlaceMorePage'),
})

const capacity = createRoute({
  getParentRoute: () => signedIn,
  path: paths.capacity,
  validateSearch: readCapacitySearch,
  component: lazyRouteComponent(() => import('./pages/capacity/CapacityPage.tsx'), 'CapacityPage'),
})

const costs = createRoute({
  getParentRoute: () => signedIn,
  path: paths.costs,
  component: lazyRouteComponent(() => import('./pages/costs/CostsPage.tsx'), 'CostsPage'),
})

const distribution = createRoute({
  getParentRoute: () => signedIn,
  path: paths.distribution,
  validateSearch: readDistributionSearch,
  component: lazyRouteComponent(() => import('./pages/distribution/DistributionPage.tsx'), 'DistributionPage'),
})

const waitingList = createRoute({
  getParentRoute: () => signedIn,
  path: paths.waitingList,
  validateSearch: ({ boligform }): { boligform?: string } => (typeof boligform === 'string' ? { boligform } : {}),
  component: lazyRouteComponent(() => import('./pages/waitingList/WaitingListPage.tsx'), 'WaitingListPage'),
})

/** The ladder of the district that one works for; a planner begins with the first. */
const ownDistrict = createRoute({
  getParentRoute: () => signedIn,
  path: paths.ownDistrict,
  beforeLoad: async ({ context }) => {
    const { person } = await context.queryClient.ensureQueryData(sessionQuery)
    throw redirect({ to: paths.district, params: { code: person?.districts[0]?.code ?? '030101' }, replace: true })
  },
})

const district = createRoute({
  getParentRoute: () => signedIn,
  path: paths.district,
  component: lazyRouteComponent(() => import('./pages/district/DistrictLadder.tsx'), 'DistrictLadder'),
})

const flags = createRoute({
  getParentRoute: () => signedIn,
  path: paths.flags,
  validateSearch: readFlagSearch,
  component: lazyRouteComponent(() => import('./pages/flags/Flags.tsx'), 'Flags'),
})

const returns = createRoute({
  getParentRoute: () => signedIn,
  path: paths.returns,
  validateSearch: readReturnSearch,
  component: lazyRouteComponent(() => import('./pages/returns/ReturnPlansPage.tsx'), 'ReturnPlansPage'),
})

const returnPlan = createRoute({
  getParentRoute: () => signedIn,
  path: paths.returnPlan,
  component: lazyRouteComponent(() => import('./pages/returns/ReturnPlanPage.tsx'), 'ReturnPlanPage'),
})

const plan2030 = createRoute({
  getParentRoute: () => signedIn,
  path: paths.plan2030,
  validateSearch: readPlan2030Search,
  component: lazyRouteComponent(() => import('./pages/plan2030/Plan2030Page.tsx'), 'Plan2030Page'),
})

const scenarios = createRoute({
  getParentRoute: () => signedIn,
  path: paths.scenarios,
  component: lazyRouteComponent(() => import('./pages/scenarios/ScenariosPage.tsx'), 'ScenariosPage'),
})

const newScenario = createRoute({
  getParentRoute: () => signedIn,
  path: paths.newScenario,
  component: lazyRouteComponent(() => import('./pages/scenarios/NewScenarioPage.tsx'), 'NewScenarioPage'),
})

const scenario = createRoute({
  getParentRoute: () => signedIn,
  path: paths.scenario,
  component: lazyRouteComponent(() => import('./pages/scenarios/ScenarioPage.tsx'), 'ScenarioPage'),
})

const comparison = createRoute({
  getParentRoute: () => signedIn,
  path: paths.comparison,
  validateSearch: readComparisonSearch,
  component: lazyRouteComponent(() => import('./pages/scenarios/ComparisonPage.tsx'), 'ComparisonPage'),
})

const closings = createRoute({
  getParentRoute: () => signedIn,
  path: paths.closings,
  validateSearch: readClosingSearch,
  component: lazyRouteComponent(() => import('./pages/returns/ClosingsPage.tsx'), 'ClosingsPage'),
})

const supportTeams = createRoute({
  getParentRoute: () => signedIn,
  path: paths.supportTeams,
  validateSearch: readTeamSearch,
  component: lazyRouteComponent(() => import('./pages/returns/SupportTeamsPage.tsx'), 'SupportTeamsPage'),
})

const expansion = createRoute({
  getParentRoute: () => signedIn,
  path: paths.expansion,
  validateSearch: readScheduleSearch,
  component: lazyRouteComponent(() => import('./pages/expansion/ExpansionPage.tsx'), 'ExpansionPage'),
})

const schedule = createRoute({
  getParentRoute: () => signedIn,
  path: paths.schedule,
  validateSearch: readScheduleSearch,
  component: lazyRouteComponent(() => import('./pages/schedule/SchedulePage.tsx'), 'SchedulePage'),
})

const flag = createRoute({
  getParentRoute: () => signedIn,
  path: paths.flag,
  component: lazyRouteComponent(() => import('./pages/flags/FlagPage.tsx'), 'FlagPage'),
})

const runs = createRoute({
  getParentRoute: () => signedIn,
  path: paths.runs,
  component: lazyRouteComponent(() => import('./pages/runs/Runs.tsx'), 'Runs'),
})

const run = createRoute({
  getParentRoute: () => signedIn,
  path: paths.run,
  component: lazyRouteComponent(() => import('./pages/runs/RunPage.tsx'), 'RunPage'),
})

const chains = createRoute({
  getParentRoute: () => signedIn,
  path: paths.chains,
  validateSearch: readChainSearch,
  component: lazyRouteComponent(() => import('./pages/chains/ChainList.tsx'), 'ChainList'),
})

const chain = createRoute({
  getParentRoute: () => signedIn,
  path: paths.chain,
  component: lazyRouteComponent(() => import('./pages/chains/ChainPage.tsx'), 'ChainPage'),
})

const imports = createRoute({
  getParentRoute: () => signedIn,
  path: paths.imports,
  component: lazyRouteComponent(() => import('./pages/imports/Import.tsx'), 'Import'),
})

const rules = createRoute({
  getParentRoute: () => signedIn,
  path: paths.rules,
  validateSearch: ({ vis }): { vis?: 'ikke-kontrollert' } =>
    vis === 'ikke-kontrollert' ? { vis: 'ikke-kontrollert' } : {},
  component: lazyRouteComponent(() => import('./pages/rules/Rules.tsx'), 'Rules'),
})

const breakGlass = createRoute({
  getParentRoute: () => signedIn,
  path: paths.breakGlass,
  component: lazyRouteComponent(() => import('./pages/protection/BreakGlassPage.tsx'), 'BreakGlassPage'),
})

const circles = createRoute({
  getParentRoute: () => signedIn,
  path: paths.circles,
  component: lazyRouteComponent(() => import('./pages/protection/CirclesPage.tsx'), 'CirclesPage'),
})

const access = createRoute({
  getParentRoute: () => signedIn,
  path: paths.access,
  component: lazyRouteComponent(() => import('./pages/access/AccessPage.tsx'), 'AccessPage'),
})

const rule = createRoute({
  getParentRoute: () => signedIn,
  path: paths.rule,
  component: lazyRouteComponent(() => import('./pages/rules/RulePage.tsx'), 'RulePage'),
})

const policyTrials = createRoute({
  getParentRoute: () => signedIn,
  path: paths.policyTrials,
  component: lazyRouteComponent(() => import('./pages/policyTrials/PolicyTrialsPage.tsx'), 'PolicyTrialsPage'),
})

const policyTrial = createRoute({
  getParentRoute: () => signedIn,
  path: paths.policyTrial,
  component: lazyRouteComponent(() => import('./pages/policyTrials/PolicyTrialPage.tsx'), 'PolicyTrialPage'),
})

const pages = [
  home,
  newNeed,
  need,
  editNeed,
  editNeedTheme,
  reviewNeed,
  endNeed,
  papers,
  referralPaper,
  decision,
  letter,
  rentalWorksheet,
  privateHome,
  caseInsight,
  insight,
  decisionAlarms,
  referrals,
  referral,
  places,
  occupancy,
  facility,
  quotas,
  statistics,
  city,
  onePlaceMore,
  capacity,
  costs,
  distribution,
  waitingList,
  ownDistrict,
  district,
  flags,
  returns,
  returnPlan,
  plan2030,
  scenarios,
  newScenario,
  scenario,
  comparison,
  closings,
  supportTeams,
  schedule,
  expansion,
  flag,
  runs,
  run,
  chains,
  chain,
  imports,
  rules,
  access,
  breakGlass,
  circles,
  rule,
  policyTrials,
  policyTrial,
] as const
const tree = root.addChildren([signIn, signOut, publicTables, signedIn.addChildren(pages)])

/** The router over all pages. Each page is a chunk of its own, fetched when it is first shown or its link is pointed at. */
export function createAppRouter(context: Context) {
  return createRouter({
    routeTree: tree,
    context,
    defaultPreload: 'intent',
    defaultPendingComponent: Loading,
    defaultPendingMs: 300,
    defaultErrorComponent: RouteProblem,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
