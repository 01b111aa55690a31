import { ApiError, readProblem } from './problem.ts'

export type FileForm = 'csv' | 'xlsx' | 'jsonStat'

const TYPES: Record<FileForm, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jsonStat: 'application/vnd.json-stat+json',
}

/** A table as a file. @throws ApiError with the problem that the service named */
export function saveTable(address: string, form: FileForm): Promise<void> {
  return saveFile(address, TYPES[form], `tabell.${form === 'jsonStat' ? 'json' : form}`)
}

/**
 * Saves what an address answers with, under the name that the service gives it.
 * @param otherwise what it is called where the service says nothing
 * @throws ApiError with the problem that the service named
 */
export async function saveFile(address: string, type: string, otherwise: string): Promise<void> {
  const response = await fetch(address, {
    credentials: 'same-origin',
    headers: { Accept: `${type}, application/problem+json` },
  })
  if (!response.ok) throw new ApiError(readProblem(response.status, await response.json().catch(() => null)))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? otherwise
  link.click()
  URL.revokeObjectURL(link.href)
}
