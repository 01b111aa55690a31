import { z } from 'zod'
import { openIdentity } from '../../access/identity.ts'
import type { Acting } from '../../db/actor.ts'
import type { ReadCity } from '../../db/city.ts'
import { matchingPolicyInForce } from '../../db/matchingPolicy.ts'
import {
  type NeedRow,
  needById,
  needRows,
  readinessFactsOf,
  requirementsOf,
  situationOf,
  whereabouts,
  windowOf,
} from '../../db/needs.ts'
import { ELIGIBILITY_RULES, explain, judge, rulesIn } from '../../domain/eligibility.ts'
import { notFound } from '../../domain/error.ts'
import { countByForm, fitOf, type Match, type MatchSummary, matchesIn, pairIn } from '../../domain/match.ts'
import { requirementsUnder } from '../../domain/matching/policy.ts'
import { ageOn, type Requirements } from '../../domain/need.ts'
import type { City } from '../../domain/place.ts'
import { readinessOf } from '../../domain/readiness.ts'
import { urgencyOf } from '../../domain/urgency.ts'
import { reading } from '../../http/acting.ts'
import { id, idParams } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { householdFacts } from './queries.ts'
import {
  explanation,
  type match,
  needMatches,
  type PreviewRequest,
  placeMatches,
  preview,
  previewRequest,
} from './schema.ts'

const SHOWN = 50
const tags = ['matches']
const limitQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(SHOWN).default(20).describe('How many, best first.'),
})

