import { queryOptions } from '@tanstack/react-query'
import { answer, api, figures } from './client.ts'
import type {
  Capabilities,
  District,
  HousingForm,
  Policy,
  ReasonCode,
  Rule,
  Statistics,
  StatisticTable,
  StatisticTableInShort,
  Vocabulary,
} from './types.ts'

/** Reference data changes with a release or by an administrator: a visit asks once. */
const once = { staleTime: Number.POSITIVE_INFINITY }

export const districtsQuery = queryOptions({
  queryKey: ['districts'],
  queryFn: async ({ signal }) =>
    (await answer<{ items: District[] }>(api.GET('/api/v1/districts', { params: {}, signal }))).items,
  ...once,
})

/** Every form of the ladder, lowest step first; also the situations that nobody can be placed in. */
export const housingFormsQuery = queryOptions({
  queryKey: ['housing-forms'],
  queryFn: async ({ signal }) =>
    (await answer<{ items: HousingForm[] }>(api.GET('/api/v1/housing-forms', { signal }))).items,
  ...once,
})

export const vocabularyQuery = queryOptions({
  queryKey: ['vocabulary'],
  queryFn: ({ signal }) => answer<Vocabulary>(api.GET('/api/v1/vocabulary', { signal })),
  ...once,
})

/** Who may do what, role by role. */
export const capabilitiesQuery = queryOptions({
  queryKey: ['capabilities'],
  queryFn: ({ signal }) => answer<Capabilities>(api.GET('/api/v1/capabilities', { signal })),
  ...once,
})

/** Why something is declined, withdrawn or closed, each with what follows from it. */
export const reasonCodesQuery = queryOptions({
  queryKey: ['reason-codes'],
  queryFn: async ({ signal }) =>
    (await answer<{ items: ReasonCode[] }>(api.GET('/api/v1/reason-codes', { params: {}, signal }))).items,
  ...once,
})

/** Published figures, each series with its newest values. */
export const statisticsQuery = queryOptions({
  queryKey: ['statistics'],
  queryFn: async ({ signal }) =>
    (await answer<Statistics>(api.GET('/api/v1/statistics', { params: {}, signal }))).items,
  ...once,
})

/** The published tables that are kept as tables. */
export const statisticTablesQuery = queryOptions({
  queryKey: ['statistics', 'tables'],
  queryFn: async ({ signal }) =>
    (await answer<{ items: StatisticTableInShort[] }>(api.GET('/api/v1/statistics/tables', { signal }))).items,
  ...once,
})

/** One published table, the newest revision of each figure with the earlier ones. */
export function statisticTableQuery(id: StatisticTableInShort['id']) {
  return queryOptions({
    queryKey: ['statistics', 'table', id],
    queryFn: ({ signal }) =>
      figures<StatisticTable>(api.GET('/api/v1/statistics/tables/{id}', { params: { path: { id } }, signal })),
  })
}

/** The rules in force, each with its source and whether somebody has confirmed it. */
export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: async ({ signal }) => (await answer<{ items: Rule[] }>(api.GET('/api/v1/rules', { signal }))).items,
})

/** After how many days a confirmation of a house's vacancy is old, as the rule on warnings says it; undefined when it does not. */
export function staleAfterDays(rules: readonly Rule[]): number | undefined {
  const days = rules.find(({ id }) => id === 'flags')?.parameters.staleDataDays
  return typeof days === 'number' ? days : undefined
}

/** The policies in force: the choices of the city's that the rules work with. */
export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: async ({ signal }) => (await answer<{ items: Policy[] }>(api.GET('/api/v1/policies', { signal }))).items,
})
