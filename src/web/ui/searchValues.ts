/**
 * What several pages' addresses hold, read in one way. What is malformed is left out: the page then shows more, never an error.
 */

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether it is an id, by which somebody or something is named and not known. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value)
}

/** The code of a district; an address may hold a number where it was meant: `bydel=030112` loses its quotes on the way. */
export function readDistrict(value: unknown): { bydel?: string } {
  const code = typeof value === 'number' ? String(value).padStart(6, '0') : value
  return typeof code === 'string' && /^0301\d{2}$/.test(code) ? { bydel: code } : {}
}

/** The id of a form of housing, or of a sum of them; whether there is such a one is not known here. */
export function readForm(value: unknown): { boligform?: string } {
  return typeof value === 'string' && /^[a-z_0-9]{3,40}$/.test(value) ? { boligform: value } : {}
}

/** Whether it is a day of the years that there can be anything of. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^(19[5-9]\d|20\d{2}|21[0-4]\d)-\d{2}-\d{2}$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}