/** Which places fit a need, which needs fit a place, and why or why not, for any pair. */
export function matchRoutes(app: App, deps: Deps, readCity: ReadCity): void {
  app.get(
    '/needs/:id/matches',
    {
      config: { capability: 'match_needs' },
      schema: {
        operationId: 'listNeedMatches',
        tags,
        summary: 'Places that fit a need',
        description:
          'Ranked by preferred form, home district, wanted features, staffing, conditions; with what each rule excludes and the smallest sets of rules whose relaxing opens places.',
        params: idParams,
        querystring: limitQuery,
        response: { 200: needMatches.describe('The best, and how many there are.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const row = await needById(acting.trx, request.params.id)
        if (row === undefined) throw notFound()
        const city = await readCity(acting)
        const requirements = await requirementsOfOne(acting, row)
        return {
          needId: row.id,
          ...summaryBody(city, requirements, matchesIn(city, requirements), request.query.limit),
        }
      }),
  )

  app.post(
    '/match-previews',
    {
      config: { capability: 'match_needs' },
      schema: {
        operationId: 'previewMatches',
        tags,
        summary: 'Places that would fit requirements not yet saved',
        description: 'Nothing is stored. What is left out excludes nothing.',
        querystring: limitQuery,
        body: previewRequest,
        response: { 200: preview.describe('The best, and how many there are.'), ...problems(400, 401, 403, 404, 422) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const city = await readCity(acting)
        const requirements = await previewedRequirements(acting, request.body)
        return summaryBody(city, requirements, matchesIn(city, requirements), request.query.limit)
      }),
  )

  app.get(
    '/explanations',
    {
      config: { capability: 'match_needs' },
      schema: {
        operationId: 'explainPair',
        tags,
        summary: 'Why a place fits a need, or does not',
        description:
          'Every rule with its answer and the two values compared, the fit, and the steps that something missing stops.',
        querystring: z.strictObject({ needId: id, placeId: id }),
        response: { 200: explanation.describe('Every rule with its answer.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const row = await needById(acting.trx, request.query.needId)
        const city = await readCity(acting)
        const place = city.places.find((candidate) => candidate.id === request.query.placeId)
        if (row === undefined || place === undefined) throw notFound()
        const requirements = await requirementsOfOne(acting, row)
        const pair = pairIn(city, requirements, place)
        const rules = explain(pair)
        return {
          needId: row.id,
          placeId: place.id,
          eligible: judge(pair).failed === 0,
          place: {
            label: place.label,
            form: place.form as z.infer<typeof explanation>['place']['form'],
            facilityId: pair.facility.id,
            facilityName: pair.facility.name,
            districtCode: pair.facility.district,
            features: place.features as z.infer<typeof explanation>['place']['features'],
            vacancyConfirmedAt: pair.facility.vacancyConfirmedAt,
          },
          availableFrom: pair.availability.kind === 'available' ? pair.availability.from : null,
          fit: requirements.forms.includes(place.form) ? fitOf(requirements, place, pair.facility) : null,
          rules: rules.map((verdict, i) => ({ ...verdict, relaxable: ELIGIBILITY_RULES[i]?.relaxable ?? 'nobody' })),
          missingSteps: readinessOf(readinessFactsOf(row), acting.today)
            .filter(({ present, stops }) => !present && stops !== 'none')
            .map(({ id: item, title, stops }) => ({ id: item, title, stops })),
        }
      }),
  )

  app.get(
    '/places/:id/matches',
    {
      config: { capability: 'match_needs' },
      schema: {
        operationId: 'listPlaceMatches',
        tags,
        summary: 'My needs that fit a place',
        description:
          'Registered needs of the reader’s own district, by urgency class, then days in the situation, then registration.',
        params: idParams,
        response: { 200: placeMatches.describe('All that fit.'), ...problems(400, 401, 403, 404) },
      },
    },
    (request) =>
      reading(deps, request, async (acting) => {
        const city = await readCity(acting)
        const place = city.places.find((candidate) => candidate.id === request.params.id)
        if (place === undefined) throw notFound()
        const rows = await needRows(acting.trx).where('need.status', '=', 'registered').execute()
        const required = await requirementsOf(acting, rows)
        const fitting = rows.flatMap((row, i) => {
          const requirements = required[i]
          if (requirements === undefined) return []
          const pair = pairIn(city, requirements, place)
          const { failed, unknown } = judge(pair)
          if (failed !== 0) return []
          const urgency = urgencyOf(situationOf(row), acting.today)
          return [{ row, urgency, fit: fitOf(requirements, place, pair.facility), unknown: ruleNames(unknown) }]
        })
        fitting.sort(
          (a, b) =>
            a.urgency.urgencyClass - b.urgency.urgencyClass ||
            (b.urgency.daysInSituation ?? 0) - (a.urgency.daysInSituation ?? 0) ||
            b.urgency.daysSinceRegistration - a.urgency.daysSinceRegistration ||
            (a.row.id < b.row.id ? -1 : 1),
        )
        return {
          placeId: place.id,
          asOf: acting.today,
          considered: rows.length,
          items: fitting.map(({ row, urgency, fit, unknown }) => ({
            needId: row.id,
            residentName: openIdentity(deps.keyring, row.residentId, row.ciphertext).name,
            urgencyClass: urgency.urgencyClass,
            urgencyName: urgency.className,
            daysInSituation: urgency.daysInSituation,
            fit,
            unknown,
          })),
        }
      }),
  )
}

const ruleNames = (mask: number) => rulesIn(mask).map(({ id: rule, title }) => ({ id: rule, title }))

async function requirementsOfOne(acting: Acting, row: NeedRow): Promise<Requirements> {
  const [requirements] = await requirementsOf(acting, [row])
  if (requirements === undefined) throw new Error('one need has one set of requirements')
  return requirements
}

async function previewedRequirements(acting: Acting, body: PreviewRequest): Promise<Requirements> {
  const household = body.residentId === undefined ? undefined : await householdFacts(acting.trx, body.residentId)
  if (body.residentId !== undefined && household === undefined) throw notFound()
  const living = await whereabouts(acting, household === undefined ? [] : [household.householdId])
  const { policy } = await matchingPolicyInForce(acting)
  return requirementsUnder(policy, {
    forms: body.forms ?? [],
    requiredFeatures: body.requiredFeatures ?? [],
    wantedFeatures: body.wantedFeatures ?? [],
    district: body.district,
    excludedDistricts: body.excludedDistricts ?? [],
    wantedDistricts: body.wantedDistricts ?? [],
    excludedFacilities: body.excludedFacilities ?? [],
    ...living(household?.householdId ?? ''),
    ownHolds: [],
    adults: household?.adults ?? 1,
    childrenLiving: household?.childrenLiving ?? 0,
    childrenVisiting: household?.childrenVisiting ?? 0,
    age: household?.birthDate == null ? null : ageOn(household.birthDate, acting.today),
    gender: (household?.gender ?? 'unknown') as Requirements['gender'],
    pets: household?.pets ?? null,
    substanceStance: body.substanceStance ?? 'unknown',
    behaviour: body.behaviour ?? null,
    security: body.security ?? null,
    window: windowOf(body.neededDuring ?? { from: null, to: null }, acting.today),
  })
}

function matchBody({ place, facility, availableFrom, fit, unknownRules }: Match, rank: number): z.infer<typeof match> {
  return {
    rank,
    placeId: place.id,
    label: place.label,
    form: place.form as z.infer<typeof match>['form'],
    facility: {
      id: facility.id,
      name: facility.name,
      operator: facility.operator,
      districtCode: facility.district,
      vacancyConfirmedAt: facility.vacancyConfirmedAt,
    },
    features: [...place.features],
    availableFrom,
    fit,
    unknown: unknownRules.map(({ id: rule, title }) => ({ id: rule, title })),
  }
}

function summaryBody(
  city: City,
  requirements: Requirements,
  summary: MatchSummary,
  limit: number,
): z.infer<typeof preview> {
  return {
    total: summary.matches.length,
    considered: summary.considered,
    cityVersion: city.version,
    asOf: city.today,
    byForm: countByForm(requirements.forms, summary.matches) as z.infer<typeof preview>['byForm'],
    excludedBy: summary.excludedBy.map(({ rule, places, alone }) => ({
      id: rule.id,
      title: rule.title,
      places,
      alone,
    })),
    relaxations: summary.relaxations.map(({ rules, opens }) => ({
      rules: rules.map(({ id: rule, title, relaxable }) => ({ id: rule, title, relaxable })),
      opens,
    })),
    items: summary.matches.slice(0, limit).map((found, i) => matchBody(found, i + 1)),
  }
}
