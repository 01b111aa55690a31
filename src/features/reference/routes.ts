import { sql } from 'kysely'
import { z } from 'zod'
import { rangeFrom, rangeTo } from '../../db/range.ts'
import { ruleChecks, standingCheck } from '../../db/ruleConfirmations.ts'
import { MEASURE_WORDS, TOTAL_WORDS } from '../../domain/forecast/measureWords.ts'
import { reading } from '../../http/acting.ts'
import { day, noQuery } from '../../http/fields.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { FEATURE_GROUP_NAMES, PLACE_FEATURES } from '../../reference/features.ts'
import { URGENCY_POLICY } from '../../reference/policies.ts'
import {
  BEHAVIOUR_LEVELS,
  CONSENT_SCOPES,
  GENDERS,
  LANGUAGES,
  LIFE_AREAS,
  NEED_ORIGINS,
  PERSON_SUBSTANCE_STANCES,
  SECURITY_LEVELS,
} from '../../reference/profiles.ts'
import { NOTE_KINDS, PURCHASE_REASONS } from '../../reference/purchases.ts'
import { sourceLabel } from '../../reference/sources.ts'
import { district, housingForm, policy, reasonCode, rule, vocabulary } from './schema.ts'

const tags = ['reference']
const entriesOf = <K extends string, V>(words: Readonly<Record<K, V>>) => Object.entries(words) as [K, V][]
const items = <T extends z.ZodType>(item: T, description: string) =>
  z.object({ items: z.array(item) }).describe(description)

/** Districts, the ladder's forms, reason codes, rules and policies with versions and sources, and the words of the screens. */
export function referenceRoutes(app: App, deps: Deps): void {
  app.get(
    '/districts',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'listDistricts',
        tags,
        summary: 'Districts',
        description: 'Bydeler valid on a day; nothing assumes that there are fifteen of them for ever.',
        querystring: z.strictObject({ on: day.optional().describe('Absent: today.') }),
        response: { 200: items(district, 'All districts valid on the day.'), ...problems(400) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx, today }) => ({
        items: await trx
          .selectFrom('district')
          .select(['code', 'name', 'source'])
          .select([rangeFrom('district.valid').as('validFrom'), rangeTo('district.valid').as('validTo')])
          .where(sql<boolean>`valid @> ${request.query.on ?? today}::date`)
          .orderBy('code')
          .execute(),
      })),
  )

  app.get(
    '/housing-forms',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'listHousingForms',
        tags,
        summary: 'The ladder',
        description:
          'Every housing form of the boligtrapp with its step, staffing, tenure, norms and source. A map, not a ladder to be earned.',
        querystring: noQuery,
        response: { 200: items(housingForm, 'All forms, lowest step first.'), ...problems(400) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        const rows = await trx
          .selectFrom('housingForm')
          .select(['id', 'version', 'step', 'name', 'isPlace', 'facts', 'source'])
          .orderBy('position')
          .execute()
        return {
          items: rows.map(({ facts, ...form }) => ({ ...(facts as object), ...form }) as z.infer<typeof housingForm>),
        }
      }),
  )

  app.get(
    '/reason-codes',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'listReasonCodes',
        tags,
        summary: 'Reason codes',
        description: 'Each with its consequence, and whether it counts as shortfall. An id is unique within its kind.',
        querystring: noQuery,
        response: { 200: items(reasonCode, 'All reason codes.'), ...problems(400) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx }) => {
        const rows = await trx.selectFrom('reasonCode').selectAll().orderBy('kind').orderBy('id').execute()
        return { items: rows as z.infer<typeof reasonCode>[] }
      }),
  )

  app.get(
    '/rules',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'listRules',
        tags,
        summary: 'Rules in force',
        description:
          'The newest version of every rule: what it says, its parameters, its source, and whether it has been checked.',
        querystring: noQuery,
        response: { 200: items(rule, 'The rules in force.'), ...problems(400) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx, today }) => {
        const rows = await trx
          .selectFrom('ruleVersion')
          .distinctOn('ruleId')
          .select([
            'ruleId as id',
            'version',
            'kind',
            'title',
            'sentence',
            'parameters',
            'source',
            'checked',
            'validFrom',
          ])
          .where('validFrom', '<=', today)
          .orderBy('ruleId')
          .orderBy('version', 'desc')
          .execute()
        const checks = await ruleChecks(trx)
        return {
          items: rows.map((row) => {
            const checkedOn = standingCheck(checks, row.id, row.version)?.decidedOn ?? null
            const checked = row.checked || checkedOn !== null
            const sourceInWords = sourceLabel(row.source, checked)
            return { ...row, checked, checkedOn, sourceInWords } as z.infer<typeof rule>
          }),
        }
      }),
  )

  app.get(
    '/policies',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'listPolicies',
        tags,
        summary: 'Policies in force',
        description:
          'The newest version of every policy: the order between situations, what a matching run strives for, norms.',
        querystring: noQuery,
        response: { 200: items(policy, 'The policies in force.'), ...problems(400) },
      },
    },
    (request) =>
      reading(deps, request, async ({ trx, today }) => {
        const rows = await trx
          .selectFrom('policyVersion')
          .distinctOn('policyId')
          .select(['policyId as id', 'version', 'title', 'parameters', 'source', 'validFrom'])
          .where('validFrom', '<=', today)
          .orderBy('policyId')
          .orderBy('version', 'desc')
          .execute()
        return {
          items: rows.map((row) => ({ ...row, sourceInWords: sourceLabel(row.source) }) as z.infer<typeof policy>),
        }
      }),
  )

  app.get(
    '/vocabulary',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'readVocabulary',
        tags,
        summary: 'Words of the screens',
        description: 'The bokmål names of every value that a form lets one choose.',
        querystring: noQuery,
        response: { 200: vocabulary.describe('All of them.'), ...problems(400) },
      },
    },
    () => ({
      placeFeatures: PLACE_FEATURES.map(({ id, name, group, why }) => ({
        id,
        name,
        group,
        groupName: FEATURE_GROUP_NAMES[group],
        why,
      })),
      behaviourLevels: BEHAVIOUR_LEVELS.map(({ level, name, meaning }) => ({ level, name, meaning })),
      securityLevels: SECURITY_LEVELS.map(({ level, name, meaning }) => ({ level, name, meaning })),
      substanceStances: [...PERSON_SUBSTANCE_STANCES],
      genders: [...GENDERS],
      consentScopes: [...CONSENT_SCOPES],
      origins: NEED_ORIGINS.map(({ id, name }) => ({ id, name })),
      lifeAreas: [...LIFE_AREAS],
      languages: [...LANGUAGES],
      urgencyClasses: URGENCY_POLICY.classes.map(({ number, name, grounds }) => ({
        number,
        name,
        grounds: [...grounds],
      })),
      purchaseReasons: PURCHASE_REASONS.map(({ id, name }) => ({ id, name })),
      noteKinds: [...NOTE_KINDS],
      forecastMeasures: entriesOf(MEASURE_WORDS).map(([id, words]) => ({ id, ...words })),
      forecastTotals: entriesOf(TOTAL_WORDS).map(([id, name]) => ({ id, name })),
      urgencyNotice: URGENCY_POLICY.notice,
    }),
  )
}
