const format = new Intl.DateTimeFormat('nb-NO', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** A day as people say it: `2026-11-22` → «søndag 22. november 2026». A day has no time zone, so it is read and written in UTC. */
export function dayInWords(day: string): string {
  return format.format(new Date(`${day}T00:00:00Z`))
}
