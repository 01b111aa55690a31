import { ApiError, readProblem } from './problem.ts'

export type FileForm = 'csv' | 'xlsx' | 'jsonStat'

const TYPES: Record<FileForm, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jsonStat: 'application/vnd.json-stat+json',
}

/** A table as a file, with the name that the service gives it. @throws ApiError with the problem that the service named */
export async function readFile(address: string, form: FileForm): Promise<{ file: Blob; name: string }> {
  const response = await fetch(address, {
    credentials: 'same-origin',
    headers: { Accept: `${TYPES[form]}, application/problem+json` },
  })
  if (!response.ok) throw new ApiError(readProblem(response.status, await response.json().catch(() => null)))
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
  return { file: await response.blob(), name: name ?? `tabell.${form === 'jsonStat' ? 'json' : form}` }
}
