import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { z } from 'zod'
import { cityCache } from './db/city.ts'
import { dataGapRoutes } from './features/audit/gapRoutes.ts'
import { historyRoutes } from './features/audit/historyRoutes.ts'
import { auditRoutes } from './features/audit/routes.ts'
import { breakGlassRoutes } from './features/breakGlass/routes.ts'
import { callOffRoutes } from './features/callOffs/routes.ts'
import { capabilityRoutes } from './features/capabilities/routes.ts'
import { capacityRoutes } from './features/capacity/routes.ts'
import { capacityChangeRoutes } from './features/capacityChanges/routes.ts'
import { casePackageRoutes } from './features/casePackages/routes.ts'
import { chainRoutes } from './features/chains/routes.ts'
import { circleRoutes } from './features/circles/routes.ts'
import { costRoutes } from './features/costs/routes.ts'
import { crossDistrictQuotaRoutes } from './features/crossDistrictQuotas/routes.ts'
import { decisionRoutes } from './features/decisions/routes.ts'
import { distributionRoutes } from './features/distribution/routes.ts'
import { eventRoutes } from './features/events/routes.ts'
import { expansionPlanRoutes } from './features/expansionPlans/routes.ts'
import { facilityRoutes } from './features/facilities/routes.ts'
import { flagRoutes } from './features/flags/routes.ts'
import { forecastRoutes } from './features/forecasts/routes.ts'
import { frameworkAgreementRoutes } from './features/frameworkAgreements/routes.ts'
import { growthRoutes } from './features/growth/routes.ts'
import { holdRoutes } from './features/holds/routes.ts'
import { homeCommitmentRoutes } from './features/homeCommitments/routes.ts'
import { importRoutes } from './features/imports/routes.ts'
import { landlordRoutes } from './features/landlords/routes.ts'
import { legalTrackRoutes } from './features/legalTracks/routes.ts'
import { letterRoutes } from './features/letters/routes.ts'
import { cityPreviewRoutes } from './features/matches/cityPreview.ts'
import { matchRoutes } from './features/matches/routes.ts'
import { matchingRunRoutes } from './features/matchingRuns/routes.ts'
import { needEndRoutes } from './features/needs/endRoutes.ts'
import { needRoutes } from './features/needs/routes.ts'
import { occupancyRoutes } from './features/occupancy/routes.ts'
import { offerRoutes } from './features/offers/routes.ts'
import { operationRoutes } from './features/operations/routes.ts'
import { paperRoutes } from './features/papers/routes.ts'
import { placementTransitionRoutes } from './features/placementTransitions/routes.ts'
import { placePriceRoutes } from './features/placePrices/routes.ts'
import { placeRoutes } from './features/places/routes.ts'
import { policyTrialRoutes } from './features/policyTrials/routes.ts'
import { publicTableRoutes } from './features/publicTables/routes.ts'
import { purchaseBudgetRoutes } from './features/purchaseBudgets/routes.ts'
import { qualityNoteRoutes } from './features/qualityNotes/routes.ts'
import { recordLockRoutes } from './features/recordLocks/routes.ts'
import { referenceRoutes } from './features/reference/routes.ts'
import { referralRoutes } from './features/referrals/routes.ts'
import { rentalWorksheetRoutes } from './features/rentalWorksheets/routes.ts'
import { residentRoutes } from './features/residents/routes.ts'
import { returnPlanRoutes } from './features/returnPlans/routes.ts'
import { returnScheduleRoutes } from './features/returnSchedules/routes.ts'
import { ruleRoutes } from './features/rules/routes.ts'
import { scenarioComparisonRoutes } from './features/scenarioComparisons/routes.ts'
import { scenarioRoutes } from './features/scenarios/routes.ts'
import { sessionRoutes } from './features/session/routes.ts'
import { shortageRoutes } from './features/shortages/routes.ts'
import { statisticRoutes } from './features/statistics/routes.ts'
import { stayRoutes } from './features/stays/routes.ts'
import { supplierRoutes } from './features/suppliers/routes.ts'
import { supportTeamRoutes } from './features/supportTeams/routes.ts'
import { taskRoutes } from './features/tasks/routes.ts'
import { waitingListRoutes } from './features/waitingLists/routes.ts'
import { workdayRoutes } from './features/workday/routes.ts'
import { registerJson } from './http/json.ts'
import { registerLimits } from './http/limits.ts'
import { measureAnswers, openMetrics } from './http/metrics.ts'
import { openApi } from './http/openApi.ts'
import { registerProblems, sendProblem } from './http/problem.ts'
import { registerAccess } from './http/route.ts'
import { watchAnswers } from './http/security.ts'
import { letConnectionsGo } from './http/stopping.ts'
import type { App, Deps } from './http/types.ts'
import { registerWeb } from './http/web.ts'

