import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import type { components, operations } from './openapi.generated.ts'

export type ImportReport = components['schemas']['ImportReport']
type ImportQuery = operations['importFile']['parameters']['query']
export type ImportMode = ImportQuery['mode']
export type ImportKind = NonNullable<ImportQuery['kind']>

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Whether the service takes files that are named so. */
export function isSheet(name: string): boolean {
  return /\.(csv|xlsx|json)$/i.test(name)
}

/** What kind of file its name says it is; JSON holds statistics as JSON-stat. */
function typeOf(name: string): string {
  if (/\.xlsx$/i.test(name)) return XLSX_TYPE
  return /\.json$/i.test(name) ? 'application/vnd.json-stat+json' : 'text/csv'
}

/**
 * Tries or imports a file.
 * @param kind absent: told by the columns
 * @throws ApiError when the file as a whole is refused; bad rows are in the report
 */
export function sendImport(
  file: File,
  mode: ImportMode,
  kind: ImportKind | undefined,
  key: string,
): Promise<ImportReport> {
  return answer<ImportReport>(
    api.POST('/api/v1/imports', {
      params: { query: { mode, ...(kind === undefined ? {} : { kind }) } },
      // The file goes as its bytes, whatever its encoding: the service reads that.
      body: '',
      bodySerializer: () => file,
      headers: { 'Content-Type': typeOf(file.name), 'Idempotency-Key': key },
    }),
  )
}

/** The columns of each kind of file. */
export const importKindsQuery = queryOptions({
  queryKey: ['import-kinds'],
  queryFn: async ({ signal }) =>
    (await answer<{ items: components['schemas']['ImportKind'][] }>(api.GET('/api/v1/import-kinds', { signal }))).items,
  staleTime: Number.POSITIVE_INFINITY,
})
