import type { RecordedShortfall, ShortfallRow } from '../../api/capacity.ts'
import { dayInWords } from '../../ui/days.ts'
import { counted, inNumbers } from '../../ui/numbers.ts'

/** What the series comes to, in words: the newest day in both ways, and how the plain difference has moved. */
export function shortfallInWords(rows: readonly ShortfallRow[]): string {
  const [first] = rows
  const last = rows.at(-1)
  if (first === undefined || last === undefined) return 'Ingen dager er regnet ut ennå. Det skjer hver natt.'
  const certain =
    last.certified === null
      ? 'Den sikre mangelen er ikke kjent for den dagen.'
      : last.certified === 0
        ? 'Ingen av bydelens egne er sikre på å bli uten.'
        : `${inNumbers(last.certified)} av bydelens egne blir uten, uansett hvem som flytter.`
  const today = `${dayInWords(last.day)} ventet ${inNumbers(last.plain)} flere enn de ledige plassene av boligformen de helst vil ha. ${certain}`
  if (first === last) return today
  const change = last.plain - first.plain
  const moved =
    change === 0
      ? `Differansen er den samme som ${dayInWords(first.day)}.`
      : `Differansen er ${inNumbers(Math.abs(change))} ${change > 0 ? 'høyere' : 'lavere'} enn ${dayInWords(first.day)}.`
  return `${today} ${moved}`
}

/** How often it was recorded that there was no room, and since when: «Fra 2. september 2025 er det registrert 14 ganger …». */
export function recordedInWords({ from, records }: Pick<RecordedShortfall, 'from' | 'records'>): string {
  const since = `Fra ${dayInWords(from)} til i dag`
  if (records === 0) return `${since} er det ikke registrert at noen i bydelen gikk uten fordi det manglet plass.`
  const times = counted(records, 'gang', 'ganger')
  return `${since} er det registrert ${times} at noen bydelen har ansvar for, ikke fikk det de trengte fordi det manglet plass. Den regnede mangelen over sier hvor mange som er uten nå. Dette sier hva som har skjedd.`
}

/** A day as drawn, in shares of the whole picture from 0 to 1; `certified` null where it is not known. */
export interface DrawnDay {
  day: string
  at: number
  width: number
  plain: number
  certified: number | null
}

/** The days side by side on one scale; a day without a snapshot leaves its room empty. */
export function drawnDays(rows: readonly ShortfallRow[]): { days: DrawnDay[]; most: number } {
  const most = Math.max(1, ...rows.flatMap(({ plain, certified }) => [plain, certified ?? 0]))
  const numbers = rows.map(({ day }) => Date.parse(`${day}T00:00:00Z`) / 86_400_000)
  const [first = 0] = numbers
  const room = (numbers.at(-1) ?? 0) - first + 1
  return {
    most,
    days: rows.map(({ day, plain, certified }, n) => ({
      day,
      at: ((numbers[n] ?? 0) - first) / room,
      width: 1 / room,
      plain: plain / most,
      certified: certified === null ? null : certified / most,
    })),
  }
}