const BODY_LIMIT = 1_048_576
/** How long a request may take to arrive: nobody holds a connection by sending slowly. A large file may need minutes. */
const REQUEST_MS = 300_000

/** The application: the one visible list of what is registered. Opens no port and owns no connection. */
export async function buildApp(deps: Deps): Promise<App> {
  // what a user reads is bokmål, also what the schemas say of her input
  z.config(z.locales.no())
  const app = Fastify({
    logger: {
      level: deps.logLevel,
      ...(deps.logStream === undefined ? {} : { stream: deps.logStream }),
      serializers: { req: ({ method, routeOptions }) => ({ method, route: routeOptions?.url }) },
    },
    bodyLimit: BODY_LIMIT,
    genReqId: () => crypto.randomUUID(),
    trustProxy: deps.trustedProxies ?? false,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: 'idle',
    // an address that cannot be read never reaches a route, nor its error handler
    frameworkErrors: (_error, request, reply) => sendProblem(reply, request, { code: 'invalid_request' }),
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  registerJson(app)
  registerProblems(app)

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    // loopback speaks http; a proxy that terminates TLS sets this
    strictTransportSecurity: false,
  })
  await app.register(cookie)
  const limiter = deps.limits === undefined ? undefined : await registerLimits(app, deps.limits)
  registerAccess(app, deps, limiter)
  watchAnswers(app, deps)
  letConnectionsGo(app, deps)
  const metrics = deps.metrics ?? openMetrics()
  measureAnswers(app, metrics)
  await app.register(swagger, {
    openapi: openApi,
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })

  const readCity = cityCache()
  await app.register(
    async (api: App) => {
      sessionRoutes(api, deps)
      eventRoutes(api, deps)
      referenceRoutes(api, deps)
      placementTransitionRoutes(api)
      capabilityRoutes(api)
      statisticRoutes(api, deps)
      publicTableRoutes(api, deps)
      capacityRoutes(api, deps)
      distributionRoutes(api, deps)
      facilityRoutes(api, deps)
      placeRoutes(api, deps)
      occupancyRoutes(api, deps)
      residentRoutes(api, deps)
      circleRoutes(api, deps)
      breakGlassRoutes(api, deps)
      needRoutes(api, deps)
      needEndRoutes(api, deps)
      matchRoutes(api, deps, readCity)
      cityPreviewRoutes(api, deps)
      importRoutes(api, deps)
      matchingRunRoutes(api, deps)
      forecastRoutes(api, deps)
      scenarioRoutes(api, deps)
      scenarioComparisonRoutes(api, deps)
      returnScheduleRoutes(api, deps)
      expansionPlanRoutes(api, deps)
      policyTrialRoutes(api, deps)
      shortageRoutes(api, deps)
      placePriceRoutes(api, deps)
      flagRoutes(api, deps)
      growthRoutes(api, deps)
      waitingListRoutes(api, deps)
      supplierRoutes(api, deps)
      frameworkAgreementRoutes(api, deps)
      qualityNoteRoutes(api, deps)
      callOffRoutes(api, deps)
      costRoutes(api, deps)
      purchaseBudgetRoutes(api, deps)
      returnPlanRoutes(api, deps)
      supportTeamRoutes(api, deps)
      crossDistrictQuotaRoutes(api, deps)
      capacityChangeRoutes(api, deps)
      homeCommitmentRoutes(api, deps)
      paperRoutes(api, deps)
      holdRoutes(api, deps, readCity)
      offerRoutes(api, deps, readCity)
      chainRoutes(api, deps)
      referralRoutes(api, deps, readCity)
      stayRoutes(api, deps, readCity)
      taskRoutes(api, deps)
      workdayRoutes(api, deps)
      legalTrackRoutes(api, deps)
      ruleRoutes(api, deps)
      decisionRoutes(api, deps)
      letterRoutes(api, deps)
      landlordRoutes(api, deps)
      rentalWorksheetRoutes(api, deps)
      auditRoutes(api, deps)
      historyRoutes(api, deps)
      dataGapRoutes(api, deps)
      recordLockRoutes(api, deps)
      casePackageRoutes(api, deps)
    },
    { prefix: '/api/v1' },
  )
  operationRoutes(app, deps, metrics)
  await registerWeb(app, deps)
  return app
}
